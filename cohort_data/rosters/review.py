"""A corrected copy for the office: its own workbook, with each problem where it stands."""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter

from cohort_data.rosters.formats.limits import LARGEST_FILE
from cohort_data.rosters.formats.reading import read_sheets
from cohort_data.rosters.roster import REVIEW_SHEET, roster_sheet
from courses.foundation.errors import RosterError
from courses.foundation.files import read_bounded, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl.cell.cell import Cell as ExcelCell
    from openpyxl.worksheet.worksheet import Worksheet

    from cohort_data.rosters.roster import Roster
    from cohort_data.rosters.schema import Problem, Severity
    from cohort_data.rosters.sheet import Sheet

_AUTHOR = "CIO"
_FILLS: dict[Severity, str] = {"lỗi": "FFFFC7CE", "cảnh báo": "FFFFEB9C", "ghi chú": "FFDDEBF7"}
_ORDER: tuple[Severity, ...] = ("lỗi", "cảnh báo", "ghi chú")
_COMMENT_SIZE = (120, 360)  # pixels, height and width
_GIVEN = "\n----\n"  # what the office itself had noted follows
_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\"), " ")  # in a worksheet's name
_LONGEST_NAME = 31
_WIDTHS = (10, 8, 26, 110)  # characters


def write_review(path: Path, roster: Roster, target: Path) -> None:
    """Write a copy of ``path`` to ``target`` (.xlsx): comments, colours, a summary worksheet.

    Of an .xlsx or .xlsm the formulas, formats and other worksheets stay as far as openpyxl keeps
    them; macros are dropped. Of another format the cells of all worksheets are copied. Reading
    the copy gives what reading ``path`` gave: comments and summary are ours and no data.

    Args:
        path: the file that ``roster`` was read from.
        roster: what :func:`~cohort_data.rosters.roster.read_roster` made of it.
        target: where to write; what stands there is replaced whole.

    Raises:
        RosterError: when ``target`` is ``path`` or no .xlsx, or ``path`` cannot be read again.
    """
    if target.suffix.lower() != ".xlsx":
        raise RosterError("bản có ghi chú phải là tệp .xlsx", path=target)
    if target.exists() and target.samefile(path):
        raise RosterError("không ghi đè lên tệp của cơ quan; chọn tên khác", path=target)
    sheets = read_sheets(path)  # within bounds, before openpyxl builds all of it
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        book = open_book(path)
        sheet = next((one for one in book.worksheets if one.title == roster.sheet), None)
    else:
        kept = [roster_sheet(sheets, path)[0]] if path.suffix.lower() == ".csv" else sheets
        book = _copied(kept)
        sheet = book.worksheets[[one.name for one in kept].index(roster.sheet)]
    if sheet is None:  # openpyxl drops a worksheet whose entry is odd
        raise _not_copied(path)
    _remove_review(book, sheet)
    _mark(sheet, roster.problems)
    _summarise(book, roster)
    content = io.BytesIO()
    book.save(content)
    write_atomically(target, content.getvalue())


def open_book(path: Path) -> Workbook:
    """A workbook as openpyxl keeps it; RosterError when it cannot."""
    content = read_bounded(path, LARGEST_FILE, RosterError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl drops
            return load_workbook(io.BytesIO(content), rich_text=True)
    except Exception:  # noqa: BLE001  openpyxl raises whatever the broken part makes Python raise
        raise _not_copied(path) from None


def _not_copied(path: Path) -> RosterError:
    return RosterError("không chép được tệp Excel này; lưu lại từ Excel rồi thử lại", path=path)


def _copied(sheets: Sequence[Sheet]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        copy = book.create_sheet(_name(sheet.name))
        copy.sheet_state = "hidden" if sheet.hidden else "visible"
        for (row, column), cell in sheet.cells.items():
            target = copy.cell(row, column)
            put(target, cell.value)
        for merge in sheet.merges:
            copy.merge_cells(None, merge.top, merge.left, merge.bottom, merge.right)
        for row in sheet.hidden_rows:
            copy.row_dimensions[row].hidden = True
        for column in sheet.hidden_columns:
            copy.column_dimensions[get_column_letter(column)].hidden = True
    return book


def put(cell: ExcelCell, value: str | float | date | bool) -> None:  # noqa: FBT001 - a cell's value
    """Set a value so that a text stays a text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = _printable(value)
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"


def _printable(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _name(name: str) -> str:
    return name.translate(_FORBIDDEN)[:_LONGEST_NAME].strip("' ") or "Danh sách"


def _remove_review(book: Workbook, sheet: Worksheet) -> None:
    """Take away what an earlier review left, so that only today's problems are seen."""
    if REVIEW_SHEET in book.sheetnames:
        book.remove(book[REVIEW_SHEET])
    for cell in list(sheet._cells.values()):  # noqa: SLF001 - the cells that exist, and no others
        comment = cell.comment
        if comment and comment.author == _AUTHOR:
            author, _, given = comment.text.partition(_GIVEN)[2].partition(": ")
            cell.comment = Comment(given, author) if given else None
            if cell.fill.fgColor.rgb in _FILLS.values():
                cell.fill = PatternFill()


def _mark(sheet: Worksheet, problems: Iterable[Problem]) -> None:
    placed: defaultdict[tuple[int, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.row:
            column = column_index_from_string(problem.letter or "A")
            placed[anchor(sheet, problem.row, column)].append(problem)
    for (row, column), here in placed.items():
        cell = sheet.cell(row, column)
        worst = min((problem.severity for problem in here), key=_ORDER.index)
        cell.fill = PatternFill("solid", fgColor=_FILLS[worst])
        given = f"{_GIVEN}{cell.comment.author}: {cell.comment.text}" if cell.comment else ""
        ours = "\n".join(f"{one.severity.capitalize()}: {one.message}" for one in here)
        height, width = _COMMENT_SIZE
        cell.comment = Comment(_printable(ours) + given, _AUTHOR, height, width)


def anchor(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    """Return the cell that shows what stands in (row, column), under a merge or not."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return area.min_row, area.min_col
    return row, column


def _summarise(book: Workbook, roster: Roster) -> None:
    sheet = book.create_sheet(REVIEW_SHEET)
    counts = {level: sum(p.severity == level for p in roster.problems) for level in _ORDER}
    told = ", ".join(f"{count} {level}" for level, count in counts.items())
    put(sheet["A1"], f"Đọc được {len(roster.trainees)} học viên từ trang “{roster.sheet}”; {told}.")
    put(sheet["A2"], "Sửa các ô tô màu trên trang danh sách rồi gửi lại; trang này không được đọc.")
    for at, heading in enumerate(("Mức", "Dòng", "Cột", "Nội dung"), 1):
        cell = sheet.cell(4, at, heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS[at - 1]
    for row, problem in enumerate(roster.problems, 5):
        cells = (problem.severity, problem.row, problem.column, problem.message)
        for at, value in enumerate(cells, 1):
            cell = sheet.cell(row, at)
            if value is not None:
                put(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=_FILLS[problem.severity])
    sheet.freeze_panes = "A5"
