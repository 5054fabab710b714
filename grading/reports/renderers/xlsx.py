"""A report as a workbook: the same tables, as numbers one can compute with."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any

import xlsxwriter

from grading.reports.charts import picture
from grading.reports.model import Chart, Number, Paragraph, Percent, Table
from grading.reports.wording import place_and_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from grading.reports.model import Report, Section, Value

# Nothing a cell says is a formula or an address, whatever it begins with.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
_A4, _LONGEST_NAME = 9, 31
_DEMO = "DỮ LIỆU MÔ PHỎNG"
_WIDE, _LINE = 110, 17  # letters across the texts; points a line
_NARROWEST, _WIDEST = 12.0, 44.0  # letters across a column
_ROW = 20  # pixels
TEXTS = "Nội dung"


def render_xlsx(report: Report, now: datetime) -> bytes:
    """The workbook: what is said on the first sheet, then a sheet a section with tables."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        made = now.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": report.title, "author": report.letterhead.issuer,
                             "created": made})  # fmt: skip
        pens = _Pens(book)
        _texts(book.add_worksheet(TEXTS), report, pens)
        for name, section in _sheets(report):
            _section(book.add_worksheet(name), report, section, pens)
    return out.getvalue()


def _sheets(report: Report) -> Iterator[tuple[str, Section]]:
    """Sections that have a table, each under a name no other sheet has."""
    taken = {TEXTS.casefold()}
    for number, section in enumerate((*report.sections, *report.annex), start=1):
        if any(isinstance(block, Table | Chart) for block in section.blocks):
            name = (section.sheet or f"Phần {number}")[:_LONGEST_NAME]
            if name.casefold() in taken:
                name = f"{number}. {name}"[:_LONGEST_NAME]
            taken.add(name.casefold())
            yield name, section


class _Pens:
    """Formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **style: Any) -> Any:
        key = tuple(sorted(style.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FONT, **style})
        return self._made[key]


def _texts(sheet: Any, report: Report, pens: _Pens) -> None:
    _set_up(sheet, report, [3, _WIDE])
    head = report.letterhead
    sheet.write_string(0, 0, f"{report.name}: {report.subject}", _title(pens))
    about = f"{head.issuer} – {place_and_date(head.place, head.day)}"
    sheet.write_string(1, 0, about, pens.get(text_wrap=False))
    sheet.write_string(2, 0, _DEMO if head.is_demo else "", _title(pens))
    at = 4
    for section in (*report.sections, *report.annex):
        if section.heading:
            sheet.write_string(at, 0, section.heading, pens.get(bold=True, text_wrap=False))
            at += 1
        for block in section.blocks:
            if isinstance(block, Paragraph):
                sheet.write_string(at, 1, block.text, pens.get(valign="top"))
                sheet.set_row(at, _lines([block.text], [_WIDE]))
                at += 1


def _title(pens: _Pens) -> Any:
    return pens.get(bold=True, font_size=14, text_wrap=False)


def _section(sheet: Any, report: Report, section: Section, pens: _Pens) -> None:
    blocks = [block for block in section.blocks if isinstance(block, Table | Chart)]
    tables = [block.table if isinstance(block, Chart) else block for block in blocks]
    widths = _columns(tables)
    _set_up(sheet, report, widths)
    sheet.write_string(0, 0, section.heading or report.subject, _title(pens))
    sheet.write_string(1, 0, report.subject, pens.get(text_wrap=False))
    sheet.write_string(2, 0, _DEMO if report.letterhead.is_demo else "", _title(pens))
    at, breaks = 4, []
    for block, table in zip(blocks, tables, strict=True):
        if isinstance(block, Chart) and block is not blocks[0]:
            breaks.append(at)  # so that no picture is cut in two
        at = _put(sheet, table, at, widths, pens) + 1
        if isinstance(block, Chart):
            at = _picture(sheet, block, at) + 1
    sheet.set_h_pagebreaks(breaks)


def _columns(tables: list[Table]) -> list[float]:
    """As wide as the words of the column ask for, within reason."""
    widths = [_NARROWEST] * max(len(table.headings) for table in tables)
    for table in tables:
        for row in table.rows:
            for at, value in enumerate(row):
                widths[at] = max(widths[at], min(_WIDEST, len(str(value)) + 2.0))
    return widths


def _lines(texts: Iterable[object], widths: Iterable[float]) -> int:
    """The height in points of a row in which texts wrap."""
    needed = (len(str(text)) // width for text, width in zip(texts, widths, strict=False))
    return _LINE * (1 + int(max(needed, default=0)))


def _set_up(sheet: Any, report: Report, widths: list[float]) -> None:
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.8, right=0.6, top=0.9, bottom=0.8)
    mark = f"&R{_DEMO}" if report.letterhead.is_demo else ""
    sheet.set_header(f'&C&"Times New Roman"&13&P{mark}')
    sheet.freeze_panes(3, 0)


def _put(sheet: Any, table: Table, at: int, widths: list[float], pens: _Pens) -> int:
    sheet.write_string(at, 0, table.title, pens.get(bold=True, text_wrap=False))
    head = pens.get(border=1, bold=True, align="center", bg_color="#E7E6E6")
    for column, heading in enumerate(table.headings):
        sheet.write_string(at + 1, column, heading, head)
    sheet.set_row(at + 1, _lines(table.headings, widths))
    at += 2
    for row in table.rows:
        for column, value in enumerate(row):
            _cell(sheet, (at, column), value, table, pens)
        sheet.set_row(at, _lines(row, widths))
        at += 1
    for note in table.notes:
        style = pens.get(italic=True, font_size=11, valign="top")
        if len(table.headings) > 1:
            sheet.merge_range(at, 0, at, len(table.headings) - 1, "", style)
        sheet.write_string(at, 0, f"Ghi chú: {note}", style)
        sheet.set_row(at, _lines([note], [0.9 * sum(widths[: len(table.headings)])]))
        at += 1
    return at


def _cell(sheet: Any, place: tuple[int, int], value: Value, table: Table, pens: _Pens) -> None:
    style: dict[str, Any] = {"border": 1}
    if place[1] not in table.worded:
        style["align"] = "center"
    if depth := table.depth(value):
        style["bg_color"] = "#" + f"{round(255 * (1 - depth * 0.28)):02X}" * 3
    if isinstance(value, str):
        sheet.write_string(*place, value, pens.get(**style))
    else:
        number = value if isinstance(value, int) else value.value
        sheet.write_number(*place, number, pens.get(num_format=number_format(value), **style))


def number_format(value: int | Percent | Number) -> str:
    """How a program shows the number; its locale gives the decimal comma."""
    if isinstance(value, int):
        return "0"
    if isinstance(value, Number):
        return f"0.{'0' * value.digits}" if value.digits else "0"
    return r"0.0\ %" if value.n is None else rf'0.0\ %" (n = {value.n})"'


def _picture(sheet: Any, chart: Chart, at: int) -> int:
    """Insert a chart beneath its table and return the row beneath it."""
    data = picture(chart.plot, "png")
    said = f"{chart.title}. {chart.text} Số liệu có trong bảng ngay trước hình."
    options = {"image_data": io.BytesIO(data), "description": said, "x_scale": 1, "y_scale": 1}
    sheet.insert_image(at, 0, "bieu-do.png", options)
    return at + int.from_bytes(data[20:24], "big") * 96 // 200 // _ROW + 2
