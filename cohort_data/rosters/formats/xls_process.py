"""``python -m``: an .xls on standard input, its sheets as JSON on standard output.

Runs with bounds of its own on memory and processor time. Formulas are found in the records
themselves, since xlrd tells their stored results alone.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from typing import Any

import xlrd

from cohort_data.rosters.formats.limits import LARGEST_FILE, LONGEST_CELL
from cohort_data.rosters.formats.xls import DAMAGED, ENCRYPTED

_MEMORY = 1_500_000_000  # bytes of address space
_SECONDS = 15  # of processor time
_FORMULA, _BOF, _EOF = 0x0006, 0x0809, 0x000A
_HEADER = struct.Struct("<HH")


def main() -> int:
    """Read, write, and say by the exit code what kept from it."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read(LARGEST_FILE)
    try:
        with open(os.devnull, "w") as silence:  # noqa: PTH123 - nothing is written there
            book = xlrd.open_workbook(
                file_contents=content,
                formatting_info=True,
                on_demand=True,
                ragged_rows=True,
                logfile=silence,
            )
            sheets = [_sheet(book, number) for number in range(book.nsheets)]
    except xlrd.XLRDError as error:
        return ENCRYPTED if "encrypted" in str(error) else DAMAGED
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - xlrd raises whatever the broken part makes Python raise
        return DAMAGED
    json.dump(sheets, sys.stdout)
    return 0


def _sheet(book: Any, number: int) -> dict[str, Any]:
    sheet = book.sheet_by_index(number)
    formulas = _formulas(book, number)
    return {
        "name": sheet.name,
        "cells": [
            (row + 1, column + 1, *_cell(book, sheet, row, column, formulas))
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
            if (row, column) in formulas or _is_filled(sheet.cell(row, column))
        ],
        "merges": [
            (top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
        ],
        "hidden_rows": [
            row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0
        ],
        "hidden_columns": [column + 1 for column, info in sheet.colinfo_map.items() if info.hidden],
        "hidden": bool(sheet.visibility),
    }


def _formulas(book: Any, number: int) -> frozenset[tuple[int, int]]:
    """The cells of one sheet that hold formulas, from its stream of records."""
    found: set[tuple[int, int]] = set()
    at, depth = book._sh_abs_posn[number], 0  # noqa: SLF001 - where the sheet begins is told nowhere else
    while at + _HEADER.size <= len(book.mem):
        code, length = _HEADER.unpack_from(book.mem, at)
        depth += (code == _BOF) - (code == _EOF)  # charts in a sheet are streams of their own
        if code == _FORMULA and depth == 1:
            found.add(_HEADER.unpack_from(book.mem, at + _HEADER.size))
        if depth == 0:
            break
        at += _HEADER.size + length
    return frozenset(found)


def _is_filled(cell: Any) -> bool:
    empty = cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    return not (empty or (cell.ctype == xlrd.XL_CELL_TEXT and not cell.value.strip()))


def _cell(
    book: Any, sheet: Any, row: int, column: int, formulas: frozenset[tuple[int, int]]
) -> tuple[Any, str | None]:
    cell = sheet.cell(row, column)
    if (row, column) in formulas:
        return "=", None
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return cell.value[:LONGEST_CELL], _font(book, cell)
        case xlrd.XL_CELL_DATE:
            return _moment(cell.value, book.datemode), None
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value), None
        case xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A"), None
        case _:
            return int(cell.value) if float(cell.value).is_integer() else cell.value, None


def _font(book: Any, cell: Any) -> str | None:
    if cell.value.isascii():
        return None
    return book.font_list[book.xf_list[cell.xf_index].font_index].name


def _moment(value: float, datemode: int) -> Any:
    if value < 1:
        return str(value)  # a time of day is no roster data; as text it is refused
    try:
        return {"date": xlrd.xldate_as_datetime(value, datemode).isoformat()}
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return value


if __name__ == "__main__":
    sys.exit(main())
