"""Single cells of a roster set right, in the copy that names its problems."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl.utils import column_index_from_string

from cohort_data.rosters.review import anchor, open_book, put
from courses.foundation.errors import RosterError
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

Place = tuple[int, str]
"""Row as the spreadsheet counts it, and the column's letter."""


def cells_at(path: Path, sheet: str, places: list[Place]) -> dict[Place, str]:
    """What stands at each place now, as text."""
    page = _page(path, sheet)
    found = {}
    for row, letter in places:
        cell = page.cell(*anchor(page, row, column_index_from_string(letter)))
        found[row, letter] = "" if cell.value is None else _text(cell.value)
    return found


def _text(value: object) -> str:
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)


def mend(path: Path, sheet: str, cells: Mapping[Place, str]) -> None:
    """Put a text at each place of ``path`` (.xlsx); nothing is ever a formula.

    Raises:
        RosterError: when the file cannot be opened again, or has no such worksheet.
    """
    page = _page(path, sheet)
    for (row, letter), text in cells.items():
        cell = page.cell(*anchor(page, row, column_index_from_string(letter)))
        if text.strip():
            put(cell, text.strip())  # type: ignore[arg-type]  # the anchor of a merge is a cell
        else:
            cell.value = None
    content = io.BytesIO()
    page.parent.save(content)  # type: ignore[union-attr]
    write_atomically(path, content.getvalue())


def _page(path: Path, sheet: str) -> Worksheet:
    book = open_book(path)
    if sheet not in book.sheetnames:
        raise RosterError(f"không thấy trang “{sheet}”; tải tệp lên lại", path=path)
    page: Worksheet = book[sheet]
    return page
