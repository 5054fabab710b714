"""What nobody sees who opens the file is never read as a person in silence."""

import pytest
from openpyxl import load_workbook

from cohort_data.rosters.roster import read_roster
from courses.foundation.errors import RosterError


@pytest.fixture
def hiding(write):
    """Write rows, hide rows and columns of them, and return the path."""

    def hiding(rows, *, hide_rows=(), hide_columns=(), **layout):
        path = write(rows, **layout)
        book = load_workbook(path)
        for row in hide_rows:
            book.active.row_dimensions[row].hidden = True
        for column in hide_columns:
            book.active.column_dimensions[column].hidden = True
        book.save(path)
        return path

    return hiding


def test_a_hidden_person_is_an_error_and_is_not_read(hiding, person):
    roster = read_roster(hiding([person(1), person(2), person(3)], hide_rows=[3]))
    assert [trainee.id for trainee in roster.trainees] == ["CIO26-001", "CIO26-003"]
    [problem] = roster.problems
    assert (problem.row, problem.column, problem.severity) == (3, "B (Mã học viên)", "lỗi")
    assert "bỏ ẩn" in problem.message
    assert "xoá" in problem.message
    assert roster.left_out == {"CIO26-002"}


def test_a_filtered_person_is_an_error_too(hiding, person):
    path = hiding([person(1), person(2)], hide_rows=[2])
    book = load_workbook(path)
    book.active.auto_filter.ref = "A1:I3"
    book.active.auto_filter.add_filter_column(0, ["2"])
    book.save(path)
    assert [problem.row for problem in read_roster(path).problems] == [2]


def test_a_row_of_no_height_is_hidden(write, edited, person):
    path = write([person(1), person(2)])
    flat = b'<row r="2" ht="0" customHeight="1"'
    assert read_roster(edited(path, "xl/worksheets/sheet1.xml", b'<row r="2"', flat)).has_errors


def test_hidden_rows_that_list_nobody_are_told_as_one_range(hiding, person):
    notes = [[None, None, "ghi chú"], [None, None, "ghi chú"]]
    roster = read_roster(hiding([person(1), *notes, person(2), [None]], hide_rows=[3, 4, 6]))
    assert len(roster.trainees) == 2
    [problem] = roster.problems
    assert (problem.row, problem.severity) == (3, "cảnh báo")
    assert "các dòng 3–4 đang ẩn" in problem.message
    assert "không được đọc" in problem.message


def test_people_under_a_hidden_agency_row_have_no_agency(hiding, person, headings):
    rows = [["BỘ Y TẾ"], person(1)[:7], ["BỘ TÀI CHÍNH"], person(2)[:7]]
    path = hiding(rows, hide_rows=[4], headings=headings[:7], merges=["A2:G2", "A4:G4"])
    roster = read_roster(path)
    assert [(t.id, t.agency) for t in roster.trainees] == [("CIO26-001", "Bộ Y tế")]
    assert ["dòng 4) đang ẩn" in p.message for p in roster.problems if p.severity == "lỗi"] == [
        True
    ]


def test_hidden_columns_are_told_as_read_or_not_read(hiding, person, headings):
    rows = [[*person(1), "riêng"]]
    path = hiding(rows, headings=[*headings, "Ghi chú"], hide_columns="FJ")
    told = [(p.letter, p.severity, p.message) for p in read_roster(path).problems]
    assert [(letter, severity) for letter, severity, _ in told] == [
        ("F", "cảnh báo"),
        ("J", "cảnh báo"),
    ]
    assert ["vẫn được đọc" in message for *_, message in told] == [True, False]


def test_a_hidden_worksheet_is_told_with_the_people_on_it(write, person, headings):
    path = write([person(1)])
    book = load_workbook(path)
    old = book.create_sheet("Bản cũ")
    for row in (headings, person(2), person(3)):
        old.append(list(row))
    old.sheet_state = "veryHidden"
    book.create_sheet("Trống").sheet_state = "hidden"
    book.save(path)
    roster = read_roster(path)
    assert len(roster.trainees) == 1
    [problem] = roster.problems
    assert (problem.row, problem.severity) == (None, "cảnh báo")
    assert "“Bản cũ” đang ẩn, có ghi 2 người" in problem.message
    assert "None" not in str(problem)


def test_a_roster_that_stands_only_on_a_hidden_worksheet_is_refused(write, person):
    path = write([person(1)])
    book = load_workbook(path)
    book.active.title = "DS"
    book.create_sheet("Bìa")
    book["DS"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    with pytest.raises(RosterError, match="“DS”"):
        read_roster(path)


def test_another_worksheet_is_told_as_not_read(write, person):
    path = write([person(1)])
    book = load_workbook(path)
    book.create_sheet("Tiếp")["A1"] = "Lê Thị Sót"
    book.create_sheet("Trống")
    book.save(path)
    [problem] = read_roster(path).problems
    assert (problem.severity, "“Tiếp” không có dòng tiêu đề" in problem.message) == (
        "cảnh báo",
        True,
    )


def test_a_hidden_header_is_refused(hiding, person):
    with pytest.raises(RosterError, match="tiêu đề đang ẩn") as caught:
        read_roster(hiding([person(1)], hide_rows=[1]))
    assert caught.value.row == 1
