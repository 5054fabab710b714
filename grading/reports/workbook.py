"""The cohort report as a workbook: the same tables as the PDF, as numbers one can compute with."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from grading.reports import tables
from grading.reports.annex import annex
from grading.reports.cohort import summarise
from grading.reports.remarks import findings, proposals
from grading.reports.tables import Percent, Table
from grading.reports.wording import place_and_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grading.reports.cohort import CohortInput

# Nothing a cell says is a formula or an address, whatever it begins with.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
_A4 = 9
_DEMO = "DỮ LIỆU MÔ PHỎNG"


def write_cohort_xlsx(data: CohortInput, path: Path, now: datetime) -> None:
    """Write the workbook to ``path``: whole or not at all.

    Raises:
        DecisionError: when the tables cannot be reported on.
    """
    report = summarise(data)
    sheets = {
        "Tổng hợp": [tables.status_table(report), tables.rate_table(report)],
        "Theo lĩnh vực": [tables.area_table(report), tables.distribution_table(report)],
        "Năng lực": [tables.competency_rows(report)],
        "Theo cơ quan": [tables.agency_table(report)],
        "Ghi chú": [_notes(data, [*findings(report), *proposals(report)])],
    }
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", suffix=".tmp", delete=False
    ) as held:
        unfinished = Path(held.name)
    try:
        _write(sheets, data, unfinished, now)
        os.replace(unfinished, path)  # noqa: PTH105 — the call whose atomicity is documented
    finally:
        unfinished.unlink(missing_ok=True)


def _notes(data: CohortInput, texts: Sequence[str]) -> Table:
    rows = [
        ("Cơ quan báo cáo", data.issuer),
        ("Số, ký hiệu báo cáo", data.document_symbol),
        ("Địa danh, ngày", place_and_date(data.place, data.report_date)),
        *(("Nhận xét, kiến nghị", text) for text in texts),
        *annex(data.policy_id),
    ]
    return Table("Ghi chú và cách tính", ("Mục", "Nội dung"), tuple(rows))


def _write(sheets: dict[str, list[Table]], data: CohortInput, path: Path, now: datetime) -> None:
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    book.set_properties(
        {"title": data.title, "author": data.issuer, "created": now.replace(tzinfo=None)}
    )
    formats = _formats(book)
    for name, parts in sheets.items():
        sheet = book.add_worksheet(name)
        _set_up(sheet, parts, data)
        _fill(sheet, parts, data, formats)
    book.close()


def _formats(book: Any) -> dict[str, Any]:
    cell = {**_FONT, "border": 1}
    return {
        "title": book.add_format({**_FONT, "bold": True, "font_size": 14, "text_wrap": False}),
        "plain": book.add_format({**_FONT, "text_wrap": False}),
        "note": book.add_format({**_FONT, "italic": True, "font_size": 11, "valign": "top"}),
        "heading": book.add_format(
            {**cell, "bold": True, "align": "center", "bg_color": "#E7E6E6"}
        ),
        "text": book.add_format(cell),
        "int": book.add_format({**cell, "num_format": "0", "align": "center"}),
        "percent": book.add_format({**cell, "num_format": "0.0%", "align": "center"}),
    }


def _set_up(sheet: Any, parts: Sequence[Table], data: CohortInput) -> None:
    width = max(len(part.headings) for part in parts)
    wide = width == 2  # noqa: PLR2004 — the notes: a heading and a long text
    sheet.set_column(0, 0, 30 if wide else 34)
    sheet.set_column(1, 1, 100 if wide else 18)
    sheet.set_column(2, max(width - 1, 2), 18)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.8, right=0.6, top=0.9, bottom=0.8)
    sheet.set_header(f'&C&"Times New Roman"&13&P{"&R" + _DEMO if data.is_demo else ""}')
    sheet.freeze_panes(5, 1)
    sheet.repeat_rows(4)


def _fill(sheet: Any, parts: Sequence[Table], data: CohortInput, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, data.title, formats["title"])
    sheet.write_string(1, 0, f"{data.issuer} – {data.sitting_name}", formats["plain"])
    sheet.write_string(2, 0, _DEMO if data.is_demo else "", formats["title"])
    at = 3
    for part in parts:
        at = _put(sheet, part, at, formats) + 2


def _put(sheet: Any, table: Table, at: int, formats: dict[str, Any]) -> int:
    sheet.write_string(at, 0, table.title, formats["title"])
    for column, heading in enumerate(table.headings):
        sheet.write_string(at + 1, column, heading, formats["heading"])
    at += 2
    for row in table.rows:
        for column, value in enumerate(row):
            _cell(sheet, at, column, value, formats)
        at += 1
    for note in table.notes:
        sheet.merge_range(at, 0, at, len(table.headings) - 1, "", formats["note"])
        sheet.write_string(at, 0, note, formats["note"])
        sheet.set_row(at, 64)
        at += 1
    return at


def _cell(sheet: Any, row: int, column: int, value: tables.Value, formats: dict[str, Any]) -> None:
    if isinstance(value, Percent):
        sheet.write_number(row, column, value.value, formats["percent"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats["int"])
    else:
        sheet.write_string(row, column, value, formats["text"])
