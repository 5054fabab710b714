"""A plan written to Excel and read back is the same plan, and what is wrong in a cell is named."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.foundation.errors import CioError, ContentError
from courses.plans.checks import check_plan
from courses.plans.drafts import clean_plan
from courses.plans.families import the_families
from courses.plans.faults import FAULTS, plant
from grading.plans.workbook import read_workbook, write_workbook

NOW = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
FAMILIES = st.sampled_from(list(the_families().values()))


def chance(seed):
    return random.Random(seed)  # noqa: S311 - reproducible plans, no secret


@pytest.fixture
def plan():
    return clean_plan(the_families()["tinh-mien-nui"], chance(4))


@pytest.fixture
def written(tmp_path, plan):
    path = tmp_path / "ke-hoach.xlsx"
    path.write_bytes(write_workbook(plan, NOW))
    return path


def change(path, sheet, cell, value):
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


@settings(max_examples=15)
@given(FAMILIES, st.integers(0, 999), st.sampled_from(sorted(FAULTS)))
def test_a_plan_comes_back_from_its_workbook_with_its_faults(tmp_path_factory, family, seed, kind):
    plan, _ = plant(clean_plan(family, chance(seed)), [kind], chance(seed))
    path = tmp_path_factory.mktemp("ke-hoach") / "ke-hoach.xlsx"
    path.write_bytes(write_workbook(plan, NOW))
    assert read_workbook(path) == plan
    assert check_plan(read_workbook(path)) == check_plan(plan)


def test_a_project_changed_in_excel_is_found_by_its_row(written, plan):
    code = plan.projects[0].code
    change(written, "VIII", "F2", plan.projects[0].cost + 7)
    assert [(f.section, f.row, f.code) for f in check_plan(read_workbook(written))] == [
        ("VIII", code, "COST")
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "row", "column"),
    [
        ("VIII", "F3", "mười tỷ", 3, "F"),
        ("VII", "C2", "=1+1", 2, "C"),
        ("III và VI", "J2", "50 %", 2, "J"),
        ("III và VI", "L1", "năm sau", 1, "L"),
        ("Khung", "C5", "sang năm", 5, "C"),
        ("IV", "F4", "chắc thế", 4, "F"),
        ("VIII", "B1", "Tên gọi", 1, "B"),
        ("VII cộng", "A3", "Quý", 3, "A"),
        ("VII cộng", "C3", -4, 3, "C"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_sheet_row_and_column(
    written, sheet, cell, value, row, column
):
    change(written, sheet, cell, value)
    with pytest.raises(ContentError) as caught:
        read_workbook(written)
    error = caught.value
    assert (error.key, error.row, error.column) == (sheet, row, column)


def test_a_sheet_that_is_gone_or_a_file_that_is_none_is_told(written, tmp_path):
    book = openpyxl.load_workbook(written)
    del book["VIII"]
    book.save(written)
    with pytest.raises(ContentError, match="VIII"):
        read_workbook(written)
    other = tmp_path / "khac.xlsx"
    other.write_bytes(b"PK not a workbook")
    with pytest.raises(CioError):
        read_workbook(other)


def test_what_a_person_types_stays_a_text_and_no_formula(tmp_path, plan):
    refusal = replace(plan.refusals[0], reason='=HYPERLINK("http://x","y")')
    path = tmp_path / "ke-hoach.xlsx"
    path.write_bytes(write_workbook(replace(plan, refusals=(refusal,)), NOW))
    cell = openpyxl.load_workbook(path)["Từ chối"]["C2"]
    assert cell.data_type == "s"
    assert read_workbook(path).refusals == (refusal,)
