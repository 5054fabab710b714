"""The answers file holds whatever was acknowledged, come what may."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.answer_sheet import LARGEST, AnswerSheet, ConflictError, read_sheet
from courses.foundation.errors import AnswerError
from courses.foundation.files import write_atomically

NOW = datetime(2026, 10, 24, 9, 30, tzinfo=UTC)

# Saves one question after another and says so on stdout; arguments: file, prefix, count.
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from courses.answer_sheet import AnswerSheet
path, prefix, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sheet, now = AnswerSheet(path, "de"), datetime(2026, 10, 24, tzinfo=UTC)
for number in range(count):
    question = f"{prefix}{number % 10}"
    saved = sheet.get(question)
    sheet.save(question, f"{number} " + "ă" * 2000, saved.revision if saved else 0, now)
    print(question, number, flush=True)
"""

# As WRITER, on a disk that is full after 3000 bytes: prints what the trainee is told.
FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from courses.answer_sheet import AnswerSheet
from courses.foundation.errors import AnswerError
sheet, now = AnswerSheet(Path(sys.argv[1]), "de"), datetime(2026, 10, 24, tzinfo=UTC)
sheet.save("C1", "đã lưu", 0, now)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    sheet.save("C2", "x" * 5000, 0, now)
except AnswerError as error:
    print(error.message)
"""

# Saves, then tries again in a folder that has become read-only, for root as for anybody:
# root gives up its rights first. Relative names, as the folder's parents are root's own.
READ_ONLY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from courses.answer_sheet import AnswerSheet
from courses.foundation.errors import AnswerError
os.chdir(sys.argv[1])
path, now = Path(sys.argv[2]), datetime(2026, 10, 24, tzinfo=UTC)
sheet = AnswerSheet(path, "de")
sheet.save("C1", "đã lưu", 0, now)
if len(sys.argv) > 3:
    path.write_text(sys.argv[3])
Path().chmod(0o555)
for file in Path().iterdir():
    file.chmod(0o444)
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    AnswerSheet(path, "de").save("C2", "chưa lưu", 0, now)
except AnswerError as error:
    print(error.message)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "QL4.tra-loi.json"


def start(program, *arguments):
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def answers(path):
    return {question: saved.value for question, saved in read_sheet(path).answers.items()}


letters = st.text(st.characters(exclude_categories=["Cs"]))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | letters,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(letters, inner, max_size=3),
    max_leaves=6,
)


@given(value=json_values)
def test_what_is_saved_is_read_back_as_it_was_sent(value, tmp_path_factory):
    sheet = AnswerSheet(tmp_path_factory.mktemp("de") / "a.json", "de")
    saved = sheet.save("C1", value, 0, NOW)
    assert (saved.value, saved.revision, saved.saved_at) == (value, 1, NOW)
    assert AnswerSheet(sheet.path, "de").get("C1") == saved


@pytest.mark.parametrize("acknowledged", [1, 2, 9, 40])
def test_a_killed_writer_leaves_every_acknowledged_answer(path, acknowledged):
    writer = start(WRITER, path, "C", 10_000)
    told = [writer.stdout.readline() for _ in range(acknowledged)]
    writer.send_signal(signal.SIGKILL)
    told += writer.communicate()[0].splitlines()
    last = dict(line.split() for line in told)
    kept = answers(path)
    assert set(last) <= set(kept)
    for question, number in last.items():
        # The save under way when it was killed may have come through unacknowledged.
        assert int(kept[question].split()[0]) - int(number) in (0, 10)


def test_a_full_disk_keeps_the_old_answers_and_says_so(path):
    program = start(FULL_DISK, path)
    told, _ = program.communicate()
    assert "không ghi được tệp trả lời" in told
    assert answers(path) == {"C1": "đã lưu"}
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name, "QL4.tra-loi.lock"]


def test_a_read_only_folder_keeps_the_old_answers_and_says_so(path):
    told, _ = start(READ_ONLY, path.parent, path.name).communicate()
    assert told == "không ghi được tệp trả lời: Permission denied\n"
    assert answers(path) == {"C1": "đã lưu"}
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name, "QL4.tra-loi.lock"]


def test_a_damaged_file_that_cannot_be_set_aside_stays_as_it_is_and_is_told(path):
    told, _ = start(READ_ONLY, path.parent, path.name, "hỏng").communicate()
    assert told == "tệp trả lời hỏng và không cất riêng được: Permission denied\n"
    assert path.read_text(encoding="utf-8") == "hỏng"


def test_two_processes_answering_different_questions_lose_nothing(path):
    writers = [start(WRITER, path, prefix, 60) for prefix in ("A", "B")]
    assert [writer.communicate()[0].count("\n") for writer in writers] == [60, 60]
    assert [w.returncode for w in writers] == [0, 0]
    numbers = {question: int(text.split()[0]) for question, text in answers(path).items()}
    assert numbers == {f"{prefix}{n}": 50 + n for prefix in "AB" for n in range(10)}


def test_a_save_based_on_an_older_revision_is_refused_and_changes_nothing(path):
    sheet = AnswerSheet(path, "de")
    sheet.save("C1", "một", 0, NOW)
    sheet.save("C1", "hai", 1, NOW)
    before = path.read_bytes()
    with pytest.raises(ConflictError, match="cửa sổ khác"):
        sheet.save("C1", "ba", 1, NOW)
    assert path.read_bytes() == before


@pytest.mark.parametrize("based_on", [None, "1", -1, 2])
def test_a_revision_that_never_was_is_refused(path, based_on):
    sheet = AnswerSheet(path, "de")
    sheet.save("C1", "một", 0, NOW)
    with pytest.raises(ConflictError):
        sheet.save("C1", "hai", based_on, NOW)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"version": 1, "answers": [[["###',
        b"\xff\xfe\x00",
        b"[]",
        b'{"version": 1, "subject": "de", "answers": {}, "points": 20}',
        b'{"version": 1, "subject": "de", "answers": {"C1": {"value": "a", "revision": 0}}}',
    ],
)
def test_a_damaged_file_is_set_aside_whole_and_work_goes_on(path, content):
    path.write_bytes(content)
    with pytest.raises(AnswerError, match="không đúng định dạng"):
        read_sheet(path)
    sheet = AnswerSheet(path, "de")
    assert sheet.set_aside.read_bytes() == content
    assert sheet.save("C1", "làm lại", 0, NOW).revision == 1


def test_a_file_damaged_while_it_is_open_is_not_written_over_and_the_refusal_is_said(path):
    sheet = AnswerSheet(path, "de")
    sheet.save("C1", "một", 0, NOW)
    damaged = path.read_bytes()[:-20]
    path.write_bytes(damaged)
    with pytest.raises(AnswerError, match="không đúng định dạng"):
        sheet.save("C2", "hai", 0, NOW)
    assert path.read_bytes() == damaged
    assert AnswerSheet(path, "de").set_aside.read_bytes() == damaged


def test_files_set_aside_never_take_each_others_place(path):
    for content in (b"hong mot", b"hong hai"):
        path.write_bytes(content)
        AnswerSheet(path, "de")
    aside = {p.name: p.read_bytes() for p in path.parent.glob("*.hong-*")}
    assert sorted(aside.values()) == [b"hong hai", b"hong mot"]


def test_a_file_of_an_unknown_version_is_refused(path):
    path.write_text('{"version": 2, "subject": "de", "answers": {}}', encoding="utf-8")
    with pytest.raises(AnswerError, match="không đúng định dạng"):
        read_sheet(path)


@pytest.mark.parametrize("version", ["0", "2", "null"])
def test_a_file_of_another_version_is_kept_aside_whole(path, version):
    saved = '{"value": "a", "revision": 1, "saved_at": "2026-10-24T09:30:00Z"}'
    content = f'{{"version": {version}, "subject": "de", "answers": {{"C1": {saved}}}}}'
    path.write_text(content, encoding="utf-8")
    sheet = AnswerSheet(path, "de")
    assert sheet.set_aside.read_text(encoding="utf-8") == content
    assert sheet.get("C1") is None


def test_a_file_from_before_there_were_flags_is_read_and_gone_on_with(path):
    AnswerSheet(path, "de").save("C1", "một", 0, NOW)
    older = json.loads(path.read_text(encoding="utf-8"))
    del older["flags"]
    path.write_text(json.dumps(older), encoding="utf-8")
    sheet = AnswerSheet(path, "de")
    sheet.save("C2", "hai", 0, NOW)
    sheet.flag("C1", on=True)
    assert sheet.set_aside is None
    assert sheet.state() == ({"C1": "một", "C2": "hai"}, {"C1"})


def test_answers_to_another_form_are_kept_aside_and_not_taken_over(path):
    AnswerSheet(path, "đề cũ").save("C1", "của đề cũ", 0, NOW)
    sheet = AnswerSheet(path, "đề mới")
    assert sheet.get("C1") is None
    assert answers(sheet.set_aside) == {"C1": "của đề cũ"}


def test_a_link_to_anothers_answers_or_a_pipe_is_refused_and_not_waited_for(path):
    AnswerSheet(path.with_name("khac.json"), "de").save("C1", "của người khác", 0, NOW)
    path.symlink_to(path.with_name("khac.json"))
    with pytest.raises(AnswerError):
        read_sheet(path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(AnswerError, match="không phải tệp thường"):
        read_sheet(path)


def test_an_enormous_file_is_refused_unread(path):
    path.write_bytes(b" " * (LARGEST + 1))
    with pytest.raises(AnswerError, match="lớn bất thường"):
        read_sheet(path)


@pytest.mark.parametrize(
    ("value", "words"),
    [("x" * LARGEST, "quá dài"), ("\ud800", "ký tự")],
)
def test_an_answer_that_could_not_be_read_again_is_refused_and_the_file_stays(path, value, words):
    sheet = AnswerSheet(path, "de")
    sheet.save("C1", "một", 0, NOW)
    with pytest.raises(AnswerError, match=words):
        sheet.save("C2", value, 0, NOW)
    assert answers(path) == {"C1": "một"}


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "tep").write_text("")
    sheet = AnswerSheet(tmp_path / "mat" / "a.json", "de")
    with pytest.raises(AnswerError, match="không ghi được tệp trả lời"):
        sheet.save("C1", "một", 0, NOW)


def test_vietnamese_stays_legible_in_the_file(path):
    AnswerSheet(path, "de").save("C1", "Uỷ ban nhân dân", 0, NOW)
    assert "Uỷ ban nhân dân" in path.read_text(encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))["version"] == 1


def test_a_failed_atomic_write_leaves_neither_change_nor_scrap(tmp_path):
    target = tmp_path / "thu-muc"
    target.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomically(target, b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["thu-muc"]
