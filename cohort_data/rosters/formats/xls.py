"""Worksheets of an .xls (Excel 97–2003), read by xlrd in a process of its own.

The format is a file system of chained sectors; xlrd follows what it finds. Memory, processor
time and time on the clock are therefore bounded from outside.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cohort_data.rosters.formats.limits import Budget, too_large
from cohort_data.rosters.sheet import Cell, Merge, Sheet
from courses.foundation.errors import RosterError

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 20  # on the clock; a file of 20,000 people takes about four
_MODULE = "cohort_data.rosters.formats.xls_process"
DAMAGED, ENCRYPTED = 4, 5  # what the process says by its exit code


def read_xls(content: bytes, path: Path, budget: Budget) -> tuple[Sheet, ...]:
    """Read every worksheet, hidden ones too.

    Raises:
        RosterError: naming ``path``, when it is damaged, encrypted, or needs more time or memory
            than a roster does.
    """
    command = [sys.executable, "-m", _MODULE]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise too_large(path, f"đọc quá {SECONDS} giây") from None
    if done.returncode == ENCRYPTED:
        raise RosterError("tệp đặt mật khẩu; bỏ mật khẩu rồi lưu lại", path=path)
    if done.returncode == DAMAGED:
        raise RosterError("tệp .xls hỏng; mở bằng Excel và lưu lại dưới dạng .xlsx", path=path)
    if done.returncode != 0:
        raise too_large(path, "quá nhiều ô hoặc bộ nhớ")
    sheets = tuple(_sheet(**each) for each in json.loads(done.stdout))
    for sheet in sheets:
        for cell in sheet.cells.values():
            budget.cell(cell.value)
        budget.hide(len(sheet.hidden_rows) + len(sheet.hidden_columns))
        for area in sheet.merges:
            budget.merge(area)
    return sheets


def _sheet(
    *,
    name: str,
    cells: list[tuple[int, int, Any, str | None]],
    merges: list[tuple[int, int, int, int]],
    hidden_rows: list[int],
    hidden_columns: list[int],
    hidden: bool,
) -> Sheet:
    return Sheet(
        name,
        {(row, column): Cell(_value(value), font) for row, column, value, font in cells},
        tuple(Merge(*area) for area in merges),
        frozenset(hidden_rows),
        frozenset(hidden_columns),
        hidden,
    )


def _value(value: Any) -> Any:
    return datetime.fromisoformat(value["date"]) if isinstance(value, dict) else value
