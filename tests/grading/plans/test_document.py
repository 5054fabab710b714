"""A plan as an administrative document: page, face and head of the decree, tables in the annex."""

import io
import random
from datetime import UTC, datetime

import docx
import pytest
from pypdf import PdfReader

from courses.plans.drafts import clean_plan
from courses.plans.families import the_families
from grading.documents.administrative import render_docx, render_pdf
from grading.plans.document import plan_document

NOW = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
PLAN = clean_plan(the_families()["tinh-sap-nhap"], random.Random(8))  # noqa: S311 - no secret


@pytest.fixture(scope="module")
def made():
    return plan_document(PLAN, parent="", place="Đông Lạng", is_demo=True)


def test_the_docx_has_the_page_the_face_and_the_head_of_the_decree(made):
    file = docx.Document(io.BytesIO(render_docx(made, NOW)))
    page = file.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert 30 <= round(page.left_margin.mm) <= 35
    assert 15 <= round(page.right_margin.mm) <= 20
    assert {20 <= round(one.mm) <= 25 for one in (page.top_margin, page.bottom_margin)} == {True}
    assert file.styles["Normal"].font.name == "Times New Roman"
    head = [cell.text for cell in file.tables[0].rows[0].cells]
    assert PLAN.frame.unit.upper() in head[0]
    assert "Số: …/KH-" in head[0]
    assert "Độc lập - Tự do - Hạnh phúc" in head[1]
    assert page.different_first_page_header_footer


def test_every_row_of_the_plan_stands_in_the_annex_with_its_sums(made):
    file = docx.Document(io.BytesIO(render_docx(made, NOW)))
    rows = [[cell.text for cell in row.cells] for table in file.tables for row in table.rows]
    firsts = {row[0] for row in rows}
    lines = (PLAN.past, PLAN.goals, PLAN.contents, PLAN.projects, PLAN.benefits)
    assert {line.code for part in lines for line in part} <= firsts
    totals = [row[-1] for row in rows if row[0] == "Tổng"]
    assert totals == [str(PLAN.totals.whole)] * 3


def test_numbers_in_the_annex_are_grouped_as_officials_write_them(made):
    benefit = PLAN.benefits[0]
    (row,) = (r for r in made.annex[-1].rows if r[0] == benefit.code)
    assert row[2] == f"{benefit.volume // 1000}.000 {benefit.what}"


def test_the_pdf_says_the_bases_and_what_was_turned_down(made):
    pages = PdfReader(io.BytesIO(render_pdf(made, NOW))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert text.count("Căn cứ ") == len(PLAN.bases)
    assert all(refusal.proposal in text for refusal in PLAN.refusals)
    assert "DỮ LIỆU MÔ PHỎNG" in text


def test_the_annex_lies_across_the_page_in_both_kinds_of_file(made):
    upright, annex = docx.Document(io.BytesIO(render_docx(made, NOW))).sections
    assert upright.page_width < upright.page_height
    assert annex.page_width > annex.page_height
    pages = [page.mediabox for page in PdfReader(io.BytesIO(render_pdf(made, NOW))).pages]
    across = [box.width > box.height for box in pages]
    assert across == sorted(across)
    assert True in across
    assert not across[0]
