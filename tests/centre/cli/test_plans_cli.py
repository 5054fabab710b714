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
