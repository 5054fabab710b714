"""Spreadsheets and CSV files as sparse sheets of values: nothing is evaluated."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import load_workbook

from courses.foundation.errors import RosterError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.cell.cell import Cell as ExcelCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

DELIMITERS = (",", ";", "\t")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# A roster of ten thousand people unpacks to some ten megabytes; a zip bomb does not stop there.
_LARGEST_UNPACKED = 200_000_000

Value = str | int | float | date | bool


class Cell(NamedTuple):
    """A value that is there, and the font it is shown in where that may matter."""

    value: Value
    font: str | None = None


class Merge(NamedTuple):
    """A merged range; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """The filled cells of one worksheet by (row, column), both counted from 1."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Merge, ...] = ()


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read the visible worksheets of an .xlsx, or a .csv once a delimiter.

    Raises:
        RosterError: naming ``path``, when the file is missing, empty or of another kind.
    """
    readers = {".xlsx": _read_workbook, ".xlsm": _read_workbook, ".csv": _read_csv}
    try:
        content = path.read_bytes()
    except OSError:
        raise RosterError("không mở được tệp; kiểm tra tên và quyền đọc", path=path) from None
    if not content.strip():
        raise RosterError("tệp rỗng", path=path)
    if path.suffix.lower() not in readers:
        raise RosterError("chỉ đọc được .xlsx và .csv; lưu lại dưới một dạng đó", path=path)
    return readers[path.suffix.lower()](content, path)


def _read_workbook(content: bytes, path: Path) -> tuple[Sheet, ...]:
    _refuse_other_kinds(content, path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of extensions it drops (drop-down lists, themes): none bears data.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except Exception:  # noqa: BLE001  openpyxl raises whatever the broken part makes Python raise
        raise RosterError(
            "tệp Excel hỏng hoặc không phải .xlsx; lưu lại từ Excel", path=path
        ) from None
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return tuple(_sheet(sheet) for sheet in sheets)


def _refuse_other_kinds(content: bytes, path: Path) -> None:
    if content.startswith(_OLE):
        encrypted = _ENCRYPTED in content
        raise RosterError(
            "tệp đặt mật khẩu; bỏ mật khẩu rồi lưu lại"
            if encrypted
            else "tệp là Excel 97–2003 (.xls) đổi đuôi; mở bằng Excel và lưu lại dưới dạng .xlsx",
            path=path,
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
    except zipfile.BadZipFile:
        raise RosterError("tệp không phải Excel .xlsx, hoặc đã hỏng", path=path) from None
    if unpacked > _LARGEST_UNPACKED:
        raise RosterError("tệp lớn bất thường so với một danh sách học viên", path=path)


def _sheet(sheet: Worksheet) -> Sheet:
    # The public iterators create every cell up to the last formatted one, which in files from
    # offices may be row 1,048,576; the dictionary behind them holds the cells that exist.
    existing = sheet._cells.items()  # noqa: SLF001
    return Sheet(
        name=sheet.title,
        cells={at: _cell(cell) for at, cell in sorted(existing) if _is_filled(cell.value)},
        merges=tuple(
            Merge(area.min_row, area.min_col, area.max_row, area.max_col)
            for area in sheet.merged_cells.ranges
        ),
    )


def _is_filled(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _cell(cell: ExcelCell | MergedCell) -> Cell:
    value = cell.value
    if not isinstance(value, str | int | float | date):
        # Times, durations and array formulas are no roster data; as text they are refused there.
        return Cell("=" if cell.data_type == "f" else str(value))
    if isinstance(value, str) and not value.isascii():
        return Cell(value, cell.font.name)
    return Cell(value)


def _read_csv(content: bytes, path: Path) -> tuple[Sheet, ...]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RosterError(
            "tệp CSV không phải Unicode UTF-8; lưu lại dưới dạng “CSV UTF-8”", path=path
        ) from None
    return tuple(_split_csv(text, delimiter, path) for delimiter in DELIMITERS)


def _split_csv(text: str, delimiter: str, path: Path) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    try:
        for row, record in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
        ):
            cells |= {(row, at): Cell(value) for at, value in enumerate(record, 1) if value.strip()}
    except csv.Error:
        raise RosterError("tệp CSV hỏng; lưu lại dưới dạng “CSV UTF-8”", path=path) from None
    return Sheet(path.stem, cells)
