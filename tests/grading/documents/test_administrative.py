"""One model of an administrative document, as PDF and as .docx after Nghị định 30/2020/NĐ-CP."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from pypdf import PdfReader

from grading.documents.administrative import (
    Basis,
    Document,
    Heading,
    Signer,
    Table,
    Text,
    render_docx,
    render_pdf,
    signature_lines,
    unprintable,
)

NOW = datetime(2026, 2, 5, 2, 0, tzinfo=UTC)
NAMES = tuple((str(n), f"CIO26-{n:03}", f"Nguyễn Thị Hương {n}") for n in range(1, 60))
DECISION = Document(
    issuer_parent="Bộ Khoa học và Công nghệ",
    issuer="Cục Chuyển đổi số quốc gia",
    symbol="…/QĐ-CĐSQG",
    place="Hà Nội",
    day=date(2026, 2, 5),
    kind="QUYẾT ĐỊNH",
    subject="Công nhận kết quả kỳ sát hạch tháng 2 năm 2026",
    blocks=(
        Basis("Căn cứ Nghị quyết số 1 (giả định);"),
        Heading("QUYẾT ĐỊNH:"),
        Text("Công nhận kết quả của 59 người.", lead="Điều 1."),
    ),
    signers=(Signer(("KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"), "Nguyễn Văn Mẫu"),),
    recipients=("Lãnh đạo Cục", "Lưu: VT, ĐT"),
    annex=(
        Heading("DANH SÁCH"),
        Table(("STT", "Số báo danh", "Họ và tên"), NAMES, (1, 2, 4)),
    ),
    is_demo=True,
)
MINUTES = replace(
    DECISION,
    kind="BIÊN BẢN",
    signers=(Signer(("THƯ KÝ",), ""), Signer(("CHỦ TRÌ",), "")),
    recipients=(),
)


def words(pdf):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return re.sub(r"\s+", "", "".join(pages))


def said(file):
    """All the text of a .docx, in order of paragraphs and tables."""
    return "".join(node.text or "" for node in file.element.body.iter(qn("w:t")))


@pytest.fixture(scope="module")
def office():
    return docx.Document(io.BytesIO(render_docx(DECISION, NOW)))


def test_pdf_and_docx_say_the_same(office):
    pdf = words(render_pdf(DECISION, NOW))
    for text in (
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        *("BỘ KHOA HỌC VÀ CÔNG NGHỆ", "Số: …/QĐ-CĐSQG", "Hà Nội, ngày 05 tháng 02 năm 2026"),
        *("QUYẾT ĐỊNH", "Điều 1. Công nhận", "KT. CỤC TRƯỞNG", "Nguyễn Văn Mẫu"),
        *("Nơi nhận:", "- Lãnh đạo Cục;", "- Lưu: VT, ĐT."),
        *(cell for row in NAMES for cell in row),
    ):
        assert re.sub(r"\s+", "", text) in pdf
        assert re.sub(r"\s+", "", text) in re.sub(r"\s+", "", said(office))


def test_the_docx_is_a4_with_the_margins_of_the_decree(office):
    [section] = office.sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert 20 <= section.top_margin.mm <= 25.1
    assert 19.9 <= section.bottom_margin.mm <= 25.1
    assert 29.9 <= section.left_margin.mm <= 35.1
    assert 14.9 <= section.right_margin.mm <= 20.1


def test_the_docx_is_set_in_times_new_roman_13_to_14_with_spacing_in_styles(office):
    normal = office.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(13))
    assert normal.paragraph_format.space_after >= Pt(6)
    assert 1 <= normal.paragraph_format.line_spacing <= 1.5
    fonts = normal.element.rPr.rFonts.attrib
    assert {fonts[qn(f"w:{script}")] for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    assert {style.name for style in (p.style for p in office.paragraphs)} == {
        "Normal",
        "Heading 1",
    }
    article = next(p for p in office.paragraphs if p.text.startswith("Điều 1."))
    assert (article.runs[0].bold, article.runs[1].bold) == (True, None)
    assert 1.0 <= article.paragraph_format.first_line_indent.cm <= 1.28
    basis = next(p for p in office.paragraphs if p.text.startswith("Căn cứ"))
    assert basis.runs[0].italic


def test_the_docx_has_a_page_number_in_the_head_from_the_second_page_on(office):
    [section] = office.sections
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_header._element.xml  # noqa: SLF001 - fields are XML
    assert "PAGE" in section.header._element.xml  # noqa: SLF001
    for header in (section.first_page_header, section.header):
        assert "DỮ LIỆU MÔ PHỎNG" in header.paragraphs[0].text


def test_the_heading_of_a_long_table_stands_on_each_page(office):
    rows = office.tables[-1].rows
    assert len(rows) == len(NAMES) + 1
    assert "w:tblHeader" in rows[0]._tr.xml  # noqa: SLF001 - python-docx has no name for it
    assert "w:tblHeader" not in rows[1]._tr.xml  # noqa: SLF001


def test_minutes_bear_two_signatures_side_by_side():
    file = docx.Document(io.BytesIO(render_docx(MINUTES, NOW)))
    assert "Nơi nhận" not in said(file)
    signatures = next(t for t in file.tables if "THƯ KÝ" in t.rows[0].cells[0].text)
    assert [cell.text.split()[0] for cell in signatures.rows[0].cells] == ["THƯ", "CHỦ"]
    assert "THƯKÝ" in words(render_pdf(MINUTES, NOW))


def test_the_same_document_gives_the_same_bytes():
    assert render_pdf(DECISION, NOW) == render_pdf(DECISION, NOW)
    assert render_docx(DECISION, NOW) == render_docx(DECISION, NOW)


def test_real_data_bear_no_notice():
    real = replace(DECISION, is_demo=False)
    assert "MÔPHỎNG" not in words(render_pdf(real, NOW))
    section = docx.Document(io.BytesIO(render_docx(real, NOW))).sections[0]
    assert "MÔ PHỎNG" not in section.header._element.xml  # noqa: SLF001


def test_text_with_markup_is_printed_as_it_is():
    hostile = "=1+1 #panic() $x$ *đậm* <b> & \\ `mã`"
    document = replace(DECISION, blocks=(Text(hostile),))
    plain = re.sub(r"\s+", "", hostile)
    assert plain in words(render_pdf(document, NOW))
    file = docx.Document(io.BytesIO(render_docx(document, NOW)))
    assert plain in re.sub(r"\s+", "", said(file))


def test_letters_without_a_glyph_are_told_beforehand():
    assert unprintable("Nguyễn Thị Hồng Ường – “Đặng”") == ""
    assert unprintable("Nguyễn 漢 Ｋhoa 漢") == "漢Ｋ"


@pytest.mark.parametrize(
    ("prefix", "lines"),
    [
        ("TM.", ("TM. CỤC TRƯỞNG",)),
        ("KT. CỤC TRƯỞNG", ("KT. CỤC TRƯỞNG", "CỤC TRƯỞNG")),
        ("", ("CỤC TRƯỞNG",)),
    ],
)
def test_the_prefix_stands_above_the_title_or_on_its_line(prefix, lines):
    assert signature_lines(prefix, "Cục trưởng") == lines


@pytest.mark.skipif(shutil.which("soffice") is None, reason="không có LibreOffice để mở .docx")
def test_libreoffice_opens_the_docx_and_prints_all_of_it(tmp_path):
    path = tmp_path / "quyet-dinh.docx"
    path.write_bytes(render_docx(DECISION, NOW))
    home = f"-env:UserInstallation=file://{tmp_path}/lo"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
        timeout=300,
    )
    printed = path.with_suffix(".pdf").read_bytes()
    box = PdfReader(io.BytesIO(printed)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    text = words(printed)
    assert "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM" in text
    assert all(re.sub(r"\s", "", name) in text for _, _, name in NAMES)
