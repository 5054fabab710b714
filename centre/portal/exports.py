"""A whole list as a file: Excel for people, CSV for programs; no cell is ever a formula."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.http import HttpResponse

from centre.portal.tables import is_number, shown
from courses.foundation.dates import VIETNAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from centre.portal.tables import Column, Table

# What a spreadsheet takes for the beginning of a formula, or passes over before one.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def as_file(table: Table, name: str, kind: str) -> HttpResponse | None:
    """All that was asked for as a file called ``name``; None for a kind that there is not."""
    if kind not in _TYPES:
        return None
    content = _csv(table) if kind == "csv" else _xlsx(table)
    answer = HttpResponse(content, content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _columns(table: Table) -> list[Column]:
    return [one for one in table.columns if one.exported]


def _values(table: Table) -> Iterator[list[Any]]:
    columns = _columns(table)
    return ([one.value(row) for one in columns] for row in table.found)


def _csv(table: Table) -> bytes:
    """Semicolons, and a mark that says UTF-8: so Excel in Vietnamese reads it too."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(harmless(one.label) for one in _columns(table))
    writer.writerows(map(_written, row) for row in _values(table))
    return text.getvalue().encode("utf-8-sig")


def _written(value: Any) -> str:
    if value is None:
        return ""
    return shown(value) if is_number(value) else harmless(shown(value) if value != "" else "")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def _xlsx(table: Table) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _SAFE) as book:
        sheet = book.add_worksheet("Danh sách")
        bold = book.add_format({"bold": True, "bottom": 1})
        formats: dict[type, Any] = {
            datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
            date: book.add_format({"num_format": "dd/mm/yyyy"}),
        }
        for at, column in enumerate(_columns(table)):
            sheet.write_string(0, at, column.label, bold)
            sheet.set_column(at, at, max(12, len(column.label) + 2))
        for number, row in enumerate(_values(table), 1):
            for at, value in enumerate(row):
                _write(sheet, (number, at), value, formats)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def _write(sheet: Any, at: tuple[int, int], value: Any, formats: dict[type, Any]) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        local = value.astimezone(VIETNAM).replace(tzinfo=None)
        sheet.write_datetime(*at, local, formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, formats[date])
    elif is_number(value):
        sheet.write_number(*at, value)
    else:
        sheet.write_string(*at, shown(value) if value != "" else "")
