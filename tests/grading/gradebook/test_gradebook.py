"""Our marks are nbgrader's marks: cell by cell, in totals, in its exports and its pages."""

import csv
import math
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from sittings import form_of, grade_all, ids, reopen

from courses.foundation.errors import GradingError
from grading.gradebook.course import nbgrader_messages
from grading.gradebook.scores import ManualMark, paper_totals, read_scores, write_marks


def nbgrader(folder, *arguments):
    """Run stock nbgrader in a course folder."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def cells(course):
    """Score, waiting and penalty of every cell, by where it is."""
    frame = read_scores(course)
    return {
        (row.student, row.assignment, row.cell): (row.score, row.pending, row.penalty)
        for row in frame.itertuples()
    }


def essay_mark(sitting, way, points, paper="QL"):
    form = form_of(sitting, ids(sitting)[way], paper)
    item = next(item for item in form.items if item.rubric)
    return ManualMark(ids(sitting)[way], form.code, item.competency, item.id, points)


@pytest.fixture(scope="session")
def stock(graded_folder, tmp_path_factory):
    """The graded sitting, graded once more by plain ``nbgrader autograde``."""
    sitting = reopen(graded_folder, tmp_path_factory.mktemp("mau") / "nbgrader")
    folder = sitting.folder
    shutil.rmtree(folder / "autograded")
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        for assignment in gradebook.assignments:
            for submission in list(assignment.submissions):
                gradebook.remove_submission(assignment.name, submission.student_id)
        names = [assignment.name for assignment in gradebook.assignments]
    for name in names:
        if any((folder / "submitted").glob(f"*/{name}")):
            run = nbgrader(folder, "autograde", name)
            assert run.returncode == 0, run.stderr
    return sitting


@pytest.mark.proof
def test_plain_nbgrader_autograde_gives_every_cell_the_mark_we_give(stock, graded):
    assert cells(stock.course) == cells(graded.course)


@pytest.mark.proof
def test_plain_nbgrader_export_counts_the_totals_we_count(stock):
    run = nbgrader(stock.folder, "export")
    assert run.returncode == 0, run.stderr
    with (stock.folder / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = {(r["student_id"], r["assignment"]): r for r in csv.DictReader(file)}
    totals = paper_totals(read_scores(stock.course))
    assert len(totals) == 12
    for total in totals.itertuples():
        row = rows[total.student, total.assignment]
        assert math.isclose(float(row["score"]), total.score)
        assert float(row["max_score"]) == total.max_score


def test_each_way_of_answering_earns_what_it_is_worth(graded):
    who = ids(graded)
    totals = {
        row.student: row.score
        for row in paper_totals(read_scores(graded.course)).itertuples()
        if row.assignment.startswith("QL")
    }
    objective = 12  # the essay's 8 points wait for people
    assert totals[who["all right"]] == objective
    assert totals[who["blank"]] == totals[who["malformed"]] == 0
    assert 0 < totals[who["partial"]] < objective
    assert totals[who["late"]] == pytest.approx(objective * 0.9)  # two periods begun
    assert totals[who["all wrong"]] < totals[who["partial"]]


def test_who_did_not_submit_has_no_rows_and_a_blank_submission_has(graded):
    frame, who = read_scores(graded.course), ids(graded)
    sat = {(row.student, row.assignment.partition("-")[0]) for row in frame.itertuples()}
    assert (who["blank"], "QL") in sat
    assert (who["blank"], "KT") not in sat


def test_an_essay_waits_for_people_even_when_it_is_blank(graded):
    frame = read_scores(graded.course)
    tasks = frame[frame["kind"] == "TaskCell"]
    assert len(tasks) == 12
    assert tasks["pending"].all()
    assert not frame[frame["kind"] != "TaskCell"]["pending"].any()


def test_formgraders_own_queries_show_the_submissions(graded):
    with nbgrader_messages():
        api = NbGraderAPI(coursedir=graded.course.directory())
        shown = {s["student"]: s for s in api.get_submissions(_code(graded, "all right"))}
        notebooks = api.get_notebook_submissions(_code(graded, "all right"), "QL4")
    mine = shown[ids(graded)["all right"]]
    assert (mine["autograded"], mine["score"], mine["needs_manual_grade"]) == (True, 12, True)
    assert ids(graded)["all right"] in {notebook["student"] for notebook in notebooks}


def _code(sitting, way, paper="QL"):
    return form_of(sitting, ids(sitting)[way], paper).code


def test_an_essay_mark_counts_and_no_longer_waits(graded):
    assert write_marks(graded.course, [essay_mark(graded, "all right", 6.5)]) == 1
    totals = paper_totals(read_scores(graded.course))
    mine = totals[(totals["student"] == ids(graded)["all right"])]
    mine = mine[mine["assignment"].str.startswith("QL")].iloc[0]
    assert (mine["score"], bool(mine["pending"])) == (18.5, False)


def test_the_late_penalty_is_taken_anew_from_the_whole_score(graded):
    write_marks(graded.course, [essay_mark(graded, "late", 8.0)])
    totals = paper_totals(read_scores(graded.course))
    mine = totals[totals["student"] == ids(graded)["late"]].iloc[0]
    assert mine["score"] == pytest.approx(20 * 0.9)


def test_writing_the_same_marks_again_changes_nothing(graded):
    marks = [essay_mark(graded, "all right", 6.5), essay_mark(graded, "late", 8.0)]
    assert write_marks(graded.course, marks) == 2
    before = cells(graded.course)
    assert write_marks(graded.course, marks) == 0
    assert cells(graded.course) == before


def test_a_mark_for_nobody_is_refused_and_nothing_of_the_batch_is_written(graded):
    good = essay_mark(graded, "all right", 6.5)
    stranger = ManualMark("CIO26-999", good.assignment, good.notebook, good.cell, 1.0)
    before = cells(graded.course)
    with pytest.raises(GradingError, match="CIO26-999"):
        write_marks(graded.course, [good, stranger])
    assert cells(graded.course) == before


def test_grading_again_keeps_the_marks_people_gave(graded):
    write_marks(graded.course, [essay_mark(graded, "all right", 6.5)])
    grade_all(graded, force=True)
    key = next(k for k in cells(graded.course) if k[0] == ids(graded)["all right"] and "-E" in k[2])
    scores = {k: v for k, v in cells(graded.course).items() if k[0] == key[0] and "QL" in k[1]}
    assert sum(score for score, _, _ in scores.values()) == 18.5


def in_gradebook(sitting, way, change):
    """Change a candidate's submission of QL as an examiner may in nbgrader's own pages."""
    with Gradebook(sitting.course.db_url) as gradebook:
        place = (_code(sitting, way), ids(sitting)[way])
        change(gradebook.find_submission(*place))
        gradebook.db.commit()


def test_an_extension_that_an_examiner_gave_takes_the_penalty_off_when_it_covers_the_delay(graded):
    """Fifteen minutes late: covered by as many, and not by ten."""
    late = ids(graded)["late"]
    penalties = []
    for minutes in (0, 10, 15):
        extension = timedelta(minutes=minutes)
        in_gradebook(graded, "late", lambda one, more=extension: setattr(one, "extension", more))
        grade_all(graded, force=True)
        penalties.append(sum({v[2] for k, v in cells(graded.course).items() if k[0] == late}))
    assert penalties == [pytest.approx(12 * 0.1), pytest.approx(12 * 0.05), 0.0]


def test_extra_credit_counts_towards_the_score_that_the_penalty_is_taken_from(graded):
    item = next(i for i in form_of(graded, ids(graded)["late"], "QL").items if not i.rubric)

    def generous(submission):
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                if grade.name == item.id:
                    grade.extra_credit = 2.0

    in_gradebook(graded, "late", generous)
    grade_all(graded, force=True)
    found = {k[2]: v for k, v in cells(graded.course).items() if k[0] == ids(graded)["late"]}
    assert found[item.id][0] == float(item.points) + 2.0
    [penalty] = {penalty for _, _, penalty in found.values()}
    assert penalty == pytest.approx((12 + 2) * 0.1)


def test_before_anything_is_graded_there_are_no_scores_and_no_totals(sitting):
    assert read_scores(sitting.course).empty
    assert paper_totals(read_scores(sitting.course)).empty
