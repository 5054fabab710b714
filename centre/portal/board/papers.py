"""The board's papers as files: minutes, decision, receipt of an appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from centre.database import the_centre
from centre.decisions.appeals import the_appeal
from centre.decisions.board import the_sheet
from centre.portal.access import Request, page
from centre.reporting.board import write_papers, write_receipt
from courses.foundation.errors import DecisionError

if TYPE_CHECKING:
    from centre.reporting.board import Written


@page("report.write")
@require_POST
def sheet_paper(request: Request, number: int, name: str) -> FileResponse:
    """Write a sheet's papers, and hand out one of them."""
    sheet = the_sheet(number)
    return _file(write_papers(request.actor, the_centre(), sheet, now=timezone.now()), name)


@page("report.write")
@require_POST
def appeal_receipt(request: Request, number: str, ending: str) -> FileResponse:
    """Write the receipt of an appeal, and hand it out."""
    appeal = the_appeal(number)
    written = write_receipt(request.actor, the_centre(), appeal, now=timezone.now())
    return _file(written, f"{appeal.number}.{ending}")


def _file(written: Written, name: str) -> FileResponse:
    path = next((one for one in written.paths if one.name == name), None)
    if path is None:
        raise DecisionError(f"không có văn bản {name}")
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
