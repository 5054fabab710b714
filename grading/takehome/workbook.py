"""A sheet to take home as a workbook whose computed cells are formulas.

Beside each formula stands the value that the lesson's model gives, so that a reader which does
not compute shows the same.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from courses.takehome.sheet import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from courses.takehome.sheet import Column, Format, Sheet

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FORMATS: Mapping[Format, str] = {
    "text": "@",
    "whole": "#,##0",
    "number": "#,##0.00",
    "percent": "0.0%",
    "date": "dd/mm/yyyy",
    "moment": "hh:mm dd/mm/yyyy",
}
_NAME = re.compile(r"\{(\$?)(\w+)(:?)\}")
_FACE = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_LINE = 17  # points
_ONE_PAGE = 45  # rows that a page holds without becoming too small to read
_DEMO = "Số liệu của bài học, mô phỏng; thay bằng số liệu của cơ quan."


def write_takehome(sheet: Sheet, now: datetime, *, filled: bool) -> bytes:
    """The sheet as a workbook, blank or with the lesson's data; same input, same bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        made = now.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": sheet.title, "created": made})
        _Writer(book, sheet if filled else sheet.blank, filled=filled).write()
    return out.getvalue()


class _Writer:
    """Lays out one sheet, from the top: title, use, fields, parameters, table, summaries."""

    def __init__(self, book: Any, sheet: Sheet, *, filled: bool) -> None:
        self._book, self._sheet, self._filled = book, sheet, filled
        self._page = book.add_worksheet(sheet.title[:31].replace("/", " "))
        self._last = len(sheet.columns) - 1
        self._row = 0
        self._places: dict[str, str] = {}

    def write(self) -> None:
        """Write everything."""
        for at, column in enumerate(self._sheet.columns):
            self._page.set_column(at, at, column.width)
        self._top()
        self._fields()
        self._parameters()
        self._table()
        self._summaries()
        self._page.set_landscape()
        self._page.set_paper(9)  # A4
        self._page.fit_to_pages(1, 1 if self._row < _ONE_PAGE else 0)
        self._page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        self._page.set_footer("&C&P / &N")

    def _look(self, **more: Any) -> Any:
        return self._book.add_format({**_FACE, **more})

    def _merged(self, text: str, height: float, **look: Any) -> None:
        wrapped = self._look(text_wrap=True, **look)
        self._page.merge_range(self._row, 0, self._row, self._last, text, wrapped)
        self._page.set_row(self._row, height)
        self._row += 1

    def _top(self) -> None:
        width = sum(column.width for column in self._sheet.columns)
        self._merged(self._sheet.title, 24, bold=True, font_size=14)
        self._merged(self._sheet.use, _LINE * (1 + len(self._sheet.use) // width), italic=True)
        if self._filled:
            self._merged(_DEMO, 18, bold=True, font_color="#9b1c1c")
        self._row += 1

    def _fields(self) -> None:
        label = self._look(bold=True, text_wrap=True, border=1)
        hint = self._look(italic=True, font_color="#4d566a", text_wrap=True, border=1)
        value = self._look(text_wrap=True, border=1)
        for field in self._sheet.fields:
            self._page.write_string(self._row, 0, field.label, label)
            told = (field.value, value) if field.value else (f"({field.hint})", hint)
            self._page.merge_range(self._row, 1, self._row, self._last, *told)
            self._page.set_row(self._row, 34)
            self._row += 1
        self._row += bool(self._sheet.fields)

    def _parameters(self) -> None:
        label = self._look(bold=True, text_wrap=True)
        for one in self._sheet.parameters:
            self._page.write_string(self._row, 0, one.label, label)
            look = self._look(num_format=_FORMATS[one.format], border=1, bg_color="#fff8e1")
            self._value(self._row, 1, one.value, look)
            self._places[one.key] = xl_rowcol_to_cell(self._row, 1, row_abs=True, col_abs=True)
            self._row += 1
        self._row += bool(self._sheet.parameters)

    def _value(self, row: int, at: int, value: Any, look: Any) -> None:
        if value is None or value == "":
            self._page.write_blank(row, at, None, look)
        elif isinstance(value, date | datetime):
            self._page.write_datetime(row, at, value, look)
        elif isinstance(value, str):
            self._page.write_string(row, at, value, look)
        else:
            self._page.write_number(row, at, value, look)

    def _table(self) -> None:
        head = self._look(
            bold=True,
            text_wrap=True,
            border=1,
            bg_color="#eef1f5",
            align="center",
            valign="vcenter",
        )
        for at, column in enumerate(self._sheet.columns):
            self._page.write_string(self._row, at, column.heading, head)
        self._page.set_row(self._row, 50)
        self._page.freeze_panes(self._row + 1, 1)
        self._page.repeat_rows(self._row)
        self._first = self._row + 1
        self._end = self._row + len(self._sheet.lines)
        for line in self._sheet.lines:
            self._row += 1
            self._page.set_row(self._row, _LINE * self._height(line))
            self._line(line)
        for at, column in enumerate(self._sheet.columns):
            self._guard(at, column)
        self._row += 2

    def _height(self, line: Mapping[str, Any]) -> int:
        """How many lines of text the longest cell needs; programs differ in finding out."""
        texts = ((shown(line.get(one.key), one.format), one.width) for one in self._sheet.columns)
        return max(1 + int(1.15 * len(text)) // width for text, width in texts)

    def _line(self, line: Mapping[str, Any]) -> None:
        for at, column in enumerate(self._sheet.columns):
            computed = {"bg_color": "#f3f5f9"} if column.formula else {}
            look = self._look(
                num_format=_FORMATS[column.format], border=1, text_wrap=True, **computed
            )
            value = line.get(column.key)
            if not column.formula:
                self._value(self._row, at, value, look)
                continue
            formula = f'=IF({self._untouched()},"",{self._placed(column.formula)})'
            cached = "" if value is None else value
            self._page.write_formula(self._row, at, formula, look, _stored(cached))

    def _untouched(self) -> str:
        """Whether nothing was filled in beside the first column of this row."""
        return f'{xl_rowcol_to_cell(self._row, 0, col_abs=True)}=""'

    def _guard(self, at: int, column: Column) -> None:
        place = (self._first, at, self._end, at)
        if column.options:
            self._page.data_validation(*place, {"validate": "list", "source": [*column.options]})
        if column.alarm:
            look = self._book.add_format({"bold": True, "font_color": "#9b1c1c"})
            wanted = {"type": "cell", "criteria": "==", "value": f'"{column.alarm}"'}
            self._page.conditional_format(*place, {**wanted, "format": look})

    def _summaries(self) -> None:
        label = self._look(bold=True, text_wrap=True)
        for one in self._sheet.summaries:
            self._page.write_string(self._row, 0, one.label, label)
            self._page.set_row(
                self._row, _LINE * (1 + len(one.label) // self._sheet.columns[0].width)
            )
            look = self._look(num_format=_FORMATS[one.format], border=1, bg_color="#f3f5f9")
            formula = f'=IFERROR({self._placed(one.formula)},"")'
            value = "" if one.value is None else one.value
            self._page.write_formula(self._row, 1, formula, look, value)
            self._places[one.key] = xl_rowcol_to_cell(self._row, 1, row_abs=True, col_abs=True)
            self._row += 1

    def _placed(self, formula: str) -> str:
        """A formula with cells for names; a name that there is not is a KeyError."""
        columns = {column.key: at for at, column in enumerate(self._sheet.columns)}

        def place(found: re.Match[str]) -> str:
            fixed, name, whole = found.groups()
            if fixed:
                return self._places[name]
            at = columns[name]
            if not whole:
                return xl_rowcol_to_cell(self._row, at, col_abs=True)
            first = xl_rowcol_to_cell(self._first, at, row_abs=True, col_abs=True)
            return f"{first}:{xl_rowcol_to_cell(self._end, at, row_abs=True, col_abs=True)}"

        return _NAME.sub(place, formula)


def _stored(value: Any) -> Any:
    """A formula's value as a workbook keeps it; a time is a count of days since 30/12/1899."""
    if isinstance(value, datetime):
        return (value - datetime(1899, 12, 30)).total_seconds() / 86400  # noqa: DTZ001 - a wall clock
    return value
