"""Sheets of a .csv: one reading a delimiter, since none of them is certain."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from cohort_data.rosters.formats.limits import LONGEST_CELL, MOST_CELLS, Budget, too_large
from cohort_data.rosters.sheet import Cell, Sheet
from courses.foundation.errors import RosterError

if TYPE_CHECKING:
    from pathlib import Path

DELIMITERS = (",", ";", "\t")


def read_csv(content: bytes, path: Path) -> tuple[Sheet, ...]:
    """Read ``content`` once a delimiter.

    Raises:
        RosterError: when it is not UTF-8, no CSV, or has too many cells.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RosterError(
            "tệp CSV không phải Unicode UTF-8; lưu lại dưới dạng “CSV UTF-8”", path=path
        ) from None
    if max(map(text.count, (*DELIMITERS, "\n", "\r"))) > MOST_CELLS:
        raise too_large(path, f"hơn {MOST_CELLS} ô")
    return tuple(_split(text, delimiter, path) for delimiter in DELIMITERS)


def _split(text: str, delimiter: str, path: Path) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    budget = Budget(path)
    try:
        for row, record in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
        ):
            for at, value in enumerate(record, 1):
                if value.strip():
                    cells[row, at] = Cell(value[:LONGEST_CELL])
                    budget.cell(value[:LONGEST_CELL])
    except csv.Error:
        raise RosterError("tệp CSV hỏng; lưu lại dưới dạng “CSV UTF-8”", path=path) from None
    return Sheet(path.stem, cells)
