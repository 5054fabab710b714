"""One sheet to take home as the bytes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.dates import VIETNAM
from courses.foundation.errors import ContentError
from courses.takehome.shelf import the_sheets
from grading.documents.administrative import render_docx
from grading.takehome.document import takehome_document
from grading.takehome.workbook import write_takehome

if TYPE_CHECKING:
    from datetime import datetime

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def takehome_file(name: str, kind: str, now: datetime, *, filled: bool) -> bytes:
    """The sheet called ``name`` as ``kind``, one of ``TYPES``; the same input, the same bytes.

    Raises:
        ContentError: when there is no such sheet, or no such kind.
    """
    sheets = the_sheets()
    if name not in sheets:
        raise ContentError(f"không có biểu mẫu “{name}”; có: {', '.join(sheets)}")
    if kind not in TYPES:
        raise ContentError("chỉ có tệp .xlsx hoặc .docx")
    if kind == "xlsx":
        return write_takehome(sheets[name], now, filled=filled)
    day = now.astimezone(VIETNAM).date()
    return render_docx(takehome_document(sheets[name], day, filled=filled), now)
