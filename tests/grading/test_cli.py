"""The ``cio`` command: in Vietnamese, exact about what is wrong, and usable by scripts."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import typer
from code_course import RIGHT, answered, new_course, paper, released, submit
from sittings import SAMPLE, SETTINGS, form_of, ids
from typer.testing import CliRunner

from courses.foundation.errors import CioError
from grading.cli import app, main
from grading.marking.scripts import scripts
from grading.marking.sheet import fill_sheet

VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]")


def commands(group=None, names=()):
    """Every command as its words, with the click command it is."""
    command = group or typer.main.get_command(app)
    for name, child in getattr(command, "commands", {}).items():
        yield (*names, name), child
        yield from commands(child, (*names, name))


COMMANDS = dict(commands())


@pytest.fixture
def cio(monkeypatch, capsys):
    """Run the command in this process; exit status, stdout and stderr."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["cio", *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = ended.code or 0
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_all_it_takes_in_vietnamese(words):
    command = COMMANDS[words]
    assert VIETNAMESE.search(command.help or "")
    for parameter in command.params:
        if parameter.name != "help":
            assert VIETNAMESE.search(getattr(parameter, "help", "") or ""), parameter.name


@pytest.mark.parametrize("words", [(), *COMMANDS], ids=" ".join)
def test_help_is_shown_for_every_command(words):
    result = CliRunner().invoke(app, [*words, "--help"])
    assert result.exit_code == 0
    assert VIETNAMESE.search(result.output)


def test_a_wrong_command_line_has_exit_status_two(cio):
    assert cio("khong-co-lenh-nay")[0] == 2
    assert cio("grade")[0] == 2


FOLDER_COMMANDS = [
    ("decide",),
    ("approve",),
    ("certify",),
    ("report",),
    ("marking", "export", "GK1"),
    ("collect", "CIO26-001", "QL-A"),
    ("deliver", "CIO26-001", "QL"),
]


@pytest.mark.parametrize("words", FOLDER_COMMANDS, ids=" ".join)
@pytest.mark.parametrize("folder", ["trong", "khong-co", "tep"])
def test_a_folder_that_is_no_sitting_is_refused_in_words(cio, tmp_path, words, folder):
    (tmp_path / "trong").mkdir()
    (tmp_path / "tep").write_text("")
    place = 2 if words[0] == "marking" else 1
    status, out, err = cio(*words[:place], tmp_path / folder, *words[place:])
    assert (status, out) == (1, "")
    assert err.startswith("Lỗi [CIO-400]")
    assert str(tmp_path / folder) in err
    assert "sitting.toml" in err


def test_a_folder_that_is_no_course_cannot_be_graded(cio, tmp_path):
    status, out, err = cio("grade", tmp_path)
    assert (status, out) == (1, "")
    assert "nbgrader_config.py" in err


@pytest.mark.parametrize("words", [("demo",), ("prepare",)], ids=" ".join)
def test_a_place_that_cannot_be_written_is_said_without_a_traceback(cio, tmp_path, words):
    (tmp_path / "tep").write_text("")
    options = (
        ["--settings", SETTINGS, "--roster", SAMPLE / "danh-sach-hoc-vien.xlsx"]
        if words == ("prepare",)
        else []
    )
    status, _, err = cio(*words, tmp_path / "tep" / "ky-thi", *options)
    assert status == 1
    assert "không phải thư mục" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("missing", ["--settings", "--roster", "--prior"])
def test_a_missing_input_file_is_named(cio, tmp_path, missing):
    options = {
        "--settings": SETTINGS,
        "--roster": SAMPLE / "danh-sach-hoc-vien.xlsx",
        "--prior": SAMPLE / "ket-qua-truoc.csv",
    } | {missing: tmp_path / "khong-co"}
    words = [word for pair in options.items() for word in pair]
    status, _, err = cio("prepare", tmp_path / "ky-thi", *words)
    assert status == 1
    assert str(tmp_path / "khong-co") in err
    assert not (tmp_path / "ky-thi" / "records.db").exists()


def test_a_roster_is_checked_row_by_row(cio):
    status, out, err = cio("roster", "check", SAMPLE / "danh-sach-hoc-vien.xlsx")
    assert (status, err) == (0, "")
    assert re.search(r"Đọc được \d+ học viên, 0 lỗi", out)
    status, out, _ = cio("roster", "check", SAMPLE / "danh-sach-hoc-vien.xlsx", "--json")
    assert json.loads(out)["trainees"] > 30


def test_grading_prints_json_on_stdout_alone(cio, graded):
    status, out, err = cio("grade", graded.folder, "--json")
    *outcomes, summary = [json.loads(line) for line in out.splitlines()]
    assert (status, err, len(outcomes)) == (0, "", 12)
    assert {(o["event"], o["state"]) for o in outcomes} == {("submission", "unchanged")}
    assert (summary["event"], summary["unchanged"], summary["failed"]) == ("summary", 12, 0)


def test_a_submission_that_cannot_be_graded_is_named_and_the_status_is_one(cio, graded):
    who = ids(graded)["partial"]
    form = form_of(graded, who, "QL")
    path = graded.course.path("submitted", who, form.code) / "QL4.ipynb"
    path.write_text("hỏng", "utf-8")
    status, out, _ = cio("grade", graded.folder, form.code)
    assert status == 1
    assert f"Không chấm được {who}, bài {form.code}: QL4.ipynb" in out
    assert "không chấm được 1." in out


def test_an_operator_is_told_what_was_slow_stopped_or_needs_a_person(cio, tmp_path):
    course = new_course(tmp_path, {"square": paper()})
    answers = {
        "an": RIGHT,
        "binh": f"import time\n{RIGHT}\ntime.sleep(1.2)",
        "chi": f"get_ipython().kernel\n{RIGHT}",
        "dung": f"{RIGHT}\nfiles = [open('/dev/null') for _ in range(300)]",
    }
    for student, answer in answers.items():
        submit(course, student, answered(released(course), answer))
    status, out, _ = cio("grade", tmp_path, "--workers", 2)
    assert (status, "Đã chấm 4, không đổi 0, không chấm được 0." in out) == (0, True)
    assert "Chạm giới hạn: dung, bài bai1, square, square: ô mở quá số tệp cho phép" in out
    assert "Cần người xem: 0 bài; chạm giới hạn chạy: 1 bài." in out
    why = "square: mã trong bài dùng get_ipython().kernel"
    assert f"Chạy bằng nhân Jupyter: chi, bài bai1, {why}" in out
    assert "Cần xem" not in out
    assert "binh" in re.findall(r"Chậm nhất: (\w+), bài bai1: \d+,\d giây", out)
    _, out, _ = cio("grade", tmp_path, "--force", "--unsafe", "--student", "an")
    assert "Cần xem an, bài bai1: chạy không có hộp cát (--unsafe)" in out


def test_an_assignment_that_is_not_there_is_refused_with_those_that_are(cio, graded):
    status, _, err = cio("grade", graded.folder, "TOAN")
    assert status == 1
    assert "không có bài TOAN; có: CAP-A, KM-A" in err


def test_sheets_go_out_and_come_back(cio, graded):
    status, out, _ = cio("marking", "export", graded.folder, "GK1")
    assert (status, "12 bài" in out) == (0, True)
    path = graded.folder / "marking" / "phieu-cham-GK1.xlsx"
    assert cio("marking", "export", graded.folder, "GK1")[0] == 1  # never over a filled sheet
    fill_sheet(path, scripts(graded), lambda s: {c.id: 2 for c in s.rubric.criteria})
    status, out, _ = cio("marking", "import", graded.folder, "GK1", path)
    assert (status, "Ghi 12 kết quả chấm của GK1; 0 điểm" in out) == (0, True)


def test_a_stranger_is_no_marker_and_the_third_has_nothing_before_a_dispute(cio, graded):
    _, _, err = cio("marking", "export", graded.folder, "GK9")
    assert "không có giám khảo GK9; kỳ này có GK1, GK2, GK3" in err
    status, _, err = cio("marking", "export", graded.folder, "GK3")
    assert (status, "không có bài nào lệch điểm" in err) == (1, True)


def test_a_wrong_sheet_is_refused_by_file_row_and_column(cio, graded):
    cio("marking", "export", graded.folder, "GK1")
    path = graded.folder / "marking" / "phieu-cham-GK1.xlsx"
    fill_sheet(path, scripts(graded), lambda s: {c.id: 7 for c in s.rubric.criteria})
    status, _, err = cio("marking", "import", graded.folder, "GK1", path)
    assert status == 1
    assert re.search(rf"Lỗi \[CIO-500\] {re.escape(str(path))}, dòng 4, cột \S+!C", err)


def test_decisions_are_printed_as_json_for_scripts(cio, decided):
    status, out, err = cio("decide", decided.folder, "--json")
    assert (status, err) == (0, "")
    assert {record["status"] for record in json.loads(out)} >= {"PASS", "INCOMPLETE"}


def test_cases_are_opened_and_closed(cio, decided):
    who = ids(decided)["all right"]
    assert cio("case", "open", decided.folder, who, "--reason", "giả định")[0] == 0
    assert "Kết quả không hợp lệ 1" in cio("decide", decided.folder)[1]
    assert cio("case", "close", decided.folder, who, "--outcome", "không có")[0] == 0
    assert cio("case", "close", decided.folder, who, "--outcome", "không có")[0] == 1


def test_certificates_are_issued_verified_revoked_and_shown_so(cio, decided, tmp_path):
    status, out, err = cio("certify", decided.folder, "--json")
    [issued] = json.loads(out)
    assert (status, err) == (0, "")
    status, out, _ = cio("verify", issued["path"])
    assert (status, "HỢP LỆ" in out) == (0, True)
    forged = tmp_path / "sua.pdf"
    shutil.copy(issued["path"], forged)
    with forged.open("ab") as file:
        file.write(b" ")
    status, out, _ = cio("verify", forged, "--sitting", decided.folder, "--json")
    assert (status, json.loads(out)["facts"]) == (3, None)
    assert cio("verify", forged)[0] == 6  # no register to be found from there
    words = ("--ground", "gian-lan", "--detail", "Quyết định giả định số 1")
    assert cio("revoke", decided.folder, issued["serial"], *words)[0] == 0
    status, out, _ = cio("verify", issued["path"], "--json")
    assert (status, json.loads(out)["verdict"]) == (4, "REVOKED")


def test_revoking_needs_a_known_serial_and_a_known_ground(cio, decided):
    words = ("--detail", "Quyết định giả định số 1")
    status, _, err = cio("revoke", decided.folder, "CIO-2026-99999", "--ground", "gian-lan", *words)
    assert (status, "CIO-2026-99999" in err) == (1, True)
    assert cio("revoke", decided.folder, "CIO-2026-00001", "--ground", "la", *words)[0] == 1


def test_a_missing_certificate_could_not_be_checked(cio, decided):
    assert cio("verify", decided.folder / "khong-co.pdf", "--sitting", decided.folder)[0] == 6


def test_without_decisions_there_is_nothing_to_report(cio, graded):
    status, _, err = cio("report", graded.folder)
    assert (status, "cio decide" in err) == (1, True)


def test_the_command_speaks_vietnamese_even_in_a_plain_locale(tmp_path):
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0"}
    run = subprocess.run(
        [sys.executable, "-c", "from grading.cli import main; main()", "decide", tmp_path],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    assert "không phải thư mục kỳ sát hạch" in run.stderr.decode("utf-8")
    assert b"Traceback" not in run.stderr


def test_every_explained_error_becomes_one_message(cio, monkeypatch, tmp_path):
    def fail(_folder):
        raise CioError("phải là số", path="lop.xlsx", row=7, column="C")

    monkeypatch.setattr("grading.cli.results.open_sitting", fail)
    status, out, err = cio("approve", tmp_path)
    assert (status, out) == (1, "")
    assert err == "Lỗi [CIO-000] lop.xlsx, dòng 7, cột C: phải là số\n"
