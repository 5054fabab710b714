"""The main job, once for all: what it makes, and that running it again changes nothing."""

import hashlib
import json
import re
import sqlite3
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

import centre.demo as main_job
from centre.cli import app
from centre.cli.progress import Progress
from centre.database import open_centre
from centre.decisions.board import effective_decisions
from centre.decisions.decide import content_of, latest
from centre.demo import HABITS, SUSPECT, run_demo
from centre.ledger.check import check
from centre.marks.models import Mark
from centre.register.book import Book
from centre.register.issue import certificate_path
from centre.register.models import Entry
from centre.sittings.sitting import open_sitting
from courses.foundation.errors import CentreError
from courses.foundation.files import alone
from courses.lesson import lesson_paths
from grading.certification.decision import Status
from grading.credentials.verification import Verdict, verify
from grading.gradebook.scores import read_scores

GOLDEN = Path(__file__).parent / "golden" / "demo.json.gz"


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """A full run in a folder of its own, and its summary; only read by tests."""
    folder = tmp_path_factory.mktemp("demo") / "trung-tam"
    return folder, run_demo(folder, Progress(quiet=True))


@pytest.fixture
def sitting(demo):
    return open_sitting(open_centre(demo[0]), demo[1].sittings[0].code)


@pytest.fixture
def first(demo):
    return demo[1].sittings[0]


def digests(folder):
    """Every file's digest, but for databases and for checkpoints, which bear the hour."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".db" not in path.name and path.parent.name != "checkpoints"
    }


def rows(folder):
    counts = {}
    for path in [folder / "centre.db", *(folder / "sittings").glob("*/gradebook.db")]:
        connection = sqlite3.connect(path)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        for (table,) in tables:
            [(number,)] = connection.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            counts[path, table] = number
        connection.close()
    return counts


def test_all_five_statuses_occur(first):
    assert set(first.statuses) == {status.value for status in Status}
    assert sum(first.statuses.values()) == first.candidates


def test_every_lesson_is_built_and_every_file_is_there(demo):
    folder, summary = demo
    assert summary.lessons == len(lesson_paths()) == len(list((folder / "lessons").glob("*.ipynb")))
    for held in summary.sittings:
        course = folder / "sittings" / held.code
        names = ("nbgrader_config.py", "gradebook.db", "source", "release", "submitted", "marking")
        for place in [course / name for name in names] + list(held.reports):
            assert place.exists(), place
    for name in ("centre.toml", "centre.db", "keys", "checkpoints", "certificates"):
        assert (folder / name).exists(), name
    assert (folder / "keys").stat().st_mode & 0o77 == 0


def test_what_cannot_be_graded_is_what_was_damaged(first):
    damaged = {
        (who, paper)
        for who, habits in HABITS.items()
        for paper, habit in habits.items()
        if habit in ("damaged notebook", "nonsense answers")
    }
    assert {(o.student, o.assignment.partition("-")[0]) for o in first.failed} == damaged


def test_the_suspect_is_invalid_and_the_damaged_are_incomplete(sitting):
    status = {d.enrolment.candidate: d.status for d in latest(sitting)}
    assert status[SUSPECT] == Status.INVALID
    for who, habits in HABITS.items():
        if {"absent", "damaged notebook", "nonsense answers"} & set(habits.values()):
            assert status[who] == Status.INCOMPLETE


def test_each_pass_has_a_certificate_that_verifies_and_nobody_else(demo, sitting):
    summary, now = demo[1], datetime.now(UTC)
    files = [path for held in summary.sittings for path in held.certificates]
    assert len(files) == sum(held.statuses["PASS"] for held in summary.sittings)
    assert {one.verdict for one in summary.checked} == {Verdict.VALID}
    assert verify(files[-1], Book(sitting.centre, now), now).verdict is Verdict.VALID
    effective = {
        key
        for held in summary.sittings
        for key in effective_decisions(open_sitting(sitting.centre, held.code))
    }
    holders = Entry.objects.select_related("decision")
    assert {(e.decision.status, e.decision_id in effective) for e in holders} == {("PASS", True)}


def test_two_sittings_of_one_year_number_their_certificates_through(demo):
    serials = [path.stem for held in demo[1].sittings for path in held.certificates]
    assert all(held.certificates for held in demo[1].sittings)
    assert serials == [f"CIO-2026-{number:05}" for number in range(1, len(serials) + 1)]


def test_who_sits_again_is_counted_from_the_records_and_keeps_what_was_passed(demo, sitting):
    again = latest(open_sitting(sitting.centre, demo[1].sittings[1].code))
    before = {d.enrolment.person_id: content_of(d) for d in latest(sitting)}
    assert again
    for decision in again:
        content, earlier = content_of(decision), before[decision.enrolment.person_id]
        assert content["attempt"] == earlier["attempt"] + 1
        passed = {a["code"] for a in earlier["areas"] if a["outcome"] == "passed"}
        assert passed <= {a["code"] for a in content["areas"] if a["outcome"] == "kept"}


def test_nobody_gets_a_form_again(demo, sitting):
    second = open_sitting(sitting.centre, demo[1].sittings[1].code)
    used = {frozenset(i.id for i in form.items) for form in sitting.forms().values()}
    assert not used & {frozenset(i.id for i in form.items) for form in second.forms().values()}


def test_the_ledger_bears_everything_out_and_a_decision_replays(demo, sitting):
    assert (demo[1].findings, demo[1].same) == ([], True)
    assert check(sitting.centre) == []


def test_no_essay_is_left_unmarked_and_some_needed_a_third_marker(first, sitting):
    scores = read_scores(sitting.course)
    # What was nearly right waits for a person by itself: that is no essay.
    assert not scores[scores["kind"] == "TaskCell"]["pending"].any()
    assert 0 < first.adjudicated < first.essays


def told(sitting):
    """Forms, marks, levels, decisions and certificates of a sitting, as JSON values."""
    scores, levels = defaultdict(lambda: defaultdict(dict)), defaultdict(lambda: defaultdict(dict))
    for row in read_scores(sitting.course).itertuples():
        mark = [repr(float(row.score)), bool(row.pending), repr(float(row.penalty))]
        scores[row.student][row.assignment][row.cell] = mark
    marks = Mark.objects.filter(enrolment__sitting=sitting.record).order_by("revision")
    for mark in marks.select_related("enrolment"):
        levels[mark.enrolment.candidate][mark.item][mark.marker] = json.loads(mark.levels)
    entries = Entry.objects.filter(decision__enrolment__sitting=sitting.record)
    return {
        "forms": sitting.digests,
        "marks": scores,
        "levels": levels,
        "decisions": {d.enrolment.candidate: content_of(d) for d in latest(sitting)},
        "certificates": {
            entry.serial: certificate(sitting, entry)
            for entry in entries.select_related("decision__enrolment")
        },
    }


def certificate(sitting, entry):
    """An entry, and what its file says; the code alone is random."""
    text = PdfReader(certificate_path(sitting.centre, entry.serial)).pages[0].extract_text()
    return {
        "agency": entry.agency,
        "birth_date": entry.birth_date.isoformat(),
        "entry_number": entry.entry_number,
        "full_name": entry.full_name,
        "issued_on": entry.issued_on.isoformat(),
        "programme": entry.programme,
        "status": "valid",
        "text": text.replace(entry.verification_code, "<mã>"),
        "trainee_id": entry.decision.enrolment.candidate,
        "year": entry.year,
    }


def test_forms_marks_decisions_and_certificates_are_the_very_ones_of_the_golden(sitting, golden):
    found = json.loads(json.dumps(told(sitting)))
    wanted = golden(GOLDEN, found)
    assert set(found) == set(wanted)
    for part, kept in wanted.items():
        assert set(found[part]) == set(kept), part
        other = [key for key in kept if found[part][key] != kept[key]]
        assert other == [], part


def test_a_second_run_leaves_every_byte_and_every_row(demo):
    folder, summary = demo
    before, counted = digests(folder), rows(folder)
    second = run_demo(folder, Progress(quiet=True))
    assert digests(folder) == before
    assert rows(folder) == counted
    assert second.sittings == summary.sittings


def test_while_a_run_is_under_way_in_a_folder_another_is_refused(tmp_path):
    with alone(tmp_path), pytest.raises(CentreError, match="đang có một lần chạy khác"):
        run_demo(tmp_path, Progress(quiet=True))
    assert list(tmp_path.iterdir()) == []


def test_the_command_prints_the_summary_and_where_to_look_next(demo, monkeypatch):
    folder, summary = demo
    monkeypatch.setattr(main_job, "run_demo", lambda _folder, _progress: summary)
    result = CliRunner().invoke(app, ["demo", str(folder)])
    assert result.exit_code == 0
    shown = " ".join(result.output.split())
    for words in ("dữ liệu mô phỏng", "Đạt ", "Hợp lệ", "Không chấm được", "make serve"):
        assert words in shown
    assert re.search(r"Sổ nhật ký tính lại \S* ?\d+ dòng, 0 chỗ không đúng", shown)
