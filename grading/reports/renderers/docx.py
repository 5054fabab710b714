"""A report as a Word document laid out after Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.section import WD_SECTION_START
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from grading.documents.docx import packed
from grading.reports.charts import picture
from grading.reports.model import Chart, Paragraph, Subheading, Table
from grading.reports.renderers.pdf import annex_note
from grading.reports.wording import place_and_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from grading.reports.model import Block, Report

FACE = "Times New Roman"
DEMO = "DỮ LIỆU MÔ PHỎNG"
_CENTRE, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_LAST_WORDS = 1  # paragraph that stays with the signature
_TEXT = 16.5  # cm between the margins


def render_docx(report: Report, now: datetime) -> bytes:
    """The document; headings, table heads, language and alternative texts are set."""
    document = Document()
    _set_up(document, report, now)
    _letterhead(document, report)
    _centred(document, report.name, 14, bold=True, style="Heading 1")
    _centred(document, report.subject, 14, bold=True)
    for section in report.sections:
        if section.heading:
            heading = document.add_paragraph(section.heading, style="Heading 2")
            heading.paragraph_format.page_break_before = section.new_page
        _blocks(document, section.blocks)
    for paragraph in document.paragraphs[-_LAST_WORDS:]:
        paragraph.paragraph_format.keep_with_next = True
    _signature(document, report)
    _annex(document, report)
    return packed(document)


def _set_up(document: Any, report: Report, now: datetime) -> None:
    said = document.core_properties
    said.title, said.author, said.language = report.title, report.letterhead.issuer, "vi-VN"
    said.comments, said.last_modified_by = "", report.letterhead.issuer
    said.created = said.modified = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    normal = document.styles["Normal"]
    _face(normal, 13)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    for level, size in ((1, 14), (2, 13), (3, 13)):
        style = document.styles[f"Heading {level}"]
        _face(style, size, bold=True)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(6)
    _page(document.sections[0], report)


def _face(style: Any, size: float, *, bold: bool | None = None) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FACE, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{script}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FACE)


def _page(section: Any, report: Report) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    first, others = section.first_page_header, section.header
    first.is_linked_to_previous = others.is_linked_to_previous = False
    number = others.paragraphs[0]
    number.alignment = _CENTRE
    _number(number)
    for header in (first, others):
        if report.letterhead.is_demo:
            mark = header.paragraphs[0] if header is first else header.add_paragraph()
            mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _run(mark, DEMO, 11, bold=True)


def _number(paragraph: Any) -> None:
    """The page's number: a field, for which the library has no interface."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(_run(paragraph, "2", 13)._r)  # noqa: SLF001
    paragraph._p.append(field)  # noqa: SLF001


def _run(
    paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic
    return run


def _centred(
    place: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, style: str = ""
) -> Any:
    paragraph = place.add_paragraph(style=style or None)
    paragraph.alignment = _CENTRE
    _run(paragraph, text, size, bold=bold, italic=italic)
    return paragraph


def _letterhead(document: Any, report: Report) -> None:
    head = report.letterhead
    issuer, nation = _bare(document, (7.1, _TEXT - 7.1))
    _centred(issuer, head.issuer_parent.upper(), 12)
    _ruled(_centred(issuer, head.issuer.upper(), 12, bold=True))
    if head.symbol:
        _centred(issuer, f"Số: {head.symbol}", 13)
    _centred(nation, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    _ruled(_centred(nation, "Độc lập - Tự do - Hạnh phúc", 13, bold=True))
    _centred(nation, place_and_date(head.place, head.day), 13, italic=True)
    _gap(document)


def _bare(document: Any, widths: Iterable[float]) -> tuple[Any, ...]:
    """Cells side by side without lines: a frame, not a table of figures."""
    sizes = tuple(widths)
    table = document.add_table(rows=1, cols=len(sizes))
    _sized(table, sizes)
    _mark(table.rows[0], "w:cantSplit")
    for cell in table.rows[0].cells:
        cell._tc.remove(cell.paragraphs[0]._p)  # noqa: SLF001 - a cell begins with an empty one
    return tuple(table.rows[0].cells)


def _ruled(paragraph: Any) -> None:
    """A line beneath, no wider than the middle of the column."""
    paragraph.paragraph_format.space_after = Pt(6)
    for run in paragraph.runs:
        run.font.underline = True


def _gap(document: Any, *, together: bool = False) -> None:
    document.add_paragraph().paragraph_format.keep_with_next = together


def _blocks(document: Any, blocks: Iterable[Block]) -> None:
    for block in blocks:
        match block:
            case Paragraph():
                _paragraph(document, block)
            case Subheading():
                document.add_paragraph(block.text, style="Heading 3")
            case Table():
                _table(document, block)
            case Chart():
                _table(document, block.table)
                _chart(document, block)


def _paragraph(document: Any, block: Paragraph) -> None:
    text = f"- {block.text}" if block.kind == "item" else block.text
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_before, form.space_after = Cm(1.27), Pt(0), Pt(6)


def _table(document: Any, table: Table) -> None:
    title = _centred(document, table.title, 12, bold=True)
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(6)
    drawn = document.add_table(rows=1, cols=len(table.headings), style="Table Grid")
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, heading in zip(drawn.rows[0].cells, table.headings, strict=True):
        _fill(cell, heading, _CENTRE, bold=True)
    _mark(drawn.rows[0], "w:tblHeader")
    for row in table.rows:
        cells = drawn.add_row().cells
        for at, (cell, value) in enumerate(zip(cells, row, strict=True)):
            _fill(cell, str(value), _LEFT if at in table.worded else _CENTRE)
            _tint(cell, table.depth(value))
    _sized(drawn, table.widths or [1.0] * len(table.headings))
    for row in drawn.rows:
        _mark(row, "w:cantSplit")
    for note in table.notes:
        said = document.add_paragraph()
        said.paragraph_format.space_before = said.paragraph_format.space_after = Pt(3)
        _run(said, f"Ghi chú: {note}", 11, italic=True)
    if not table.notes:
        _gap(document)


def _sized(drawn: Any, shares: Iterable[float]) -> None:
    """Give columns their shares of the width of the text."""
    told = tuple(shares)
    drawn.autofit = False
    _margins(drawn)
    for column, share in zip(drawn.columns, told, strict=True):
        column.width = Cm(_TEXT * share / sum(told))
        for cell in column.cells:
            cell.width = column.width


def _margins(drawn: Any) -> None:
    """A millimetre at either side of a cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    drawn._tbl.tblPr.append(margins)  # noqa: SLF001 - the library sets no margins of cells


def _fill(cell: Any, text: str, alignment: Any, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = alignment
    _run(paragraph, text, 11, bold=bold)


def _tint(cell: Any, depth: float | None) -> None:
    if depth:
        grey = f"{round(255 * (1 - depth * 0.28)):02X}" * 3
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), grey)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - shading has no interface


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - nor has this


def _chart(document: Any, chart: Chart) -> None:
    place = _centred(document, "", 12)
    place.paragraph_format.keep_with_next = True
    shape = place.add_run().add_picture(io.BytesIO(picture(chart.plot, "png")), width=Cm(16))
    said = shape._inline.docPr  # noqa: SLF001 - alternative text has no interface
    said.set("descr", f"{chart.text} Số liệu có trong bảng ngay trước hình.")
    said.set("title", chart.title)
    _centred(document, chart.title, 12, italic=True).paragraph_format.space_after = Pt(6)


def _signature(document: Any, report: Report) -> None:
    head = report.letterhead
    _gap(document, together=True)
    sent, signer = _bare(document, (_TEXT / 2, _TEXT / 2))
    _run(sent.add_paragraph(), "Nơi nhận:", 12, bold=True, italic=True)
    for line in head.recipient_lines:
        _run(sent.add_paragraph(), line, 11)
    for line in head.signer_lines:
        _centred(signer, line, 13, bold=True)
    room = signer.add_paragraph()
    room.paragraph_format.space_after = Cm(2)
    _centred(signer, head.signer_name, 13, bold=True)


def _annex(document: Any, report: Report) -> None:
    if not report.annex:
        return
    section = document.add_section(WD_SECTION_START.NEW_PAGE)
    _page(section, report)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)  # noqa: SLF001 - nor has the number of a first page
    _centred(document, "Phụ lục", 14, bold=True, style="Heading 1")
    _centred(document, report.annex_title, 13, bold=True)
    _centred(document, f"({annex_note(report)})", 13, italic=True)
    for number, entry in enumerate(report.annex, start=1):
        document.add_paragraph(f"{number}. {entry.heading}", style="Heading 2")
        _blocks(document, entry.blocks)
