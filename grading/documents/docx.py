"""The same document as a .docx that an office can go on working with."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from grading.documents.administrative import Basis, Heading, Table, nfc, punctuated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grading.documents.administrative import Block, Document, Signer

FACE = "Times New Roman"
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_HIGH, _LOW = 2.6, 1.4  # cm to sign in
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TALL, _WIDE = 16.5, 25.2  # cm between the margins of a page upright, and across


def rendered(document: Document, now: datetime) -> bytes:
    """Lay out the document as Office Open XML with named styles."""
    file = docx.Document()
    _page(file.sections[0], document)
    width = _WIDE if document.wide else _TALL
    _styles(file)
    _head(file, document, width)
    _thin(file.add_paragraph())
    _centred(file, document.kind, size=14)
    if document.subject:
        _centred(file, document.subject, size=14)
        _centred(file, "_" * 15, bold=False)
    for block in document.blocks:
        _block(file, block, width)
    _hold(file)
    _foot(file, document, width)
    _thin(file.add_paragraph())  # an office adds a line of full height by itself
    if document.annex:
        width = _annex(file, document)
    for block in document.annex:
        _block(file, block, width)
    told = file.core_properties
    told.title, told.author = (
        nfc(": ".join(filter(None, (document.kind, document.subject)))),
        nfc(document.issuer),
    )
    told.created = told.modified = now.replace(tzinfo=None)
    told.language, told.comments = "vi-VN", ""
    return packed(file)


def packed(document: Any) -> bytes:
    """The file with a fixed date on its parts: the same document gives the same bytes."""
    made, target = io.BytesIO(), io.BytesIO()
    document.save(made)
    with (
        zipfile.ZipFile(made) as parts,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in parts.namelist():
            out.writestr(zipfile.ZipInfo(name, _EPOCH), parts.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _page(section: Any, document: Document) -> None:
    """A4, margins, and the number in the middle of the top margin from the second page on."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(25), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(12)
    if document.wide:
        _turn(section)
    section.different_first_page_header_footer = True
    notice = "DỮ LIỆU MÔ PHỎNG" if document.is_demo else ""
    first = section.first_page_header.paragraphs[0]
    first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    first.add_run(notice).bold = True
    later = section.header.paragraphs[0]
    later.alignment = _CENTRE
    _page_number(later)
    later.add_run(f"   {notice}" if notice else "").bold = True


def _annex(file: Any, document: Document) -> float:
    """Begin the annex on a page of its own, with a number; how many centimetres wide it is."""
    if document.wide or not document.wide_annex:
        file.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        return _WIDE if document.wide else _TALL
    section = file.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    _turn(section)
    return _WIDE


def _turn(section: Any) -> None:
    """Lay a page across, as Nghị định 30/2020/NĐ-CP (Phụ lục I) lets tables lie."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001 - fields have no other way in
    for run in paragraph.runs:
        run.font.size = Pt(13)


def _styles(file: Any) -> None:
    """Every style that is used in one face, black, 13 pt; headings as the decree sets them."""
    for name in ("Normal", "Heading 1", "Header"):
        style = file.styles[name]
        style.font.name, style.font.size = FACE, Pt(13)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FACE)
    normal = file.styles["Normal"].paragraph_format
    normal.space_before, normal.space_after, normal.line_spacing = Pt(0), Pt(6), 1.15
    heading = file.styles["Heading 1"]
    heading.font.bold = True
    heading.paragraph_format.alignment = _CENTRE
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(6)


def _head(file: Any, document: Document, width: float) -> None:
    """Issuer and number on the left; quốc hiệu, tiêu ngữ, place and day on the right."""
    left, right = _columns(file, (7.0, width - 7.0))
    _line(left, document.issuer_parent.upper(), 12)
    _line(left, document.issuer.upper(), 12, bold=True)
    _line(left, "_" * 8, 12)
    _line(left, f"Số: {document.symbol}", 13)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    _line(right, "_" * 20, 12)
    _line(right, document.place_and_day, 13, italic=True)


def _columns(file: Any, widths: Sequence[float]) -> list[Any]:
    """The cells of a row without lines, of so many centimetres each."""
    table = file.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _widen(table, widths)
    return list(table.rows[0].cells)


def _widen(table: Any, widths: Sequence[float]) -> None:
    """Columns of so many centimetres: offices differ in which of the two they go by."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _line(
    cell: Any,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    alignment: Any = _CENTRE,
) -> None:
    paragraph = cell.paragraphs[-1]
    if paragraph.text:
        paragraph = cell.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(nfc(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _centred(file: Any, text: str, *, size: float = 13, bold: bool = True) -> None:
    paragraph = file.add_paragraph()
    paragraph.alignment = _CENTRE
    run = paragraph.add_run(nfc(text))
    run.bold, run.font.size = bold, Pt(size)


def _block(file: Any, block: Block, width: float) -> None:
    if isinstance(block, Table):
        _table(file, block, width)
    elif isinstance(block, Heading):
        file.add_paragraph(nfc(block.text), style="Heading 1")
    else:
        paragraph = file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        if block.lead:
            paragraph.add_run(f"{nfc(block.lead)} ").bold = True
        paragraph.add_run(nfc(block.text)).italic = isinstance(block, Basis)


def _table(file: Any, block: Table, width: float) -> None:
    table = file.add_table(rows=0, cols=len(block.headings), style="Table Grid")
    table.autofit = False
    for number, row in enumerate((block.headings, *block.rows)):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            alignment = _CENTRE if not number else WD_ALIGN_PARAGRAPH.LEFT
            _line(cell, text, 11, bold=not number, alignment=alignment)
    _widen(table, [width * one / sum(block.widths) for one in block.widths])
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - the heading on each page
    properties.append(OxmlElement("w:tblHeader"))
    _thin(file.add_paragraph())


def _thin(paragraph: Any) -> None:
    """A paragraph that takes no more room than a space between two tables."""
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), Pt(6)


def _hold(file: Any) -> None:
    """Keep what stands last on the page of the signature, so that none is signed alone."""
    last = [paragraph for paragraph in file.paragraphs[-1:] if paragraph.text]
    if file.tables and not last:
        rows = file.tables[-1].rows[-3:]
        last = [*file.paragraphs[-1:], *(p for r in rows for c in r.cells for p in c.paragraphs)]
    for paragraph in last:
        paragraph.paragraph_format.keep_with_next = True


def _foot(file: Any, document: Document, width: float) -> None:
    """Recipients beside the signer, or two signers side by side."""
    half = (width / 2, width / 2)
    if not document.recipients:
        for cell, signer in zip(_columns(file, half), document.signers, strict=True):
            _sign(cell, signer, _LOW if document.wide else _HIGH)
        return
    left, right = _columns(file, half)
    aligned = WD_ALIGN_PARAGRAPH.LEFT
    _line(left, "Nơi nhận:", 12, bold=True, italic=True, alignment=aligned)
    for name in punctuated(document.recipients):
        _line(left, name, 11, alignment=aligned)
    _sign(right, document.signers[0], _HIGH)


def _sign(cell: Any, signer: Signer, room: float) -> None:
    for line in signer.lines:
        _line(cell, line, 13, bold=True)
    cell.paragraphs[-1].paragraph_format.space_after = Cm(room)
    _line(cell, signer.name, 13, bold=True)
    for paragraph in cell.paragraphs:  # what an office adds behind it has no page to itself
        paragraph.paragraph_format.keep_with_next = True
