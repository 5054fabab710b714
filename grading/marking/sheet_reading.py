"""Reading a filled sheet: whatever was moved in it, no script gets another's level."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from assessments.bank.rubric import TOP_LEVEL
from courses.foundation.errors import GradingError
from grading.marking.script import MarkedScript
from grading.marking.sheet import (
    CODE,
    CODE_AGAIN,
    FIRST_ROW,
    HEADINGS_ROW,
    IDS_ROW,
    LONG,
    TEXT,
    shown,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from assessments.bank.rubric import Criterion
    from grading.marking.script import Script

_LARGEST, _UNPACKED = 50_000_000, 500_000_000  # bytes
_MOST_ROWS, _MOST_COLUMNS = 50_000, 200
_ENDS = {CODE: "", CODE_AGAIN: "="}
"""Headings of the two columns of codes, and what they are called here; no criterion is."""
_OURS = {**_ENDS, TEXT: "~"}


def read_sheet(
    path: Path, marker: str, waiting: Iterable[Script]
) -> tuple[list[MarkedScript], list[GradingError]]:
    """Read a filled sheet; rows without any level are left for later.

    Returns:
        What can be read, and for each wrong row an error that names file, worksheet, row and
        column: an unknown or repeated code, a code that is another at the row's other end or
        stands beside another's text, a level that is no whole number from 0 to 3, or a row half
        filled. A wrong row costs the others nothing; of a code that stands twice no row counts.

    Raises:
        GradingError: when the file is no sheet of this marker's, its rubric is not the one in
            force, or its headings are not those of the rubric.
    """
    by_item: dict[str, dict[str, Script]] = {}
    for script in waiting:
        by_item.setdefault(script.item.id, {})[script.code] = script
    marked: list[MarkedScript] = []
    problems: list[GradingError] = []
    for sheet in _worksheets(path):
        known = by_item.get(sheet.title)
        if known is None:
            raise GradingError(f"không có câu tự luận nào mang mã {sheet.title}", path=path)
        reader = _Reader(sheet, path, known)
        reader.require(marker)
        good, bad = reader.sorted_rows()
        marked += good
        problems += bad
    return marked, problems


def _worksheets(path: Path) -> list[Worksheet]:
    _require_small(path)
    try:
        book = load_workbook(path)
    except Exception as error:  # noqa: BLE001 - openpyxl raises many kinds on damaged files
        reason = f"không mở được phiếu chấm ({type(error).__name__}); cần tệp .xlsx"
        raise GradingError(reason, path=path) from None
    sheets: list[Worksheet] = [sheet for sheet in book.worksheets if sheet.title != LONG]
    if any(one.max_row > _MOST_ROWS or one.max_column > _MOST_COLUMNS for one in sheets):
        raise GradingError("phiếu chấm có quá nhiều dòng hoặc cột", path=path)
    return sheets


def _require_small(path: Path) -> None:
    unpacked = 0
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > _UNPACKED or (path.is_file() and path.stat().st_size > _LARGEST):
        raise GradingError("tệp lớn bất thường so với một phiếu chấm", path=path)


class _Reader:
    """Reads one worksheet by the names that stand in it."""

    def __init__(self, sheet: Worksheet, path: Path, known: dict[str, Script]) -> None:
        self._sheet, self._path, self._known = sheet, path, known
        self._rubric = next(iter(known.values())).rubric
        self._columns: dict[str, int] = {}

    def require(self, marker: str) -> None:
        """Refuse a sheet that is another marker's, or whose headings are not the rubric's."""
        self._require_title(marker)
        wanted = _OURS | {criterion.name: criterion.id for criterion in self._rubric.criteria}
        for column in range(1, self._sheet.max_column + 1):
            heading = self._text(HEADINGS_ROW, column)
            if heading not in wanted:
                continue
            if wanted[heading] in self._columns:
                raise self.wrong(f"hai cột cùng tiêu đề “{heading}”", HEADINGS_ROW, column)
            self._columns[wanted[heading]] = column
        missing = [name for name, key in wanted.items() if key not in self._columns]
        if missing:
            words = f"thiếu cột “{'”, “'.join(missing)}”; không sửa dòng tiêu đề"
            raise self.wrong(words, HEADINGS_ROW, 1)
        self._require_ids()

    def _require_title(self, marker: str) -> None:
        title, wanted = self._text(1, 1), title_of(self._rubric, marker)
        if title == wanted:
            return
        words = f"không phải phiếu của {marker} cho câu này; dòng đầu ghi “{title}”"
        if title.rpartition(" – ")[0] == wanted.rpartition(" – ")[0]:
            words = "thang chấm đã thay đổi từ khi xuất phiếu; xuất phiếu mới rồi chấm trên đó"
        raise self.wrong(words, 1, 1)

    def _require_ids(self) -> None:
        """A heading moved without its column would give its levels to another criterion."""
        for criterion in self._rubric.criteria:
            column = self._columns[criterion.id]
            if (found := self._text(IDS_ROW, column)) != criterion.id:
                words = f"cột “{criterion.name}” mang mã “{found}”, phải là “{criterion.id}”"
                raise self.wrong(f"{words}; tiêu đề và cột đã bị chuyển lệch", IDS_ROW, column)

    def _text(self, row: int, column: int) -> str:
        return str(self._sheet.cell(row, column).value or "").strip()

    def sorted_rows(self) -> tuple[list[MarkedScript], list[GradingError]]:
        """The rows that have a level: those that can be taken, and what is wrong with the rest."""
        good: dict[str, tuple[int, MarkedScript]] = {}
        bad: list[GradingError] = []
        twice: set[str] = set()
        for row, mark in self._rows():
            if isinstance(mark, GradingError):
                bad.append(mark)
            elif mark.code in good:
                twice.add(mark.code)
                bad.append(self.wrong(f"mã bài “{mark.code}” có hai lần", row, self._columns[""]))
            else:
                good[mark.code] = (row, mark)
        for code in sorted(twice):
            row, _ = good.pop(code)
            bad.append(self.wrong(f"mã bài “{code}” có hai lần", row, self._columns[""]))
        return [mark for _, mark in good.values()], bad

    def _rows(self) -> Iterator[tuple[int, MarkedScript | GradingError]]:
        for row in range(FIRST_ROW, self._sheet.max_row + 1):
            try:
                if (mark := self._row(row)) is not None:
                    yield row, mark
            except GradingError as error:
                yield row, error

    def _row(self, row: int) -> MarkedScript | None:
        criteria = self._rubric.criteria
        values = {c.id: self._sheet.cell(row, self._columns[c.id]).value for c in criteria}
        if all(value is None for value in values.values()):
            return None
        code = self._code(row)
        levels = {c.id: self._level(row, c, values[c.id]) for c in criteria}
        return MarkedScript(code, self._sheet.title, levels)

    def _code(self, row: int) -> str:
        code, again = (self._text(row, self._columns[end]) for end in _ENDS.values())
        if code not in self._known:
            raise self.wrong(f"không có mã bài “{code}”", row, self._columns[""])
        if code != again:
            words = f"hai đầu dòng ghi hai mã bài “{code}” và “{again}”; dòng đã bị sắp xếp lệch"
            raise self.wrong(words, row, self._columns["="])
        text = self._columns[_OURS[TEXT]]
        if self._text(row, text).split() != shown(self._known[code].text).split():
            words = f"đây không phải bài của mã “{code}”: các cột bị sắp xếp lệch, hoặc bài bị sửa"
            raise self.wrong(words, row, text)
        return code

    def _level(self, row: int, criterion: Criterion, value: object) -> int:
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
