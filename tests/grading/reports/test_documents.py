"""The cohort report in four formats: the same figures, hostile names, nothing personal."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from grading.reports.charts import picture
from grading.reports.cohort_report import cohort_report
from grading.reports.model import Chart, Number, Percent, Table
from grading.reports.renderers import FORMATS, render
from grading.reports.renderers.xlsx import number_format
from grading.reports.wording import percent, unbroken

HOSTILE = ["=1+1", "+84 $x_1$ #panic()", "*đậm* _nghiêng_ <b> & [x] $", '@SUM("A1") \\ `mã`']
SPACES = re.compile(r"\s+")


def pdf_words(content):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return SPACES.sub(" ", " ".join(pages))


def docx_words(content):
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return SPACES.sub(" ", " ".join([p.text for p in document.paragraphs] + cells))


def html_words(content):
    text = re.sub(r"<style>.*?</style>", " ", content.decode(), flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text)
    for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'")):
        text = text.replace(mark, letter)
    return SPACES.sub(" ", text.replace("&amp;", "&"))


def cells_of(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def shown(cell):
    """A cell as a program shows it under Vietnamese settings."""
    if cell.data_type != "n":
        return str(cell.value)
    text = str(cell.value) if cell.number_format == "0" else percent(cell.value)
    quoted = re.search(r'"([^"]*)"', cell.number_format)
    return text + (quoted[1] if quoted else "")


def xlsx_words(content):
    return SPACES.sub(" ", " ".join(shown(c) for c in cells_of(content) if c.value is not None))


WORDS = {"pdf": pdf_words, "docx": docx_words, "xlsx": xlsx_words, "html": html_words}


@pytest.fixture(scope="module")
def made():
    """Reports already rendered, by report, format and time: rendering is not free."""
    kept = {}

    def words(report, form, now):
        key = repr(report), form
        if key not in kept:
            kept[key] = render(report, form, now)
        return kept[key]

    return words


@pytest.fixture
def said(made, now):
    def words(data, form):
        return WORDS[form](made(cohort_report(data), form, now))

    return words


@pytest.mark.parametrize("form", FORMATS)
def test_the_parts_the_decree_asks_for_are_there(cohort, said, form):
    text = said(cohort, form).casefold()
    parts = ["Kết quả đánh giá năng lực Giám đốc Công nghệ thông tin đợt 1 năm 2026", "BÁO CÁO"]
    parts += ["Hà Nội, ngày 05 tháng 02 năm 2026", "cio-2026-01"]
    if form != "xlsx":
        parts += ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
        parts += ["BỘ KHOA HỌC VÀ CÔNG NGHỆ", "Số: 01/BC-CĐSQG", "Nơi nhận:", "- Lưu: VT, ĐT."]
        parts += ["KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG", "Phụ lục", "ngày 05 tháng 02 năm 2026 của"]
    for part in parts:
        assert part.casefold() in text, part


@pytest.mark.parametrize("form", FORMATS)
def test_every_row_of_every_table_is_in_every_format(large, said, form):
    text = said(large, form).replace(" ", "")
    for table in cohort_report(large).tables:
        for row in table.rows:
            assert SPACES.sub("", "".join(map(str, row))) in text, (table.title, row)


@pytest.mark.parametrize("form", FORMATS)
def test_every_sentence_is_in_every_format(cohort, said, form):
    text = SPACES.sub("", said(cohort, form))
    for block in cohort_report(cohort).blocks:
        if not isinstance(block, Table | Chart):
            assert form == "xlsx" or SPACES.sub("", block.text) in text


@pytest.mark.parametrize("form", FORMATS)
def test_a_withheld_figure_is_in_no_format(cohort, said, everybody_passes, form):
    text = said(everybody_passes(cohort), form)
    assert "không công bố" in text
    assert "100,0 %" not in text.split("Phụ lục")[0].split("Chính sách xét kết quả")[0]


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_names_a_person(cohort, said, form):
    text = said(cohort, form)
    assert not any(trainee in text for trainee in cohort.trainees["trainee_id"])


@pytest.mark.parametrize("form", FORMATS)
def test_names_with_markup_are_printed_as_they_are(build, said, form):
    data = build([(name, f"Loại {name}", 14) for name in HOSTILE], repeaters=0)
    text = said(data, form).replace(" ", "")
    for name in HOSTILE:
        assert name.replace(" ", "") in text


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_gives_the_same_bytes(cohort, made, form, now):
    report = cohort_report(cohort)
    assert render(report, form, now) == made(report, form, now)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("demo", [True, False])
def test_simulated_data_is_said_and_only_then(cohort, said, form, demo):
    data = replace(cohort, letterhead=replace(cohort.letterhead, is_demo=demo))
    # In a Word document the mark is in the heads of pages, which are no paragraphs.
    mark = "dữ liệu mô phỏng" if form == "docx" else "DỮ LIỆU MÔ PHỎNG"
    assert (mark in said(data, form)) == demo


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("n", [1, 9])
def test_a_very_small_cohort_still_makes_a_report(build, said, form, n):
    data = build([("Cơ quan giả định", "Sở", n)], repeaters=0)
    assert "chưa đủ số liệu" in said(data, form)


def test_every_page_of_simulated_data_says_so_and_the_second_has_a_number(cohort, made, now):
    pages = PdfReader(io.BytesIO(made(cohort_report(cohort), "pdf", now))).pages
    assert all("DỮ LIỆU MÔ PHỎNG" in page.extract_text() for page in pages)
    assert not pages[0].extract_text().strip().startswith("1")
    assert pages[1].extract_text().strip().startswith("2")
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)


def test_numbers_in_the_workbook_are_numbers_and_formulas_are_none(large, made, now):
    report = cohort_report(large)
    cells = cells_of(made(report, "xlsx", now))
    kept = [(c.value, c.number_format) for c in cells if c.data_type == "n" and c.value is not None]
    asked = [
        (value if isinstance(value, int) else value.value, number_format(value))
        for table in report.tables
        for row in table.rows
        for value in row
        if isinstance(value, int | Percent | Number)
    ]
    assert sorted(kept, key=str) == sorted(asked, key=str)
    assert {cell.data_type for cell in cells} <= {"n", "s"}


def test_sheets_are_set_up_to_be_printed(cohort, made, now):
    book = openpyxl.load_workbook(io.BytesIO(made(cohort_report(cohort), "xlsx", now)))
    assert book.sheetnames == ["Nội dung", "Kết quả chung", "Theo lĩnh vực", "Năng lực",
                               "Theo cơ quan"]  # fmt: skip
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet["A3"].value == "DỮ LIỆU MÔ PHỎNG"
        assert {c.font.name for row in sheet.rows for c in row if c.value} == {"Times New Roman"}


def test_charts_are_drawn_without_letters_that_need_a_font(cohort):
    charts = [block for block in cohort_report(cohort).blocks if isinstance(block, Chart)]
    assert len(charts) == 6
    for chart in charts:
        svg = picture(chart.plot, "svg").decode()
        assert "<svg" in svg
        assert "<text" not in svg


def test_every_chart_has_its_table_and_says_in_words_what_it_shows(cohort, large):
    for data in (cohort, large):
        for block in cohort_report(data).blocks:
            if isinstance(block, Chart):
                assert block.table.rows
                assert len(block.text) > 40


def test_no_line_breaks_between_a_number_and_its_sign(cohort, large):
    for data in (cohort, large):
        report = cohort_report(data)
        texts = [b.text for b in report.blocks if not isinstance(b, Table | Chart)]
        texts += [t for table in report.tables for t in (*table.headings, *table.notes)]
        texts += [str(v) for table in report.tables for row in table.rows for v in row]
        for text in texts:
            assert not re.search(r"\d %|\bn [=<≥]|= [\d…]|± \d", text), text
            assert unbroken(text) == text


def test_the_word_document_is_laid_out_as_the_decree_says(cohort, made, now):
    document = docx.Document(io.BytesIO(made(cohort_report(cohort), "docx", now)))
    for section in document.sections:
        page = (section.page_width.mm, section.page_height.mm)
        assert [round(side) for side in page] == [210, 297]
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20
        assert section.different_first_page_header_footer
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 13)
    sizes = {
        paragraph.text: [run.font.size.pt if run.font.size else 13 for run in paragraph.runs]
        for paragraph in paragraphs(document)
    }
    assert sizes["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] == [12]
    assert sizes["Độc lập - Tự do - Hạnh phúc"] == [13]
    assert sizes["BÁO CÁO"] == [14]
    assert sizes["Nơi nhận:"] == [12]
    assert sizes["- Lưu: VT, ĐT."] == [11]
    body = next(p for p in document.paragraphs if p.text.startswith("Thực hiện mục"))
    assert 10 <= body.paragraph_format.first_line_indent.mm <= 12.8
    assert body.paragraph_format.space_after.pt >= 6


def paragraphs(document):
    yield from document.paragraphs
    for table in document.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            yield from cell.paragraphs


def test_the_word_document_can_be_read_out(cohort, made, now):
    content = made(cohort_report(cohort), "docx", now)
    document = docx.Document(io.BytesIO(content))
    assert document.core_properties.title.startswith("Báo cáo: ")
    assert document.core_properties.language == "vi-VN"
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    tables = cohort_report(cohort).tables
    assert xml.count("<w:tblHeader") == len(tables)
    assert len(re.findall(r'<wp:docPr [^>]*descr="[^"]{40,}', xml)) == 6
    levels = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels[:2] == ["Heading 1", "Heading 2"]
    fonts = set(re.findall(r'w:ascii="([^"]*)"', xml))
    assert fonts <= {"Times New Roman"}
