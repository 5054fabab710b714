"""``cio plan``: a sample written, a fault found by its row, a document made; each with its exit."""

import openpyxl
from typer.testing import CliRunner

from centre.cli import app

RUN = CliRunner()


def run(*arguments):
    return RUN.invoke(app, ["plan", *map(str, arguments)])


def test_a_sample_is_sound_and_a_project_changed_in_it_is_found_and_fails(tmp_path):
    path = tmp_path / "ke-hoach.xlsx"
    assert run("sample", path, "--family", "thanh-pho-cang").exit_code == 0
    sound = run("check", path)
    assert (sound.exit_code, sound.stdout) == (0, "0 điều cần sửa.\n")
    book = openpyxl.load_workbook(path)
    book["VIII"]["F2"] = 999
    book.save(path)
    found = run("check", path)
    assert found.exit_code == 1
    assert found.stdout.startswith("Mục VIII, dòng D1 [COST] ghi 999 tỷ")


def test_a_document_is_made_of_a_plan_and_another_ending_is_refused(tmp_path):
    path, made = tmp_path / "ke-hoach.xlsx", tmp_path / "ke-hoach.docx"
    run("sample", path)
    assert run("document", path, made, "--place", "Đông Lạng").exit_code == 0
    assert made.read_bytes().startswith(b"PK")
    other = run("document", path, tmp_path / "ke-hoach.txt", "--place", "Đông Lạng")
    assert (other.exit_code != 0, other.exception.code) == (True, "CIO-100")


def test_a_family_that_is_none_is_told_with_those_there_are(tmp_path):
    outcome = run("sample", tmp_path / "x.xlsx", "--family", "huyện")
    assert "tinh-mien-nui" in outcome.exception.message
    assert not (tmp_path / "x.xlsx").exists()


def test_an_empty_workbook_is_written_and_what_is_missing_in_it_is_named(tmp_path):
    path = tmp_path / "trong.xlsx"
    assert run("sample", path, "--blank", "--first", "2031").exit_code == 0
    sheets = openpyxl.load_workbook(path)
    assert [cell.value for cell in sheets["III và VI"][1]][-5:] == list(range(2031, 2036))
    unfilled = run("check", path)
    assert (unfilled.exception.key, unfilled.exception.row) == ("Khung", 5)


def test_the_empty_workbook_filled_in_with_a_plan_is_that_plan(tmp_path):
    sample, path = tmp_path / "mau.xlsx", tmp_path / "trong.xlsx"
    run("sample", sample)
    run("sample", path, "--blank")
    filled, empty = openpyxl.load_workbook(sample), openpyxl.load_workbook(path)
    for page in filled.worksheets:
        target = empty[page.title]
        heading = [cell.value for cell in target[1]]
        assert heading == [cell.value for cell in page[1]]
        target.delete_rows(2, target.max_row)
        for row in page.iter_rows(min_row=2, values_only=True):
            target.append(row)
    empty.save(path)
    assert run("check", path).stdout == "0 điều cần sửa.\n"


def test_the_chain_is_told_in_words_and_drawn_beside_its_table(tmp_path):
    path, page = tmp_path / "ke-hoach.xlsx", tmp_path / "truy-vet.html"
    run("sample", path)
    told = run("trace", path)
    assert (told.exit_code, told.stdout.count("; đủ.")) == (0, 6)
    assert run("trace", path, page).exit_code == 0
    assert "<svg" in page.read_text("utf-8")
    assert run("trace", path, tmp_path / "x.pdf").exception.code == "CIO-100"
