"""PDF and workbook: layout, the same figures in both, hostile names, nothing personal."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from pypdf import PdfReader

from courses.foundation.errors import DecisionError
from grading.reports import tables
from grading.reports.charts import funnel_chart, heatmap_chart, histogram_chart, rate_chart
from grading.reports.cohort import summarise
from grading.reports.pdf import render_cohort_pdf
from grading.reports.wording import percent
from grading.reports.workbook import write_cohort_xlsx

HOSTILE = ["=1+1", "+84 $x_1$ #panic()", "*đậm* _nghiêng_ <b> & [x] $", '@SUM("A1") \\ `mã`']


def words(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.fixture
def written(tmp_path, now):
    def write(data):
        write_cohort_xlsx(data, tmp_path / "bao-cao.xlsx", now)
        return openpyxl.load_workbook(tmp_path / "bao-cao.xlsx")

    return write


def test_the_report_is_a4_with_the_parts_the_decree_asks_for(cohort, now):
    pdf = render_cohort_pdf(cohort, now)
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    text = words(pdf)
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BỘ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: 01/BC-CĐSQG",
        "Hà Nội, ngày 05 tháng 02 năm 2026",
        "BÁO CÁO",
        "Nơi nhận:",
        "- Lưu: VT, ĐT.",
        "KT. CỤC TRƯỞNG",
        "PHÓ CỤC TRƯỞNG",
        "Phụ lục",
        "cio-2026-01",
    ):
        assert part in text


def test_the_first_page_has_no_number_and_the_second_has(cohort, now):
    pages = PdfReader(io.BytesIO(render_cohort_pdf(cohort, now))).pages
    assert not pages[0].extract_text().strip().startswith("1")
    assert pages[1].extract_text().strip().startswith("2")


@pytest.mark.parametrize("demo", [True, False])
def test_simulated_data_is_said_on_every_page_and_only_then(cohort, demo, now):
    pdf = render_cohort_pdf(replace(cohort, is_demo=demo), now)
    for page in PdfReader(io.BytesIO(pdf)).pages:
        assert ("DỮ LIỆU MÔ PHỎNG" in page.extract_text()) == demo


def test_the_same_input_gives_the_same_bytes(cohort, now):
    assert render_cohort_pdf(cohort, now) == render_cohort_pdf(cohort, now)


def cells_of(report):
    made = [
        tables.status_table(report),
        tables.rate_table(report),
        tables.area_table(report),
        tables.distribution_table(report),
        tables.agency_table(report),
    ]
    return [row for table in made for row in table.rows]


def test_every_row_of_the_tables_is_in_the_pdf(large, now):
    text = words(render_cohort_pdf(large, now)).replace(" ", "")
    for row in cells_of(summarise(large)):
        assert re.sub(r"\s", "", "".join(map(str, row))) in text


def test_every_number_in_the_workbook_is_printed_in_the_pdf(large, written, now):
    text = words(render_cohort_pdf(large, now))
    for sheet in written(large):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "n" and cell.value is not None:
                shown = percent(cell.value) if cell.number_format == "0.0%" else str(cell.value)
                assert shown.replace("\N{NO-BREAK SPACE}", " ") in text


def test_the_workbook_withholds_what_the_pdf_withholds(cohort, written, everybody_passes, now):
    data = everybody_passes(cohort)
    book = written(data)
    values = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    shares = [
        cell
        for name in ("Tổng hợp", "Theo cơ quan")
        for row in book[name].iter_rows()
        for cell in row
        if cell.number_format == "0.0%"
    ]
    assert shares == []
    assert any("không công bố" in value for value in values)
    assert "100,0 %" not in words(render_cohort_pdf(data, now)).split("Phụ lục")[0]


def test_neither_document_names_a_person(cohort, written, now):
    ids = set(cohort.trainees["trainee_id"])
    text = words(render_cohort_pdf(cohort, now))
    assert not any(trainee in text for trainee in ids)
    values = {str(cell.value) for sheet in written(cohort) for row in sheet.rows for cell in row}
    assert not any(trainee in value for trainee in ids for value in values)


def test_names_with_markup_are_printed_as_they_are(written, build, now):
    data = build([(name, f"Loại {name}", 14) for name in HOSTILE], repeaters=0)
    text = words(render_cohort_pdf(data, now)).replace(" ", "")
    sheet = written(data)["Theo cơ quan"]
    values = {cell.value: cell.data_type for cell in sheet["A"]}
    for name in HOSTILE:
        assert name.replace(" ", "") in text
        assert values[name] == "s"


def test_sheets_are_set_up_to_be_printed(cohort, written):
    book = written(cohort)
    assert book.sheetnames == ["Tổng hợp", "Theo lĩnh vực", "Năng lực", "Theo cơ quan", "Ghi chú"]
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.freeze_panes == "B6"
        assert sheet["A3"].value == "DỮ LIỆU MÔ PHỎNG"
        assert {c.font.name for row in sheet.rows for c in row if c.value} == {"Times New Roman"}


def test_a_refused_table_leaves_the_earlier_workbook_untouched(cohort, tmp_path, now):
    path = tmp_path / "bao-cao.xlsx"
    path.write_bytes(b"ban cu")
    with pytest.raises(DecisionError):
        write_cohort_xlsx(replace(cohort, trainees=cohort.trainees.assign(status="?")), path, now)
    assert path.read_bytes() == b"ban cu"
    assert [file.name for file in tmp_path.iterdir()] == ["bao-cao.xlsx"]


@pytest.mark.parametrize("n", [1, 9])
def test_a_very_small_cohort_still_makes_both_documents(n, written, build, now):
    data = build([("Cơ quan giả định", "Sở", n)], repeaters=0)
    assert "chưa đủ số liệu" in words(render_cohort_pdf(data, now))
    assert written(data)["Tổng hợp"]["A1"].value == data.title


def test_charts_are_svg_without_letters_that_need_a_font(cohort):
    report = summarise(cohort)
    for svg in (
        histogram_chart(report.areas[0]),
        rate_chart(report.areas),
        heatmap_chart(report),
        funnel_chart(report.funnel),
    ):
        assert "<svg" in svg
        assert "<text" not in svg
