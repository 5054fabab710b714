"""Grading a folder of submissions: each failure named, the others graded, nothing half-done."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from sittings import form_of, grade_all, hand_in, ids

from assessments.handing_in.answers import answers_path
from courses.foundation.errors import SittingError
from grading.autograde import grade
from grading.gradebook.course import open_course
from grading.gradebook.scores import read_scores
from grading.gradebook.submission import LARGEST_SUBMISSION

# Grades the papers of a sitting, saying so after each submission; arguments: centre and code.
GRADER = """
import sys
from pathlib import Path
from centre.database import open_centre
from centre.sittings.sitting import open_sitting
from grading.autograde import grade
sitting = open_sitting(open_centre(Path(sys.argv[1])), sys.argv[2])
forms = sitting.forms()
for code in forms:
    for outcome in grade(sitting.course, code, forms):
        print(outcome.student, outcome.state, flush=True)
"""


def place(sitting, way, paper="QL"):
    """The submission of one trainee: its folder and its only competency."""
    form = form_of(sitting, ids(sitting)[way], paper)
    folder = sitting.course.path("submitted", ids(sitting)[way], form.code)
    return folder, form.competencies[0]


def marks(sitting):
    """The gradebook's content, without the ids it makes up."""
    return read_scores(sitting.course).sort_values(["student", "cell"]).to_dict("records")


def outcome_of(sitting, way, outcomes, paper="QL"):
    form = form_of(sitting, ids(sitting)[way], paper)
    return next(o for o in outcomes if (o.student, o.assignment) == (ids(sitting)[way], form.code))


def truncate(folder, competency):
    notebook = folder / f"{competency}.ipynb"
    notebook.write_bytes(notebook.read_bytes()[:700])


def nonsense(folder, competency):
    answers_path(folder, competency).write_text('{"version": 1, "answers": [[["###')


def link(folder, competency):
    answers_path(folder, competency).unlink()
    answers_path(folder, competency).symlink_to("/etc/hostname")


def hidden_link(folder, _competency):
    (folder / "ghi-chu").symlink_to("/etc")


def huge(folder, _competency):
    with (folder / "phu-luc.bin").open("wb") as file:
        file.truncate(LARGEST_SUBMISSION + 1)


def other_form(folder, competency):
    path = answers_path(folder, competency)
    sheet = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(sheet | {"subject": "0" * 64}), "utf-8")


def missing(folder, competency):
    (folder / f"{competency}.ipynb").unlink()


def folder_for_file(folder, competency):
    (folder / f"{competency}.ipynb").unlink()
    (folder / f"{competency}.ipynb").mkdir()


DAMAGES = [
    (truncate, "bị hỏng, không đọc được"),
    (nonsense, "không đúng định dạng"),
    (link, "liên kết"),
    (hidden_link, "liên kết"),
    (huge, "lớn bất thường"),
    (other_form, "thuộc một đề khác"),
    (missing, "thiếu tệp bài thi"),
    (folder_for_file, "ipynb"),
]


@pytest.mark.parametrize(
    ("damage", "words"), DAMAGES, ids=lambda value: getattr(value, "__name__", "")
)
def test_what_cannot_be_graded_is_reported_with_its_reason_and_the_others_are_graded(
    sitting, damage, words
):
    for way in ("all right", "partial"):
        hand_in(sitting, ids(sitting)[way], "QL", way)
    damage(*place(sitting, "partial"))
    outcomes = grade_all(sitting)
    failed = outcome_of(sitting, "partial", outcomes)
    assert (failed.state, words in failed.reason) == ("failed", True), failed.reason
    assert outcome_of(sitting, "all right", outcomes).state == "graded"
    assert {row["student"] for row in marks(sitting)} == {ids(sitting)["all right"]}
    assert not sitting.course.path("autograded", failed.student, failed.assignment).exists()


@pytest.mark.parametrize("damage", [truncate, nonsense])
def test_a_submission_replaced_by_a_damaged_one_leaves_the_marks_there_are_and_says_so(
    graded, damage
):
    before = marks(graded)
    damage(*place(graded, "partial"))
    failed = outcome_of(graded, "partial", grade_all(graded))
    assert (failed.state, failed.kept) == ("failed", True)
    assert marks(graded) == before
    assert graded.course.path("autograded", failed.student, failed.assignment).exists()


def test_a_restored_submission_is_graded_as_if_it_had_never_been_damaged(graded):
    before = marks(graded)
    folder, competency = place(graded, "partial")
    whole = (folder / f"{competency}.ipynb").read_bytes()
    truncate(folder, competency)
    grade_all(graded)
    (folder / f"{competency}.ipynb").write_bytes(whole)
    assert outcome_of(graded, "partial", grade_all(graded)).state == "unchanged"
    assert marks(graded) == before


def test_a_second_run_grades_nothing_and_changes_nothing(graded):
    before = marks(graded)
    files = {p: p.read_bytes() for p in graded.folder.rglob("*") if p.is_file()}
    assert {outcome.state for outcome in grade_all(graded)} == {"unchanged"}
    assert marks(graded) == before
    assert {p: p.read_bytes() for p in graded.folder.rglob("*") if p.is_file()} == files


def test_grading_everything_anew_gives_the_same_marks(graded):
    before = marks(graded)
    assert {outcome.state for outcome in grade_all(graded, force=True)} == {"graded"}
    assert marks(graded) == before


def test_a_changed_submission_is_graded_again_and_only_that_one(graded):
    hand_in(graded, ids(graded)["blank"], "QL", "all right")
    outcomes = grade_all(graded)
    assert [o.student for o in outcomes if o.state == "graded"] == [ids(graded)["blank"]]
    mine = [row["score"] for row in marks(graded) if row["student"] == ids(graded)["blank"]]
    assert sum(mine) == 12


def test_one_student_can_be_graded_alone(graded):
    who = ids(graded)["partial"]
    outcomes = grade_all(graded, student=who, force=True)
    assert {outcome.student for outcome in outcomes} == {who}
    assert len(outcomes) == 4


@pytest.mark.parametrize("graded_before_the_kill", [0, 1, 3])
def test_a_killed_run_is_completed_by_running_again(graded, graded_before_the_kill):
    expected = marks(graded)
    shutil.rmtree(graded.folder / "autograded")
    command = [sys.executable, "-c", GRADER, str(graded.centre.folder), graded.code]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for _ in range(graded_before_the_kill):
        run.stdout.readline()
    run.send_signal(signal.SIGKILL)
    run.communicate()
    outcomes = grade_all(graded)
    assert {outcome.state for outcome in outcomes} <= {"graded", "unchanged"}
    assert marks(graded) == expected


def add_cell(folder, competency, source):
    path = folder / f"{competency}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_code_cell(source, id="cua-thi-sinh"))
    nbformat.write(notebook, path)


def test_a_candidates_code_never_runs_and_the_changed_notebook_is_named(sitting, tmp_path):
    marker = tmp_path / "da-chay"
    hand_in(sitting, ids(sitting)["all right"], "QL", "all right")
    folder, competency = place(sitting, "all right")
    add_cell(folder, competency, f"open({str(marker)!r}, 'w').close()")
    [outcome] = grade_all(sitting)
    assert (outcome.state, outcome.altered) == ("graded", (f"{competency}.ipynb",))
    assert not marker.exists()
    assert sum(row["score"] for row in marks(sitting)) == 12


def test_a_notebook_that_claims_its_own_points_earns_what_the_answers_earn(sitting):
    hand_in(sitting, ids(sitting)["blank"], "QL", "blank")
    folder, competency = place(sitting, "blank")
    path = folder / f"{competency}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader.points = 100
            cell.source = "100.0"
    nbformat.write(notebook, path)
    [outcome] = grade_all(sitting)
    assert outcome.altered == (path.name,)
    assert sum(row["score"] for row in marks(sitting)) == 0
    assert {row["max_score"] for row in marks(sitting)} == {2, 8}


def test_a_notebook_that_was_only_run_is_not_called_altered(sitting):
    hand_in(sitting, ids(sitting)["all right"], "QL", "all right")
    folder, competency = place(sitting, "all right")
    path = folder / f"{competency}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        cell.execution_count = number
    nbformat.write(notebook, path)
    [outcome] = grade_all(sitting)
    assert outcome.altered == ()


def test_files_beside_the_paper_do_no_harm(sitting):
    hand_in(sitting, ids(sitting)["all right"], "QL", "all right")
    folder, _ = place(sitting, "all right")
    (folder / "nhap.ipynb").write_text("không phải sổ", "utf-8")
    (folder / "ghi chú – nháp.txt").write_text("nháp", "utf-8")
    [outcome] = grade_all(sitting)
    assert outcome.state == "graded", outcome.reason
    assert sum(row["score"] for row in marks(sitting)) == 12


def test_a_folder_without_configuration_is_no_course(tmp_path):
    with pytest.raises(SittingError, match=r"thiếu nbgrader_config\.py") as refused:
        open_course(tmp_path)
    assert refused.value.path == tmp_path


@pytest.mark.proof
def test_a_course_that_nbgrader_itself_made_is_graded_in_a_sandbox(tmp_path):
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    folder = tmp_path / "khoa-hoc"
    for command in (("quickstart", str(folder)), ("generate_assignment", "ps1")):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=folder if folder.exists() else tmp_path,
            env=environment,
            capture_output=True,
            check=True,
        )
    shutil.copytree(folder / "source" / "ps1", folder / "submitted" / "hv1" / "ps1")
    course = open_course(folder)
    [outcome] = grade(course, "ps1", {})
    assert outcome.state == "graded"
    assert outcome.tier in ("namespaces", "landlock")
    code = read_scores(course).loc[lambda scores: ~scores["pending"]]
    assert (code["score"] == code["max_score"]).all()
    assert code["max_score"].sum() > 0
