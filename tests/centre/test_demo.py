"""The main job, once for all: what it makes, and that running it again changes nothing."""

import hashlib
import sqlite3

import pytest
from grading.certification.evidence import latest_of_all
from grading.cli import app
from grading.demo import HABITS, SUSPECT, run_demo
from grading.progress import Progress
from grading.records.ledger import broken_lines
from grading.records.schema import BoardApproval, RegisterEntry
from grading.sitting import open_sitting
from sittings import DECIDED_ON
from sqlalchemy import select
from typer.testing import CliRunner

from courses.lesson import lesson_paths
from grading import demo as main_job
from grading.certification.decision import Status
from grading.credentials.verification import Verdict, verify
from grading.gradebook.scores import read_scores


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """A full run in a folder of its own, and its summary; only read by tests."""
    folder = tmp_path_factory.mktemp("demo") / "ky-thi"
    return folder, run_demo(folder, Progress(quiet=True))


@pytest.fixture
def sitting(demo):
    return open_sitting(demo[0])


def digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".db"
    }


def rows(folder):
    counts = {}
    for name in ("gradebook.db", "records.db"):
        connection = sqlite3.connect(folder / name)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        for (table,) in tables:
            [(number,)] = connection.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            counts[name, table] = number
        connection.close()
    return counts


def test_all_five_statuses_occur(demo):
    assert set(demo[1].statuses) == {status.value for status in Status}
    assert sum(demo[1].statuses.values()) == demo[1].trainees


def test_every_lesson_is_built_and_every_file_is_there(demo):
    folder, summary = demo
    assert summary.lessons == len(lesson_paths()) == len(list((folder / "lessons").glob("*.ipynb")))
    for name in (
        *("sitting.toml", "nbgrader_config.py", "gradebook.db", "records.db"),
        *("source", "release", "papers", "submitted", "autograded", "marking", "keys"),
        *("reports/cohort.pdf", "reports/cohort.xlsx"),
    ):
        assert (folder / name).exists(), name
    assert (folder / "keys").stat().st_mode & 0o77 == 0


def test_what_cannot_be_graded_is_what_was_damaged(demo):
    damaged = {
        (who, paper)
        for who, habits in HABITS.items()
        for paper, habit in habits.items()
        if habit in ("damaged notebook", "nonsense answers")
    }
    failed = {(o.student, o.assignment.partition("-")[0]) for o in demo[1].failed}
    assert failed == damaged


def test_the_suspect_is_invalid_and_the_damaged_are_incomplete(sitting):
    with sitting.records() as session:
        status = {d.trainee_id: d.status for d in latest_of_all(session)}
    assert status[SUSPECT] == Status.INVALID
    for who, habits in HABITS.items():
        if {"absent", "damaged notebook", "nonsense answers"} & set(habits.values()):
            assert status[who] == Status.INCOMPLETE


def test_each_pass_has_a_certificate_that_verifies_and_nobody_else(demo, sitting):
    summary = demo[1]
    assert summary.checked.verdict is Verdict.VALID
    assert len(summary.certificates) == summary.statuses["PASS"]
    with sitting.records() as session:
        approved = set(session.scalars(select(BoardApproval.decision_id)))
        holders = session.scalars(select(RegisterEntry)).all()
        assert {entry.decision_id for entry in holders} <= approved
        verdicts = {verify(path, session, DECIDED_ON).verdict for path in summary.certificates}
    assert verdicts == {Verdict.VALID}


def test_the_ledger_is_unbroken(sitting):
    with sitting.records() as session:
        assert broken_lines(session) == []


def test_no_essay_is_left_unmarked_and_some_needed_a_third_marker(demo, sitting):
    assert not read_scores(sitting.course)["pending"].any()
    assert 0 < demo[1].adjudicated < demo[1].essays


def test_a_second_run_leaves_every_byte_and_every_row(demo):
    folder, first = demo
    before, counted = digests(folder), rows(folder)
    second = run_demo(folder, Progress(quiet=True))
    assert digests(folder) == before
    assert rows(folder) == counted
    assert second.statuses == first.statuses
    assert second.certificates == first.certificates


def test_the_command_prints_the_summary_and_where_to_look_next(demo, monkeypatch):
    folder, summary = demo
    monkeypatch.setattr(main_job, "run_demo", lambda _folder, _progress: summary)
    result = CliRunner().invoke(app, ["demo", str(folder)])
    assert result.exit_code == 0
    shown = " ".join(result.output.split())
    for words in ("dữ liệu mô phỏng", "Đạt ", "Hợp lệ", "Không chấm được", "make serve"):
        assert words in shown
