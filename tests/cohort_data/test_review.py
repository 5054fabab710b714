"""The office gets its own workbook back, each problem in its cell; the copy reads the same."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from cohort_data.rosters.review import write_review
from cohort_data.rosters.roster import REVIEW_SHEET, read_roster
from courses.foundation.errors import RosterError


@pytest.fixture
def review(tmp_path):
    """Read a roster, write its review, and return both and the copy's path."""

    def review(path):
        roster = read_roster(path)
        target = tmp_path / "da-soat.xlsx"
        write_review(path, roster, target)
        return roster, load_workbook(target), target

    return review


def without_place(roster):
    problems = [(p.row, p.column, p.message, p.severity) for p in roster.problems]
    return roster.sheet, roster.trainees, problems, roster.left_out


def test_each_problem_is_a_comment_in_its_cell_with_a_colour(write, person, review):
    rows = [person(1), person(2, Ngày_sinh="1980", Lần_dự_thi="2,5"), person(3, Họ_và_tên="Lê Ðức")]
    _, book, _ = review(write(rows))
    sheet = book["Sheet"]
    commented = {c.coordinate: c.comment.text for r in sheet.iter_rows() for c in r if c.comment}
    assert sorted(commented) == ["C4", "E3", "I3"]
    assert commented["E3"].startswith("Lỗi: ngày sinh: chỉ có năm")
    assert commented["C4"].startswith("Ghi chú: ")
    assert sheet["E3"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["C4"].fill.fgColor.rgb == "FFDDEBF7"
    assert sheet["E2"].fill.fill_type is None


def test_the_summary_lists_every_problem_and_is_not_read(write, person, review):
    rows = [person(1), person(2, Chức_vụ="=1+1"), person(3, Số_CCCD=1080000003)]
    roster, book, target = review(write(rows))
    summary = book[REVIEW_SHEET]
    assert "2 học viên" in summary["A1"].value
    listed = [[cell.value for cell in row] for row in summary.iter_rows(min_row=5)]
    assert listed == [[p.severity, p.row, p.column, p.message] for p in roster.problems]
    assert without_place(read_roster(target)) == without_place(roster)


def test_formulas_formats_and_other_worksheets_stay(write, person, review):
    path = write([person(1, STT="=ROW()-1"), person(2, Ngày_sinh="1980")])
    book = load_workbook(path)
    book.active["B2"].number_format = "0000"
    book.active.column_dimensions["C"].width = 40
    book.create_sheet("Phụ lục")["A1"] = "=SUM(1,2)"
    book.active["E3"].comment = Comment("đã hỏi lại", "Văn thư")
    book.save(path)
    before = path.read_bytes()
    _, copy, _ = review(path)
    assert copy["Sheet"]["A2"].value == "=ROW()-1"
    assert copy["Sheet"]["B2"].number_format == "0000"
    assert copy["Sheet"].column_dimensions["C"].width == 40
    assert copy["Phụ lục"]["A1"].value == "=SUM(1,2)"
    assert "đã hỏi lại" in copy["Sheet"]["E3"].comment.text
    assert path.read_bytes() == before


def test_a_note_of_the_office_outlives_any_number_of_reviews(write, person, review, tmp_path):
    path = write([person(1, Ngày_sinh="1980")])
    book = load_workbook(path)
    book.active["E2"].comment = Comment("đã hỏi lại", "Văn thư")
    book.save(path)
    _, copy, _ = review(path)
    copy["Sheet"]["E2"] = "05/09/1980"
    copy.save(tmp_path / "gui-lai.xlsx")
    _, again, _ = review(tmp_path / "gui-lai.xlsx")
    comment = again["Sheet"]["E2"].comment
    assert (comment.text, comment.author) == ("đã hỏi lại", "Văn thư")


def test_control_characters_and_halves_of_pairs_stop_no_review(tmp_path, review):
    text = "Mã học viên;Họ và tên;Ngày sinh;Chức vụ;Cơ quan\nA01;Lê\x0b An;1980;_xD800_;Bộ Y tế\n"
    (tmp_path / "ds.csv").write_text(text, encoding="utf-8")
    roster, _, target = review(tmp_path / "ds.csv")
    assert len(roster.problems) == 2
    assert str(read_roster(target).problems[0]).encode()


def test_a_corrected_copy_that_is_sent_back_is_reviewed_anew(write, person, review, tmp_path):
    _, book, _ = review(write([person(1, Ngày_sinh="1980"), person(2, Chức_vụ=None)]))
    book["Sheet"]["E2"] = "05/09/1980"
    book.save(tmp_path / "gui-lai.xlsx")
    roster, again, _ = review(tmp_path / "gui-lai.xlsx")
    assert [trainee.id for trainee in roster.trainees] == ["CIO26-001"]
    assert again["Sheet"]["E2"].comment is None
    assert again["Sheet"]["E2"].fill.fill_type is None
    assert again["Sheet"]["G3"].comment.text.count("thiếu chức vụ") == 1
    assert again.sheetnames.count(REVIEW_SHEET) == 1


def test_a_problem_under_a_merge_stands_in_the_cell_that_shows(write, person, review):
    rows = [person(1), person(2, Cơ_quan=None)]
    rows[0][7] = "Đội văn nghệ"
    _, book, _ = review(write(rows, merges=["H2:H3"]))
    assert book["Sheet"]["H2"].comment.text.count("chưa rõ") == 2


def test_a_csv_an_xls_and_an_ods_come_back_as_workbooks(tmp_path, ods, review):
    text = "Mã học viên;Họ và tên;Ngày sinh;Chức vụ;Cơ quan\nA01;Lê An;1980;=1+1;Bộ Y tế\n"
    (tmp_path / "ds.csv").write_text(text, encoding="utf-8")
    roster, book, target = review(tmp_path / "ds.csv")
    assert book["ds"]["C2"].comment
    assert (book["ds"]["D2"].value, book["ds"]["D2"].data_type) == ("=1+1", "s")
    assert len(read_roster(target).problems) == len(roster.problems)
    roster, book, target = review(Path(__file__).parent / "files" / "danh-sach.xls")
    assert book["Danh sách"]["D4"].value == datetime(1980, 9, 5)  # noqa: DTZ001
    assert book["Danh sách"].row_dimensions[6].hidden
    assert book["Bản cũ"].sheet_state == "hidden"
    assert without_place(read_roster(target))[1:] == without_place(roster)[1:]
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("Mã học viên", "Họ và tên", "Ngày sinh", "Chức vụ", "Cơ quan")
    )
    person = cells.replace("Mã học viên", "A01").replace("Ngày sinh", "1980")
    rows = f"<table:table-row>{cells}</table:table-row><table:table-row>{person}</table:table-row>"
    _, book, _ = review(ods(f'<table:table table:name="a/b">{rows}</table:table>'))
    assert book["a b"]["C2"].comment


def test_a_worksheet_that_openpyxl_does_not_know_is_refused(write, edited, person, tmp_path):
    namespace = b"officeDocument/2006/relationships"
    path = edited(write([person()]), "xl/workbook.xml", namespace, b"officeDocument/2006/odd")
    roster = read_roster(path)
    with pytest.raises(RosterError, match="không chép được"):
        write_review(path, roster, tmp_path / "ra.xlsx")


def test_the_office_s_file_is_never_written_over(write, person):
    path = write([person()])
    with pytest.raises(RosterError, match="không ghi đè"):
        write_review(path, read_roster(path), path)
    with pytest.raises(RosterError, match=r"\.xlsx"):
        write_review(path, read_roster(path), path.with_suffix(".csv"))
