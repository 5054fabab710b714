"""The ``cio`` command: in Vietnamese, exact about what is wrong, and usable by scripts."""

import json
import os
import re
import subprocess
import sys

import pytest
import typer
from django.db import connection
from sittings import CODE, OPENS, SAMPLE, SETTINGS, form_of, ids
from typer.testing import CliRunner

from centre.cli import app
from centre.configuration import DATABASE
from centre.ledger.models import LedgerLine
from centre.people.models import Person
from courses.foundation.errors import CioError

VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]")
ROSTER = SAMPLE / "danh-sach-hoc-vien.xlsx"


def commands(group=None, names=()):
    """Every command as its words, with the click command it is."""
    command = group or typer.main.get_command(app)
    for name, child in getattr(command, "commands", {}).items():
        yield (*names, name), child
        yield from commands(child, (*names, name))


COMMANDS = dict(commands())


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_all_it_takes_in_vietnamese(words):
    command = COMMANDS[words]
    assert VIETNAMESE.search(command.help or "")
    for parameter in command.params:
        if parameter.name != "help":
            assert VIETNAMESE.search(getattr(parameter, "help", "") or ""), parameter.name


@pytest.mark.proof(one_in=5)
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


@pytest.mark.parametrize("line", ["--help", "grade --help", "verify", "grade --sai"])
def test_what_does_no_work_loads_nothing_heavy(line):
    code = (
        "import sys; from centre.cli import app\n"
        "try: app(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = ('django', 'pandas', 'nbgrader', 'nbformat', 'matplotlib')\n"
        "print('loaded', [m for m in heavy if m in sys.modules])"
    )
    program = [sys.executable, "-c", code, *line.split()]
    run = subprocess.run(program, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "loaded []"
