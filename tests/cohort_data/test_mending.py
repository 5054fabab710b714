"""Cells of a roster set right in place; nothing else of the file changes."""

import openpyxl
import pytest

from cohort_data.rosters.mending import cells_at, mend
from courses.foundation.errors import RosterError


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()
    made.active.title = "Danh sách"
    made.active["B2"], made.active["C2"] = "CIO/1", "=1+1"
    made.active.merge_cells("D2:D4")
    made.active["D2"] = "Sở A"
    path = tmp_path / "danh-sach.xlsx"
    made.save(path)
    return path


def sheet(path):
    return openpyxl.load_workbook(path).active


def test_a_cell_says_what_it_was_given_and_the_others_what_they_said(book):
    mend(book, "Danh sách", {(2, "B"): " CIO-001 "})
    assert sheet(book)["B2"].value == "CIO-001"
    assert sheet(book)["C2"].value == "=1+1"


def test_what_is_typed_is_never_a_formula(book):
    mend(book, "Danh sách", {(2, "B"): '=HYPERLINK("http://x")'})
    assert sheet(book)["B2"].data_type == "s"


def test_a_place_under_a_merge_is_the_cell_that_shows_it(book):
    assert cells_at(book, "Danh sách", [(3, "D")]) == {(3, "D"): "Sở A"}
    mend(book, "Danh sách", {(3, "D"): "Sở B"})
    assert sheet(book)["D2"].value == "Sở B"


def test_an_emptied_cell_is_empty(book):
    mend(book, "Danh sách", {(2, "B"): "  "})
    assert sheet(book)["B2"].value is None


def test_a_worksheet_that_is_not_there_is_told(book):
    with pytest.raises(RosterError, match="không thấy trang"):
        mend(book, "Trang khác", {(1, "A"): "x"})
