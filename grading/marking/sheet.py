"""The markers' Excel sheet: essays to the left, one column a criterion, a level in each cell.

A sheet says whose it is, and is read by what it says: marker, item, code and criterion by
their names, never by where they stand.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assessments.bank.rubric import TOP_LEVEL
from courses.foundation.errors import GradingError
from courses.foundation.files import write_atomically
from grading.marking.script import MarkedScript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from assessments.bank.rubric import Rubric
    from grading.marking.script import Script

HEADINGS_ROW = 3
FIRST_ROW = 4  # below title, guidance and headings
FIRST_LEVEL = 3  # columns A and B hold code and text
CODE = "Mã bài"
LONG = "Bài dài"  # the worksheet that goes on where a cell's 32,767 characters end
_ROOM = 32_000  # characters of a text that stand in its own cell
_FONT = "Times New Roman"
_LARGEST = 50_000_000  # bytes


def write_sheet(path: Path, marker: str, waiting: Sequence[Script]) -> None:
    """Write the sheet of one marker, a worksheet an essay item. Codes only, no names."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for item_id in dict.fromkeys(script.item.id for script in waiting):
        sheet = book.create_sheet(item_id)
        _fill(sheet, marker, [s for s in waiting if s.item.id == item_id])
    _continue(book, [script for script in waiting if len(script.text) > _ROOM])
    _save(book, path)


def _fill(sheet: Worksheet, marker: str, waiting: Sequence[Script]) -> None:
    rubric = waiting[0].rubric
    sheet["A1"] = _title(rubric.item, marker)
    sheet["A1"].font = Font(name=_FONT, size=14, bold=True)
    sheet["A2"] = (
        f"Ghi mức 0–{TOP_LEVEL} cho từng tiêu chí; mô tả các mức nằm trong ghi chú của ô tiêu đề. "
        "Không sửa mã bài, tiêu đề cột và dòng trên cùng."
    )
    _headings(sheet, rubric)
    for row, script in enumerate(waiting, start=FIRST_ROW):
        sheet.cell(row, 1, script.code)
        _write_text(sheet, row, script.text)
    last = get_column_letter(FIRST_LEVEL + len(rubric.criteria) - 1)
    allowed = DataValidation("whole", operator="between", formula1="0", formula2=str(TOP_LEVEL))
    allowed.add(f"C{FIRST_ROW}:{last}{FIRST_ROW + len(waiting)}")
    sheet.add_data_validation(allowed)
    sheet.freeze_panes = f"{get_column_letter(FIRST_LEVEL)}{FIRST_ROW}"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, 90


def _title(item: str, marker: str) -> str:
    return f"PHIẾU CHẤM CÂU {item} – {marker}"


def _write_text(sheet: Worksheet, row: int, text: str) -> None:
    # Word pastes vertical tabs and the like, which a sheet cannot hold.
    clean = ILLEGAL_CHARACTERS_RE.sub("\n", text)
    more = f"\n[… còn tiếp ở trang “{LONG}”]" if len(clean) > _ROOM else ""
    cell = sheet.cell(row, 2, clean[:_ROOM] + more or "(bỏ trống)")
    # A text that begins with "=" must stay a text.
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _continue(book: Workbook, long: Sequence[Script]) -> None:
    """Give what no cell holds a worksheet of its own, part after part."""
    if not long:
        return
    sheet = book.create_sheet(LONG)
    sheet.append([CODE, "Câu", "Phần", "Bài làm"])
    row = 1
    for script in long:
        clean = ILLEGAL_CHARACTERS_RE.sub("\n", script.text)
        for part, start in enumerate(range(_ROOM, len(clean), _ROOM), start=2):
            row += 1
            for column, value in enumerate((script.code, script.item.id, part), start=1):
                sheet.cell(row, column, value)
            cell = sheet.cell(row, 4, clean[start : start + _ROOM])
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["D"].width = 90


def _headings(sheet: Worksheet, rubric: Rubric) -> None:
    headings = [CODE, "Bài làm", *(criterion.name for criterion in rubric.criteria)]
    for column, heading in enumerate(headings, start=1):
        title = sheet.cell(HEADINGS_ROW, column, heading)
        title.font = Font(name=_FONT, bold=True)
        title.fill = PatternFill("solid", start_color="D9E2F3")
        title.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = 18
    for column, criterion in enumerate(rubric.criteria, start=FIRST_LEVEL):
        levels = "\n".join(f"{n}: {level.descriptor}" for n, level in enumerate(criterion.levels))
        sheet.cell(HEADINGS_ROW, column).comment = Comment(levels, "Thang chấm", 320, 420)


def read_sheet(
    path: Path, marker: str, waiting: Iterable[Script]
) -> tuple[list[MarkedScript], list[GradingError]]:
    """Read a filled sheet; rows without any level are left for later.

    Returns:
        What can be read, and for each wrong row an error that names file, worksheet, row and
        column: an unknown or repeated code, a level that is no whole number from 0 to 3, or a
        row half filled. A wrong row costs the others nothing.

    Raises:
        GradingError: when the file is no sheet of this marker's, or its headings are not those
            of the rubric.
    """
    by_item: dict[str, dict[str, Script]] = {}
    for script in waiting:
        by_item.setdefault(script.item.id, {})[script.code] = script
    marked: dict[tuple[str, str], MarkedScript] = {}
    problems: list[GradingError] = []
    for sheet in _worksheets(path):
        known = by_item.get(sheet.title)
        if known is None:
            raise GradingError(f"không có câu tự luận nào mang mã {sheet.title}", path=path)
        reader = _Reader(sheet, path, known)
        reader.require(marker)
        for row, mark in reader.rows():
            if isinstance(mark, GradingError):
                problems.append(mark)
            elif (mark.item_id, mark.code) in marked:
                problems.append(reader.wrong(f"mã bài “{mark.code}” có hai lần", row, 1))
            else:
                marked[mark.item_id, mark.code] = mark
    return list(marked.values()), problems


def _worksheets(path: Path) -> list[Worksheet]:
    if path.is_file() and path.stat().st_size > _LARGEST:
        raise GradingError("tệp lớn bất thường so với một phiếu chấm", path=path)
    try:
        book = load_workbook(path, data_only=True)
    except Exception as error:  # noqa: BLE001 - openpyxl raises many kinds on damaged files
        reason = f"không mở được phiếu chấm ({type(error).__name__}); cần tệp .xlsx"
        raise GradingError(reason, path=path) from None
    return [sheet for sheet in book.worksheets if sheet.title != LONG]


class _Reader:
    """Reads one worksheet by the names that stand in it."""

    def __init__(self, sheet: Worksheet, path: Path, known: dict[str, Script]) -> None:
        self._sheet, self._path, self._known = sheet, path, known
        self._rubric = next(iter(known.values())).rubric
        self._columns: dict[str, int] = {}

    def require(self, marker: str) -> None:
        """Refuse a sheet that is another marker's, or whose headings are not the rubric's."""
        title = str(self._sheet.cell(1, 1).value or "").strip()
        if title != _title(self._sheet.title, marker):
            words = f"không phải phiếu của {marker} cho câu này; dòng đầu ghi “{title}”"
            raise self.wrong(words, 1, 1)
        wanted = {CODE: "", **{criterion.name: criterion.id for criterion in self._rubric.criteria}}
        for column in range(1, self._sheet.max_column + 1):
            heading = str(self._sheet.cell(HEADINGS_ROW, column).value or "").strip()
            if heading not in wanted:
                continue
            if wanted[heading] in self._columns:
                raise self.wrong(f"hai cột cùng tiêu đề “{heading}”", HEADINGS_ROW, column)
            self._columns[wanted[heading]] = column
        missing = [name for name, key in wanted.items() if key not in self._columns]
        if missing:
            words = f"thiếu cột “{'”, “'.join(missing)}”; không sửa dòng tiêu đề"
            raise self.wrong(words, HEADINGS_ROW, 1)

    def rows(self) -> Iterator[tuple[int, MarkedScript | GradingError]]:
        """Each row that has a level, as levels or as what is wrong with it."""
        for row in range(FIRST_ROW, self._sheet.max_row + 1):
            try:
                if (mark := self._row(row)) is not None:
                    yield row, mark
            except GradingError as error:
                yield row, error

    def _row(self, row: int) -> MarkedScript | None:
        code = str(self._sheet.cell(row, self._columns[""]).value or "").strip()
        criteria = self._rubric.criteria
        values = {c.id: self._sheet.cell(row, self._columns[c.id]).value for c in criteria}
        if all(value is None for value in values.values()):
            return None
        if code not in self._known:
            raise self.wrong(f"không có mã bài “{code}”", row, self._columns[""])
        return MarkedScript(
            code, self._sheet.title, {c.id: self._level(row, c, values[c.id]) for c in criteria}
        )

    def _level(self, row: int, criterion: Any, value: object) -> int:
        if not isinstance(value, bool) and value in range(TOP_LEVEL + 1):
            return int(str(value).partition(".")[0])
        words = " (còn bỏ trống)" if value is None else f", không phải “{value}”"
        raise self.wrong(
            f"“{criterion.name}” phải là số nguyên từ 0 đến {TOP_LEVEL}{words}",
            row,
            self._columns[criterion.id],
        )

    def wrong(self, words: str, row: int, column: int) -> GradingError:
        """An error at one cell of this worksheet."""
        where = f"{self._sheet.title}!{get_column_letter(column)}"
        return GradingError(words, path=self._path, row=row, column=where)


def fill_sheet(
    path: Path, waiting: Iterable[Script], judge: Callable[[Script], dict[str, int]]
) -> None:
    """Fill a sheet as a marker would, with the levels ``judge`` gives each script."""
    book = load_workbook(path)
    by_code = {(s.item.id, s.code): s for s in waiting}
    for sheet in book.worksheets:
        if sheet.title == LONG:
            continue
        for row in range(FIRST_ROW, sheet.max_row + 1):
            script = by_code[sheet.title, str(sheet.cell(row, 1).value)]
            levels = judge(script)
            for column, criterion in enumerate(script.rubric.criteria, start=FIRST_LEVEL):
                sheet.cell(row, column, levels[criterion.id])
    _save(book, path)


def _save(book: Workbook, path: Path) -> None:
    buffer = io.BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, buffer.getvalue())
