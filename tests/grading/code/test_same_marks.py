"""nbgrader's own course and test submissions get from the engine what nbgrader gives them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import nbgrader
import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.plugins import CsvExportPlugin
from sqlalchemy import create_engine, text

from grading.autograde import grade
from grading.gradebook.course import make_course, nbgrader_messages, release

pytestmark = pytest.mark.proof

NBGRADER = Path(nbgrader.__file__).parent
GUIDE = NBGRADER / "docs" / "source" / "user_guide"
FILES = NBGRADER / "tests" / "apps" / "files"

DUE = datetime(2015, 2, 1, 17, 0, tzinfo=UTC)

# assignment: its source, and the submissions that nbgrader's own tests autograde against it
FAMILIES = {
    "plain": (
        "submitted-unchanged",
        ("submitted-unchanged", "submitted-changed", "submitted-grade-cell-changed",
         "submitted-locked-cell-changed", "submitted-cheat-attempt",
         "submitted-cheat-attempt-alternative"),
    ),
    "simple": ("autotest-simple", ("autotest-simple-unchanged", "autotest-simple-changed")),
    "hashed": ("autotest-hashed", ("autotest-hashed-unchanged", "autotest-hashed-changed")),
    "hidden": (
        "autotest-hidden",
        ("autotest-hidden-unchanged", "autotest-hidden-changed-right",
         "autotest-hidden-changed-wrong"),
    ),
    "multi": ("autotest-multi", ("autotest-multi-unchanged", "autotest-multi-changed")),
    "hidden-tests": ("test-hidden-tests", ("test-hidden-tests",)),
    "side-effects": ("side-effects", ("side-effects",)),
    "relative-file": ("open_relative_file", ("open_relative_file",)),
}  # fmt: skip

GRADES = text("""
SELECT submitted_assignment.student_id, assignment.name, notebook.name, base_cell.name,
       base_cell.type, grade.auto_score, grade.manual_score, grade.needs_manual_grade,
       submitted_notebook.late_submission_penalty, submitted_assignment.timestamp
FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id ORDER BY 1, 2, 3, 4
""")
COMMENTS = text("""
SELECT submitted_assignment.student_id, assignment.name, notebook.name, base_cell.name,
       base_cell.type, comment.auto_comment
FROM comment JOIN base_cell ON base_cell.id = comment.cell_id
JOIN submitted_notebook ON submitted_notebook.id = comment.notebook_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id ORDER BY 1, 2, 3, 4
""")


def rows(course):
    engine = create_engine(course.db_url)
    with engine.connect() as connection:
        found = [
            tuple(row) for query in (GRADES, COMMENTS) for row in connection.execute(query).all()
        ]
    engine.dispose()
    return found


def build(folder):
    """The documentation's course, and every family of test files as an assignment of its own."""
    course = make_course(folder, "so-sanh")
    shutil.copytree(GUIDE / "source" / "ps1", folder / "source" / "ps1")
    shutil.copytree(GUIDE / "submitted", folder / "submitted")
    shutil.copy(FILES / "autotests.yml", folder)
    release(course, "ps1", DUE)
    for assignment, (source, submissions) in FAMILIES.items():
        (folder / "source" / assignment).mkdir()
        shutil.copy(FILES / f"{source}.ipynb", folder / "source" / assignment / "p1.ipynb")
        if assignment == "relative-file":
            shutil.copy(FILES / "data.txt", folder / "source" / assignment)
        release(course, assignment, DUE)
        for submission in submissions:
            place = folder / "submitted" / submission / assignment
            place.mkdir(parents=True)
            shutil.copy(FILES / f"{submission}.ipynb", place / "p1.ipynb")
            (place / "timestamp.txt").write_text("2015-02-01 17:25:00 UTC")
    return course


def tree(course):
    marked = course.folder / "autograded"
    return {str(path.relative_to(marked)) for path in marked.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def graded_twice(tmp_path_factory):
    """The same course graded by nbgrader and by the engine."""
    stock = build(tmp_path_factory.mktemp("nbgrader") / "course")
    ours = build(tmp_path_factory.mktemp("engine") / "course")
    for assignment in ("ps1", *FAMILIES):
        with nbgrader_messages():
            directory = stock.directory(assignment, "*")
            Autograde(coursedir=directory, config=stock.config).start()
        outcomes = list(grade(ours, assignment, {}))
        assert {outcome.state for outcome in outcomes} == {"graded"}
    return stock, ours


FLAG = 7  # of a row of grades: whether a person should look


def test_every_score_flag_penalty_and_comment_is_the_same_but_a_cheats_flag(graded_twice):
    stock, ours = graded_twice
    theirs, mine = rows(stock), rows(ours)
    assert len(theirs) > 100
    differing = [(a, b) for a, b in zip(theirs, mine, strict=True) if a != b]
    assert {b[0] for _, b in differing} == {
        "submitted-cheat-attempt",
        "submitted-cheat-attempt-alternative",
    }
    for a, b in differing:
        assert a[:FLAG] + a[FLAG + 1 :] == b[:FLAG] + b[FLAG + 1 :]
        assert (a[FLAG], b[FLAG]) == (0, 1)


def test_late_penalties_were_compared_and_not_all_nothing(graded_twice):
    stock, _ours = graded_twice
    assert any(row[8] for row in rows(stock) if len(row) == 10)


def test_the_autograded_tree_holds_the_same_files_and_the_stamps(graded_twice):
    stock, ours = graded_twice
    extra = {name for name in tree(ours) if name.endswith(".da-cham.json")}
    assert tree(ours) - extra == tree(stock)


def test_feedback_and_export_go_on_from_what_the_engine_wrote(graded_twice, tmp_path):
    _stock, ours = graded_twice
    with nbgrader_messages():
        directory = ours.directory("ps1", "bitdiddle")
        GenerateFeedback(coursedir=directory, config=ours.config).start()
        plugin = CsvExportPlugin(config=ours.config)
        plugin.to = str(tmp_path / "grades.csv")
        with Gradebook(ours.db_url) as gradebook:
            plugin.export(gradebook)
    assert (ours.folder / "feedback" / "bitdiddle" / "ps1" / "problem1.html").is_file()
    assert "bitdiddle" in (tmp_path / "grades.csv").read_text()
