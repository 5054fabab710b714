"""A plan as an Excel workbook: written to be filled in, read back to be checked.

Nothing of a workbook is trusted: it is read within the bounds of rosters, a formula counts for
nothing but its stored value, and what cannot be read is named by sheet, row and column.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

import xlsxwriter

from cohort_data.rosters.formats.reading import read_sheets
from courses.foundation.dates import padded_date, read_date
from courses.foundation.errors import ContentError
from courses.foundation.numerals import NumeralError
from courses.plans.checks import WHOLE
from courses.plans.plan import FiveYearPlan, Frame, Goal, Totals
from grading.plans.layout import GOAL_COLUMNS, LAYOUTS, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from cohort_data.rosters.sheet import Sheet
    from grading.plans.layout import Column

FRAME, GOALS, SUMS = "Khung", "III và VI", "VII cộng"
_WIDTH = 24
_LEAST_SECURITY = 15  # % of the money, Luật 116/2025/QH15, Điều 38 khoản 1
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_CONTENT, _SOURCE, _YEAR = "Nội dung", "Nguồn", "Năm"


def write_workbook(plan: FiveYearPlan, now: datetime) -> bytes:
    """The plan as a workbook, a sheet a table; the same input gives the same bytes."""
    return write_sheets(_sheets(plan), now)


def write_sheets(sheets: Iterable[tuple[str, list[Sequence[Any]]]], now: datetime) -> bytes:
    """Sheets by name, each with its heading first, as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": now.astimezone(UTC).replace(tzinfo=None)})
        head = book.add_format({"bold": True, "bg_color": "#eef1f5", "border": 1})
        head.set_text_wrap()
        text = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(len(rows[0]) - 1, 0), _WIDTH)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row, text if at else head)
    return out.getvalue()


def _sheets(plan: FiveYearPlan) -> Iterator[tuple[str, list[Sequence[Any]]]]:
    years = range(plan.frame.first, plan.frame.last + 1)
    yield FRAME, [("Điều", "Tên", "Giá trị"), *_frame(plan.frame)]
    goals: list[Sequence[Any]] = [(*(column.heading for column in GOAL_COLUMNS), *years)]
    for goal in plan.goals:
        path = dict(goal.path)
        goals.append((*_written(goal, GOAL_COLUMNS), *(path.get(year, "") for year in years)))
    yield GOALS, goals
    for layout in LAYOUTS:
        lines = (_written(line, layout.columns) for line in getattr(plan, layout.part))
        yield layout.name, [tuple(column.heading for column in layout.columns), *lines]
    yield SUMS, [("Theo", "Dòng", "Tỷ đồng"), *_sums(plan.totals)]


def _written(line: Any, columns: Sequence[Column]) -> tuple[str | int, ...]:
    return tuple(column.write(getattr(line, column.field)) for column in columns)


_UNIT, _FIRST, _LAST, _DAY = "Đơn vị", "Năm đầu", "Năm cuối", "Ngày ký"
_STATE, _CEILING, _LEVEL = "Hiện trạng (%)", "Trần vốn (tỷ đồng)", "Cấp đang có"
_GONE, _NATIONAL, _SECURITY = "Cấp đã bỏ", "Cơ sở dữ liệu quốc gia", "An ninh mạng (%)"


def _frame(frame: Frame) -> Iterator[tuple[str, str, str | int]]:
    yield _UNIT, frame.unit, ""
    yield _FIRST, "", frame.first
    yield _LAST, "", frame.last
    yield _DAY, "", padded_date(frame.signed_on)
    yield from ((_STATE, measure, value) for measure, value in frame.state.items())
    yield from ((_CEILING, source, most) for source, most in frame.ceilings.items())
    yield from ((_LEVEL, level, "") for level in frame.levels)
    yield _GONE, frame.abolished, ""
    yield from ((_NATIONAL, name, "") for name in frame.national)
    yield _SECURITY, "", frame.security


def blank_frame(
    years: range, sources: Iterable[str], national: Iterable[str]
) -> Iterator[tuple[str, str, str | int]]:
    """The lines of the frame with what only the office knows left open."""
    yield _UNIT, "", ""
    yield _FIRST, "", years[0]
    yield _LAST, "", years[-1]
    yield _DAY, "", ""
    yield from ((_STATE, "", "") for _ in range(6))
    yield from ((_CEILING, source, "") for source in sources)
    yield from ((_LEVEL, level, "") for level in ("cấp tỉnh", "cấp xã"))
    yield _GONE, "cấp huyện", ""
    yield from ((_NATIONAL, name, "") for name in national)
    yield _SECURITY, "", _LEAST_SECURITY


def blank_sums(years: range, sources: Iterable[str]) -> Iterator[tuple[str, str | int, str]]:
    """The lines of the sums that are known before any content is."""
    yield from ((_SOURCE, name, "") for name in sources)
    yield from ((_YEAR, year, "") for year in years)
    yield WHOLE, "", ""


def _sums(said: Totals) -> Iterator[tuple[str, str | int, int]]:
    yield from ((_CONTENT, code, amount) for code, amount in said.contents.items())
    yield from ((_SOURCE, name, amount) for name, amount in said.sources.items())
    yield from ((_YEAR, year, amount) for year, amount in said.years.items())
    yield WHOLE, "", said.whole


def read_workbook(path: Path) -> FiveYearPlan:
    """The plan that a workbook holds, whatever is wrong with the plan itself.

    Raises:
        RosterError: when the file is no workbook that can be read.
        ContentError: naming sheet, row and column of what cannot be read.
    """
    book = _Book(path, {sheet.name.strip(): sheet for sheet in read_sheets(path)})
    frame = _read_frame(book)
    parts = {
        layout.part: tuple(
            layout.made(**fields) for fields in book.lines(layout.name, layout.columns)
        )
        for layout in LAYOUTS
    }
    return FiveYearPlan(frame=frame, goals=_read_goals(book), totals=_read_sums(book), **parts)


class _Book:
    """The sheets of a workbook as rows of texts, and errors that say where."""

    def __init__(self, path: Path, sheets: dict[str, Sheet]) -> None:
        self._path = path
        self._sheets = sheets

    def rows(self, name: str) -> dict[int, dict[int, str]]:
        """The filled rows of one sheet: texts by column, both counted from 1."""
        if name not in self._sheets:
            raise ContentError(f"thiếu trang “{name}”; dùng tệp mẫu", path=self._path)
        rows: dict[int, dict[int, str]] = {}
        for (row, column), cell in sorted(self._sheets[name].cells.items()):
            if text := _text(cell.value):
                rows.setdefault(row, {})[column] = text
        return rows

    def lines(self, name: str, columns: Sequence[Column]) -> list[dict[str, Any]]:
        """The fields of each row under a heading that must be the one of the layout."""
        head, *rest = self.rows(name).items() or [(1, {})]
        for at, column in enumerate(columns, start=1):
            if head[1].get(at) != column.heading:
                words = f"trang “{name}” phải có cột “{column.heading}” ở đây; dùng tệp mẫu"
                raise self.wrong(words, name, head[0], at)
        return [
            {
                column.field: self.read(column, cells.get(at, ""), (name, row, at))
                for at, column in enumerate(columns, start=1)
            }
            for row, cells in rest
        ]

    def read(self, column: Column, text: str, place: tuple[str, int, int]) -> Any:
        """One cell; ContentError says where it stands."""
        try:
            return column.read(text)
        except NumeralError as error:
            raise self.wrong(f"“{text[:30]}”: {error}", *place) from None

    def number(self, text: str, place: tuple[str, int, int]) -> int:
        """One cell with a whole number."""
        try:
            return whole(text)
        except NumeralError as error:
            raise self.wrong(f"“{text[:30]}”: {error}", *place) from None

    def wrong(self, words: str, sheet: str, row: int, column: int) -> ContentError:
        """An error with its place."""
        at = xlsxwriter.utility.xl_col_to_name(column - 1)
        return ContentError(words, path=self._path, key=sheet, row=row, column=at)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, date):
        return padded_date(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _read_frame(book: _Book) -> Frame:
    found: dict[str, list[tuple[int, str, str]]] = {}
    for row, cells in book.rows(FRAME).items():
        line = (row, cells.get(2, ""), cells.get(3, ""))
        found.setdefault(cells.get(1, ""), []).append(line)

    def first(name: str) -> tuple[int, str, str]:
        if name not in found:
            raise book.wrong(f"thiếu dòng “{name}”", FRAME, 1, 1)
        return found[name][0]

    def number(name: str) -> int:
        row, _, value = first(name)
        return book.number(value, (FRAME, row, 3))

    def named(name: str) -> dict[str, int]:
        lines = found.get(name, [])
        return {label: book.number(value, (FRAME, row, 3)) for row, label, value in lines}

    row, _, day = first(_DAY)
    try:
        signed_on = read_date(day)
    except NumeralError as error:
        raise book.wrong(f"“{day[:30]}”: {error}", FRAME, row, 3) from None
    return Frame(
        unit=first(_UNIT)[1],
        first=number(_FIRST),
        last=number(_LAST),
        signed_on=signed_on,
        state=named(_STATE),
        ceilings=named(_CEILING),
        levels=tuple(label for _, label, _ in found.get(_LEVEL, [])),
        abolished=first(_GONE)[1],
        national=tuple(label for _, label, _ in found.get(_NATIONAL, [])),
        security=number(_SECURITY),
    )


def _read_goals(book: _Book) -> tuple[Goal, ...]:
    goals = [Goal(**fields, path=()) for fields in book.lines(GOALS, GOAL_COLUMNS)]
    (top, head), *rows = book.rows(GOALS).items()
    years = {
        at: book.number(text, (GOALS, top, at))
        for at, text in head.items()
        if at > len(GOAL_COLUMNS)
    }
    return tuple(
        replace(
            goal,
            path=tuple(
                (year, book.number(cells[at], (GOALS, row, at)))
                for at, year in years.items()
                if at in cells
            ),
        )
        for goal, (row, cells) in zip(goals, rows, strict=True)
    )


def _read_sums(book: _Book) -> Totals:
    sums: dict[str, dict[str, int]] = {_CONTENT: {}, _SOURCE: {}, _YEAR: {}, WHOLE: {}}
    for row, cells in list(book.rows(SUMS).items())[1:]:
        kind = cells.get(1, "")
        if kind not in sums:
            raise book.wrong(f"“{kind[:30]}” phải là {', '.join(sums)}", SUMS, row, 1)
        sums[kind][cells.get(2, "")] = book.number(cells.get(3, ""), (SUMS, row, 3))
    years = {int(year): amount for year, amount in sums[_YEAR].items() if year.isdigit()}
    return Totals(sums[_CONTENT], sums[_SOURCE], years, sums[WHOLE].get("", 0))
