"""The ``cio`` command: in Vietnamese, exact about what is wrong, and usable by scripts."""

import json
import os
import re
import subprocess
import sys

import pytest
import typer
from code_course import RIGHT, answered, new_course, paper, released, submit
from django.db import connection
from sittings import (
    CODE,
    OPENS,
    SAMPLE,
    SETTINGS,
    form_of,
    ids,
    mark_essays,
    mark_seeds,
    queue_of,
    who,
)
from typer.testing import CliRunner

from assessments.bank.rubric import RUBRICS
from centre.cli import app
from centre.configuration import DATABASE
from centre.decisions.models import BoardSheet
from centre.ledger.models import LedgerLine
from centre.marks.desk import known_scripts
from centre.people.models import Person
from courses.foundation.errors import CioError
from grading.gradebook.scores import ManualMark, write_marks
from grading.marking.sheet import fill_sheet

VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]")
ROSTER = SAMPLE / "danh-sach-hoc-vien.xlsx"


def commands(group=None, names=()):
    """Every command as its words, with the click command it is."""
    command = group or typer.main.get_command(app)
    for name, child in getattr(command, "commands", {}).items():
        yield (*names, name), child
        yield from commands(child, (*names, name))


COMMANDS = dict(commands())


@pytest.fixture
def at(cio):
    """Run a verb at one sitting, by one of the staff."""

    def run(sitting, *words, by="giao-vu"):
        folder = ("--centre", sitting.centre.folder)
        return cio(*folder, *words, "--sitting", sitting.code, by=by)

    return run


@pytest.fixture
def inside(cio):
    """Run a verb at the centre of a sitting, by one of the staff."""
    return lambda sitting, *words, by="giao-vu": cio(
        "--centre", sitting.centre.folder, *words, by=by
    )


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
    assert cio("decide")[0] == 2


CENTRE_COMMANDS = [
    ("decide",),
    ("certify",),
    ("report",),
    ("marking", "export", "GK1"),
    ("collect", "CIO26-001", "QL-A"),
    ("deliver", "CIO26-001", "QL"),
    ("grade",),
]


@pytest.mark.parametrize("words", CENTRE_COMMANDS, ids=" ".join)
@pytest.mark.parametrize("folder", ["trong", "khong-co", "tep", "vong"])
def test_a_folder_that_is_no_centre_is_refused_in_words(cio, tmp_path, words, folder):
    (tmp_path / "trong").mkdir()
    (tmp_path / "tep").write_text("")
    (tmp_path / "vong").symlink_to("vong")
    status, out, err = cio("--centre", tmp_path / folder, *words, "--sitting", CODE)
    assert (status, out) == (1, "")
    assert err.startswith("Lỗi [CIO-800]")
    assert str(tmp_path / folder) in err
    assert "centre.toml" in err
    assert [p.name for p in tmp_path.iterdir() if p.name == DATABASE] == []


@pytest.mark.parametrize("words", CENTRE_COMMANDS, ids=" ".join)
def test_a_sitting_there_is_not_is_refused_with_those_there_are(inside, sitting, words):
    status, out, err = inside(sitting, *words, "--sitting", "ky-la")
    assert (status, out) == (1, "")
    assert f"không có kỳ ky-la; có: {CODE}" in err


@pytest.mark.parametrize("damage", ["missing", "noise", "empty"])
def test_a_lost_or_damaged_database_is_said_and_never_made_anew(at, sitting, damage):
    path = sitting.centre.folder / DATABASE
    path.unlink()
    if damage != "missing":
        path.write_bytes(b"khong phai co so du lieu" * 99 if damage == "noise" else b"")
    status, out, err = at(sitting, "decide")
    assert (status, out, err.startswith("Lỗi [CIO-800]")) == (1, "", True)
    assert str(path) in err
    assert path.exists() == (damage != "missing")


def test_a_folder_that_is_no_course_cannot_be_graded(cio, tmp_path):
    status, out, err = cio("grade", tmp_path)
    assert (status, out) == (1, "")
    assert "nbgrader_config.py" in err


def test_whoever_has_no_account_does_nothing(at, sitting):
    lines = LedgerLine.objects.count()
    status, _, err = at(sitting, "decide", by="nguoi-la")
    assert (status, err.startswith("Lỗi [CIO-810]")) == (1, True)
    assert "không gắn với người dùng nào" in err
    assert LedgerLine.objects.count() == lines


def test_who_may_not_is_told_who_may(at, sitting):
    status, _, err = at(sitting, "decide", by="GK1")
    assert (status, "cần vai trò: giáo vụ" in err) == (1, True)


def test_the_environment_does_not_say_who_acts(sitting):
    """LOGNAME is what its user says; a signature must not hang on it."""
    environment = os.environ | {"LOGNAME": "hoi-dong-1", "USER": "hoi-dong-1"}
    code = "from centre.accounts.users import machine_account; print(machine_account())"
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() != "hoi-dong-1"
    assert sitting.enrolments()


def test_a_centre_is_founded_once_and_its_first_administrator_adds_the_others(cio, tmp_path):
    folder = tmp_path / "trung-tam"
    init = ("centre", "init", folder, "--settings", SAMPLE / "centre.toml")
    status, out, _ = cio(*init, "--administrator", "quan-tri", by="may-chu")
    assert (status, "Dấu vân tay của sổ" in out) == (0, True)
    assert cio(*init, by="may-chu")[0] == 1
    here = ("--centre", folder)
    add = (*here, "user", "add", "GV1", "--machine-account", "gv1", "--role")
    assert cio(*add, "khong-co", by="may-chu")[0] == 1
    assert cio(*add, "officer", by="may-chu")[0] == 0
    assert cio(*here, "user", "add", "GV2", "--role", "officer", by="gv1")[0] == 1
    role = (*here, "user", "role", "GV1", "board")
    assert "đã trao" in cio(*role, by="may-chu")[1]
    assert "không có gì thay đổi" in cio(*role, by="may-chu")[1]
    assert cio(*role, "--withdraw", by="may-chu")[0] == 0
    assert cio(*role, "--withdraw", by="may-chu")[0] == 1


def test_a_paper_is_handed_out_lengthened_and_taken(at, sitting, monkeypatch):
    who = ids(sitting)["all right"]
    form = form_of(sitting, who, "KT")
    monkeypatch.setattr("centre.cli.sittings.now", lambda: OPENS)
    status, out, _ = at(sitting, "deliver", who, "KT", by="coi-thi")
    assert (status, "đến 09:30:00 24/10/2026" in out) == (0, True)
    more = ("accommodate", who, "--ground", "căn cứ giả định", "--minutes")
    assert "tất cả 15 phút" in at(sitting, *more, "15", by="coi-thi")[1]
    assert "tất cả 25 phút" in at(sitting, *more, "10", by="coi-thi")[1]
    assert "đến 09:55:00" in at(sitting, "deliver", who, "KT", by="coi-thi")[1]
    status, _, err = at(sitting, *more, "99999", by="coi-thi")
    assert (status, "không quá 240" in err) == (1, True)
    assert at(sitting, "deliver", who, "TOAN", by="coi-thi")[0] == 1
    status, out, _ = at(sitting, "collect", who, form.code, by="coi-thi")
    assert (status, "đã thu. SHA-256" in out) == (0, True)
    assert at(sitting, "collect", who, "QL-A", by="coi-thi")[0] == 1  # never handed out


def test_a_sitting_is_paused_and_goes_on(at, sitting, monkeypatch):
    monkeypatch.setattr("centre.cli.sittings.now", lambda: OPENS)
    pause = ("room", "pause", "--ground", "mất điện giả định")
    assert at(sitting, *pause, by="coi-thi")[0] == 0
    assert at(sitting, *pause, by="coi-thi")[0] == 1
    status, out, _ = at(sitting, "room", "resume", by="coi-thi")
    assert (status, "0 bài được bù giờ" in out) == (0, True)
    assert at(sitting, "room", "incident", "--text", "mất mạng", by="coi-thi")[0] == 0
    assert at(sitting, *pause, "--room", "P9", by="coi-thi")[0] == 1


@pytest.mark.parametrize("words", [("demo",), ("centre", "init")], ids=" ".join)
def test_a_place_that_cannot_be_written_is_said_without_a_traceback(cio, tmp_path, words):
    (tmp_path / "tep").write_text("")
    options = ["--settings", SAMPLE / "centre.toml"] if words != ("demo",) else []
    status, _, err = cio(*words, tmp_path / "tep" / "trung-tam", *options)
    assert status == 1
    assert "không phải thư mục" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("missing", ["--settings", "--roster", "--prior"])
def test_a_missing_input_file_is_named_and_nothing_entered(inside, sitting, tmp_path, missing):
    options = {
        "--settings": SETTINGS,
        "--roster": ROSTER,
        "--prior": SAMPLE / "ket-qua-truoc.csv",
    } | {missing: tmp_path / "khong-co"}
    lines = LedgerLine.objects.count()
    status, _, err = inside(sitting, "prepare", *[w for pair in options.items() for w in pair])
    assert status == 1
    assert str(tmp_path / "khong-co") in err
    assert LedgerLine.objects.count() == lines


def test_preparing_again_says_what_differs_and_changes_nothing(inside, sitting, tmp_path):
    one = sitting.enrolments()[0]
    born = one.person.birth_date
    roster = tmp_path / "lop.csv"
    roster.write_text(
        "Mã học viên,Họ và tên,Ngày sinh,Chức vụ,Cơ quan,Loại cơ quan\n"
        f"{one.candidate},Nguyễn Thị Khác,{born:%d/%m/%Y},{one.position},{one.agency.name},"
        f"{one.agency.kind}\n",
        "utf-8",
    )
    lines = LedgerLine.objects.count()
    words = ("--settings", own_settings(sitting, tmp_path), "--roster", roster)
    status, out, err = inside(sitting, "prepare", *words)
    kept = f"{one.candidate}, họ và tên: đang lưu “{one.person.full_name}”"
    assert (status, err, kept in out) == (1, "", True)
    assert "cio person correct" in out
    compared = inside(sitting, "roster", "compare", roster, "--sitting", CODE)[1]
    assert kept in compared
    assert "Mới 0, không đổi 0, khác 1, cần quyết định 0, không được dự thi 0, thiếu 5." in compared
    assert LedgerLine.objects.count() == lines


def own_settings(sitting, tmp_path):
    """The settings of a sitting as a file."""
    text = SETTINGS.read_text("utf-8")
    path = tmp_path / "sitting.toml"
    bank = f'bank = "{sitting.settings.bank}"\n\n[marking]'
    path.write_text(text.replace("[marking]", bank), "utf-8")
    return path


def test_a_roster_is_checked_row_by_row(cio):
    status, out, err = cio("roster", "check", SAMPLE / "danh-sach-hoc-vien.xlsx")
    assert (status, err) == (0, "")
    assert re.search(r"Đọc được \d+ học viên, 0 lỗi", out)
    status, out, _ = cio("roster", "check", SAMPLE / "danh-sach-hoc-vien.xlsx", "--json")
    assert json.loads(out)["trainees"] > 30


def test_grading_prints_json_on_stdout_alone(at, graded):
    status, out, err = at(graded, "grade", "--json")
    *outcomes, summary = [json.loads(line) for line in out.splitlines()]
    assert (status, err, len(outcomes)) == (0, "", 12)
    assert {(o["event"], o["state"]) for o in outcomes} == {("submission", "unchanged")}
    assert (summary["event"], summary["unchanged"], summary["failed"]) == ("summary", 12, 0)


def test_a_submission_that_cannot_be_graded_is_named_and_the_status_is_one(at, graded):
    who = ids(graded)["partial"]
    form = form_of(graded, who, "QL")
    path = graded.course.path("submitted", who, form.code) / "QL4.ipynb"
    path.write_text("hỏng", "utf-8")
    status, out, _ = at(graded, "grade", form.code)
    assert status == 1
    assert f"Không chấm được {who}, bài {form.code}: QL4.ipynb" in out
    assert "không chấm được 1." in out


def test_one_paper_of_a_sitting_is_graded_alone(at, graded):
    """A paper that is named must not be taken for a folder, and all papers graded instead."""
    _, out, _ = at(graded, "grade", "CAP-A", "--force", "--json")
    *outcomes, summary = [json.loads(line) for line in out.splitlines()]
    assert {o["assignment"] for o in outcomes} == {"CAP-A"}
    assert summary["graded"] == len(outcomes) == 2
    status, _, err = at(graded, "grade", graded.folder, "CAP-A")
    assert (status, "nêu thư mục hoặc --sitting" in err) == (1, True)


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
    slow = re.findall(r"Chậm nhất: (\w+), bài bai1: (\d+),(\d) giây", out)
    assert "binh" in {student for student, *_ in slow}
    seconds = [10 * int(whole) + int(tenth) for _, whole, tenth in slow]
    assert seconds == sorted(seconds, reverse=True)
    _, out, _ = cio("grade", tmp_path, "--force", "--unsafe", "--student", "an")
    assert "Cần xem an, bài bai1: chạy không có hộp cát (--unsafe)" in out


def test_an_assignment_that_is_not_there_is_refused_with_those_that_are(at, graded):
    status, _, err = at(graded, "grade", "TOAN")
    assert status == 1
    assert "không có bài TOAN; có: CAP-A, KM-A" in err


def sheet_of(sitting, marker):
    return sitting.folder / "marking" / f"phieu-cham-{marker}.xlsx"


@pytest.fixture
def out(at, graded):
    """The sheet of GK1, who has marked the seeds that come first, and all it may speak of."""
    assert at(graded, "marking", "allocate")[0] == 0
    mark_seeds(graded, "GK1")
    status, printed, _ = at(graded, "marking", "export", "GK1", by="GK1")
    assert (status, "12 bài" in printed) == (0, True)
    return sheet_of(graded, "GK1"), known_scripts(who("GK1"), graded, "GK1")


def test_sheets_go_out_and_come_back(at, graded, out):
    path, waiting = out
    assert at(graded, "marking", "export", "GK1")[0] == 1  # never over a filled sheet
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    status, out, _ = at(graded, "marking", "import", "GK1", path, by="GK1")
    assert (status, "Ghi 12 kết quả chấm của GK1; 0 điểm" in out) == (0, True)


def test_the_first_sheet_holds_seeds_alone_and_who_misses_one_is_told_to_wait(at, graded):
    at(graded, "marking", "allocate")
    _, printed, _ = at(graded, "marking", "export", "GK1", by="GK1")
    waiting = known_scripts(who("GK1"), graded, "GK1")
    assert f"{2 * len({s.item.id for s in waiting})} bài" in printed
    path = sheet_of(graded, "GK1")
    fill_sheet(path, waiting, lambda s: {c.id: 0 for c in s.rubric.criteria})
    status, printed, _ = at(graded, "marking", "import", "GK1", path, by="GK1")
    assert (status, "dừng chấm, chờ trưởng ban chấm" in printed) == (1, True)
    item = re.search(r"Câu (\S+): dừng", printed)[1]
    clear = ("marking", "clear", "GK1", item, "--ground", "đã trao đổi")
    assert at(graded, *clear, by="giao-vu")[0] == 1
    assert at(graded, *clear, by="truong-cham")[0] == 0
    status, printed, _ = at(graded, "marking", "overview", by="truong-cham")
    assert (status, "chưa đủ số liệu" in printed or "GK1" in printed) == (0, True)


def test_a_corrected_rubric_is_shown_first_and_applied_by_its_digest(at, graded, tmp_path):
    for marker in ("GK1", "GK2"):
        mark_essays(graded, marker, lambda _: 2)
    item = known_scripts(who("GK1"), graded, "GK1")[0].item
    text = (RUBRICS / f"{item.rubric}.toml").read_text("utf-8")
    path = tmp_path / f"{item.rubric}.toml"
    path.write_text(re.sub("must = true\n", "", text, count=1), "utf-8")
    words = ("marking", "rubric", path)
    status, printed, told = at(graded, *words, by="truong-cham")
    assert (status, "0 bài đổi kết quả" in printed, "Chưa đổi gì" in told) == (0, True, True)
    digest = re.search(r"--apply (\w{64})", told)[1]
    apply = (*words, "--apply", digest, "--ground", "sai")
    assert at(graded, *apply, by="giao-vu")[0] == 1
    status, _, told = at(graded, *apply, by="truong-cham")
    assert (status, "bản 1" in told) == (0, True)
    assert at(graded, *apply, by="truong-cham")[0] == 1


def test_one_markers_sheet_is_not_taken_for_the_others(at, graded, out):
    path, waiting = out
    fill_sheet(path, waiting, lambda s: {c.id: 2 for c in s.rubric.criteria})
    assert at(graded, "marking", "import", "GK1", path)[0] == 0
    status, _, err = at(graded, "marking", "import", "GK2", path)
    assert (status, "không phải phiếu của GK2" in err) == (1, True)
    assert not LedgerLine.objects.filter(kind="essay.marked", after__contains='"GK2"').exists()


def test_a_stranger_is_no_marker_and_the_third_has_nothing_before_a_dispute(at, graded):
    _, _, err = at(graded, "marking", "export", "GK9")
    assert "không có giám khảo GK9; kỳ này có GK1, GK2, GK3" in err
    status, _, err = at(graded, "marking", "export", "GK3")
    assert (status, "không có bài nào lệch điểm" in err) == (1, True)


def test_a_wrong_row_of_a_sheet_is_named_and_the_status_is_one(at, graded, out):
    path, waiting = out
    wrong = queue_of(graded, "GK1", seed=None)[0].code
    level = {True: 7, False: 2}
    fill_sheet(path, waiting, lambda s: {c.id: level[s.code == wrong] for c in s.rubric.criteria})
    status, out, _ = at(graded, "marking", "import", "GK1", path)
    assert status == 1
    assert re.search(rf"\[CIO-500\] {re.escape(str(path))}, dòng 4, cột \S+!C", out)
    assert "Ghi 11 kết quả chấm của GK1" in out
    assert "1 dòng sai" in out


def test_decisions_are_printed_as_json_for_scripts(at, decided):
    status, out, err = at(decided, "decide", "--json")
    assert (status, err) == (0, "")
    assert {record["status"] for record in json.loads(out)} >= {"PASS", "INCOMPLETE"}


def test_cases_are_opened_and_closed(at, decided):
    who = ids(decided)["all right"]
    assert at(decided, "case", "open", who, "--reason", "giả định")[0] == 0
    assert "Kết quả không hợp lệ 1" in at(decided, "decide")[1]
    close = ("case", "close", who, "--conclusion", "không có", "--authority", "QĐ giả định")
    assert at(decided, *close, "--dismissed", by="giao-vu")[0] == 1  # the board's to say
    assert at(decided, *close, by="hoi-dong-1")[0] == 2  # upheld or dismissed must be said
    assert at(decided, *close, "--dismissed", by="hoi-dong-1")[0] == 0
    assert at(decided, *close, "--dismissed", by="hoi-dong-1")[0] == 1


def test_the_board_sees_the_sheet_and_signs_what_it_saw(at, inside, graded):
    at(graded, "decide")
    status, out, _ = at(graded, "sheet", "draw", "--resolution", "NQ giả định")
    sheet = BoardSheet.objects.get()
    assert (status, sheet.digest in out, "Chưa đủ kết quả 6" in out) == (0, True, True)
    approve = ("approve", sheet.pk, "--digest")
    status, _, err = inside(graded, *approve, "0" * 8, by="hoi-dong-1")
    assert (status, "mã băm không phải của bảng này" in err) == (1, True)
    assert inside(graded, *approve, sheet.digest[:7], by="hoi-dong-1")[0] == 1
    status, out, _ = inside(graded, *approve, sheet.digest[:8], by="hoi-dong-1")
    assert (status, "1/2 chữ ký, chờ người thứ hai" in out) == (0, True)
    assert "1 bảng chờ ký" in at(graded, "sheet", "list")[1]
    assert inside(graded, *approve, sheet.digest, by="hoi-dong-1")[0] == 1
    status, out, _ = inside(graded, *approve, sheet.digest, by="hoi-dong-2")
    assert (status, "2/2 chữ ký, các quyết định có hiệu lực" in out) == (0, True)
    assert "Đã ký: hoi-dong-2" in inside(graded, "sheet", "show", sheet.pk)[1]
    status, _, err = at(graded, "sheet", "draw", "--resolution", "NQ giả định")
    assert (status, "không có quyết định nào chờ" in err) == (1, True)


def test_an_appeal_is_taken_and_answered(at, inside, decided):
    who = ids(decided)["partial"]
    status, out, _ = at(decided, "appeal", "file", who, "--text", "Đề nghị xem lại")
    number = re.search(r"PK-\d{4}-\d{5}", out)[0]
    answer = ("appeal", "answer", number, "--answer", "Giữ nguyên", "--rejected")
    assert (status, inside(decided, *answer, by="hoi-dong-1")[0]) == (0, 1)  # who has signed
    assert inside(decided, "appeal", "answer", "PK-1", "--answer", "x", "--accepted")[0] == 1


def test_a_decision_is_replayed_byte_for_byte(at, decided):
    status, out, _ = at(decided, "replay", ids(decided)["all right"])
    assert (status, "Trùng khớp từng byte" in out) == (0, True)
    assert at(decided, "replay", ids(decided)["all right"], "--revision", 9)[0] == 1


def test_certificates_are_issued_revoked_and_issued_again(at, inside, decided):
    status, out, err = at(decided, "certify", "--json", by="van-thu")
    [issued] = json.loads(out)
    assert (status, err, issued["serial"][-6:]) == (0, "", "-00001")
    words = ("--ground", "loi-cua-co-so-cap", "--detail", "Quyết định giả định số 1")
    revoke = ("revoke", issued["serial"], *words)
    assert inside(decided, *revoke, by="giao-vu")[0] == 1
    assert inside(decided, *revoke, by="van-thu")[0] == 0
    status, out, _ = at(decided, "certify", by="van-thu")
    assert (status, "đã bị thu hồi; cấp lại bằng “cio reissue”" in out) == (1, True)
    again = ("reissue", issued["serial"], "--ground", "Quyết định giả định số 2")
    status, out, _ = inside(decided, *again, by="van-thu")
    assert (status, "-00002 thay cho" in out) == (0, True)


def test_a_case_after_certification_raises_a_warning(at, certified):
    best = ids(certified)["all right"]
    at(certified, "case", "open", best, "--reason", "giả định")
    status, _, err = at(certified, "decide")
    assert (status, "CẦN XỬ LÝ CIO-2026-00001" in err) == (0, True)


def test_marks_that_sink_after_certification_raise_a_warning(at, inside, certified):
    """A certificate whose ground is gone does not go on in silence."""
    form = form_of(certified, ids(certified)["all right"], "CAP")
    [essay] = form.items
    mark = ManualMark(ids(certified)["all right"], form.code, essay.competency, essay.id, 0.0)
    assert write_marks(certified.course, [mark]) == 1
    status, out, err = at(certified, "decide")
    assert (status, "Quyết định mới: 1" in out) == (0, True)
    assert "CẦN XỬ LÝ CIO-2026-00001: quyết định mới nhất là “Chưa đạt”" in err
    at(certified, "sheet", "draw", "--resolution", "NQ giả định")
    sheet = BoardSheet.objects.last()
    for member in ("hoi-dong-1", "hoi-dong-2"):
        status, _, err = inside(certified, "approve", sheet.pk, "--digest", sheet.digest, by=member)
        assert (status, "CẦN XỬ LÝ CIO-2026-00001" in err) == (0, True)


def test_revoking_needs_a_known_serial_and_a_known_ground(inside, certified):
    words = ("--detail", "Quyết định giả định số 1")
    unknown = ("revoke", "CIO-2026-99999", "--ground", "gian-lan", *words)
    status, _, err = inside(certified, *unknown, by="van-thu")
    assert (status, "CIO-2026-99999" in err) == (1, True)
    no_ground = ("revoke", "CIO-2026-00001", "--ground", "la", *words)
    assert inside(certified, *no_ground, by="van-thu")[0] == 1


def test_without_decisions_there_is_nothing_to_report(at, graded):
    status, _, err = at(graded, "report")
    assert (status, "cio decide" in err) == (1, True)


def test_a_name_is_corrected_by_an_act_of_its_own(inside, certified):
    person = Person.objects.order_by("pk").first()
    correct = ("person", "correct", person.pk, "--ground", "Văn bản giả định")
    status, out, _ = inside(certified, *correct, "--full-name", " Nguyễn  Thị Sửa ")
    person.refresh_from_db()
    assert (status, "đã đính chính" in out, person.full_name) == (0, True, "Nguyễn Thị Sửa")
    again = inside(certified, *correct, "--full-name", "Nguyễn Thị Sửa")
    assert "không có gì đổi" in again[1]
    assert inside(certified, *correct, "--birth-date", "31/02/1980")[0] == 1
    assert inside(certified, "person", "correct", "P999999", "--ground", "x")[0] == 1


def test_what_is_kept_of_a_person_is_exported_and_erased(inside, decided):
    person = Person.objects.order_by("pk").last()
    status, out, _ = inside(decided, "person", "export", person.pk)
    told = json.loads(out)
    assert (status, told["person"][0]["full_name"]) == (0, person.full_name)
    assert told["enrolments"]
    erase = ("person", "erase", person.pk, "--ground", "Đơn giả định")
    assert inside(decided, *erase)[0] == 0
    assert inside(decided, *erase)[0] == 1
    _, out, _ = inside(decided, "person", "export", person.pk)
    assert person.full_name not in out
    status, out, _ = inside(decided, "audit", "verify", by="kiem-toan")
    assert (status, "0 chỗ không đúng" in out) == (0, True)


def test_the_ledger_is_searched_by_person_actor_kind_and_day(inside, decided):
    def found(*words):
        status, out, _ = inside(decided, "audit", "log", *words, by="kiem-toan")
        return status, out.splitlines()

    who = ids(decided)["all right"]
    status, lines = found("--person", who, "--kind", "paper.taken")
    assert (status, lines[-1], len(lines)) == (0, "4 dòng.", 5)
    assert all(f"{CODE}/{who}" in line for line in lines[:-1])
    assert len(found("--actor", "hoi-dong-1")[1]) == 2
    day = ("--since", f"{OPENS:%d/%m/%Y}", "--until", f"{OPENS:%d/%m/%Y}")
    assert "paper.started" in {line.split()[4] for line in found(*day)[1][:-1]}
    assert found("--person", "KHONG-CO")[0] == 1
    assert inside(decided, "audit", "log", by="giao-vu")[0] == 1


def test_a_change_behind_the_ledgers_back_is_named(inside, decided):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE centre_person SET full_name = 'Ai Đó' WHERE number = 'P000001'")
    status, out, _ = inside(decided, "audit", "verify", by="kiem-toan")
    assert (status, "person/P000001 [bị sửa]" in out) == (1, True)
    assert "1 chỗ không đúng" in out


def test_the_command_speaks_vietnamese_even_in_a_plain_locale(tmp_path):
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0"}
    words = ["--centre", str(tmp_path), "decide", "--sitting", "ky"]
    run = subprocess.run(
        [sys.executable, "-c", "from centre.cli import main; main()", *words],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    assert "không phải thư mục trung tâm" in run.stderr.decode("utf-8")
    assert b"Traceback" not in run.stderr


def test_every_explained_error_becomes_one_message(cio, monkeypatch):
    def fail(_code):
        raise CioError("phải là số", path="lop.xlsx", row=7, column="C")

    monkeypatch.setattr("centre.cli.decisions.at_work", fail)
    status, out, err = cio("decide", "--sitting", "ky")
    assert (status, out) == (1, "")
    assert err == "Lỗi [CIO-000] lop.xlsx, dòng 7, cột C: phải là số\n"


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from centre.cli import app; "
        "print([m for m in ('django', 'pandas', 'nbgrader', 'nbformat', 'matplotlib') "
        "if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
