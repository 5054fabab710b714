"""What is written into a gradebook is what nbgrader itself reads out of it, and nothing besides."""

import shutil
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import LateSubmissionPlugin

from grading.gradebook.course import make_course, open_course
from grading.gradebook.refusals import RefusedError
from grading.gradebook.results import CellMark, NotebookResult, SubmissionResult
from grading.gradebook.writer import BulkWriter

DUE = datetime(2026, 1, 10, 10, 0)  # noqa: DTZ001 - as nbgrader keeps it
MINUTE = timedelta(minutes=1)
FULL = {"t1": CellMark(2.0), "e1": CellMark(None), "v1": CellMark(None)}


def add(gradebook, assignment, due):
    """An assignment of two notebooks whose cells have the same names."""
    gradebook.add_assignment(assignment, duedate=due)
    for notebook in ("N1", "N2"):
        place = (notebook, assignment)
        gradebook.add_notebook(*place)
        gradebook.add_grade_cell("t1", *place, max_score=2, cell_type="code")
        gradebook.add_grade_cell("e1", *place, max_score=3, cell_type="markdown")
        gradebook.add_solution_cell("e1", *place)
        gradebook.add_solution_cell("s1", *place)
        gradebook.add_task_cell("v1", *place, max_score=4, cell_type="markdown")
        gradebook.add_source_cell("t1", *place, cell_type="code")


def release(folder):
    with Gradebook(make_course(folder, "k").db_url) as gradebook:
        add(gradebook, "ps1", DUE)
        add(gradebook, "ps2", DUE)
        add(gradebook, "no-end", None)
        gradebook.add_student("cu")


@pytest.fixture
def course(specimen, tmp_path):
    """A course of one's own."""
    return open_course(shutil.copytree(specimen("so-diem", release), tmp_path / "khoa-hoc"))


def marked(name="N1", marks=None, comments=None):
    return NotebookResult(name, "", FULL if marks is None else marks, comments or {})


def result(student="hv1", *notebooks, at=None, assignment="ps1", **more):
    return SubmissionResult(student, assignment, at, notebooks or (marked(),), **more)


def write(course, *results, assignment="ps1"):
    writer = BulkWriter(course, assignment)
    try:
        writer.write(results)
    finally:
        writer.close()


@pytest.fixture
def submission(course):
    """Look at a submission as nbgrader reads it."""

    def look(read, student="hv1", assignment="ps1"):
        with Gradebook(course.db_url) as gradebook:
            return read(gradebook.find_submission(assignment, student))

    return look


def grades(one, name="N1"):
    notebook = next(n for n in one.notebooks if n.name == name)
    return {g.name: (g.auto_score, g.needs_manual_grade) for g in notebook.grades}


def comments(one, name="N1"):
    notebook = next(n for n in one.notebooks if n.name == name)
    return {c.name: c.auto_comment for c in notebook.comments}


def penalties(one):
    return {n.name: n.late_submission_penalty for n in one.notebooks}


def test_each_cell_has_its_mark_and_waits_for_a_person_where_one_is_asked(course, submission):
    marks = {"t1": CellMark(1.5), "e1": CellMark(0.0, review=True), "v1": CellMark(None)}
    write(course, result("hv1", marked(marks=marks)))
    assert submission(grades) == {"t1": (1.5, False), "e1": (0.0, True), "v1": (None, True)}
    assert submission(lambda one: (one.score, one.needs_manual_grade)) == (1.5, True)


def test_what_nobody_has_marked_yet_waits_and_nothing_is_flagged(course, submission):
    write(course, result("hv1", in_part=True))
    waiting = (None, True)
    assert submission(lambda one: grades(one, "N2")) == dict.fromkeys(("t1", "e1", "v1"), waiting)
    assert submission(lambda one: {n.flagged for n in one.notebooks}) == {False}


def test_comments_stand_at_the_cells_people_answer_in(course, submission):
    told = {"s1": "No response.", "e1": None, "v1": "Thiếu."}
    write(course, result("hv1", marked(comments=told)))
    assert submission(comments) == told
    assert submission(lambda one: comments(one, "N2")) == dict.fromkeys(told)
    write(course, result("hv1", marked(comments={"s1": None})))
    assert submission(comments) == told | {"s1": None}


def test_what_was_not_handed_in_is_worth_nothing_and_waits_for_nobody(course, submission):
    write(course, result(missing=("N2",)))
    nothing = (0.0, False)
    assert submission(lambda one: grades(one, "N2")) == dict.fromkeys(("t1", "e1", "v1"), nothing)
    assert submission(grades)["t1"] == (2.0, False)


def test_many_are_written_at_once_each_with_what_is_theirs(course, submission):
    write(
        course,
        result("hv2", marked(marks={"t1": CellMark(0.5)}, comments={"s1": "hai"}), at=DUE),
        result("cu", marked("N2", {"t1": CellMark(1.0)}, {"s1": "cũ"})),
        result("hv1", at=DUE - MINUTE),
    )
    assert submission(grades, "hv2")["t1"] == (0.5, False)
    assert submission(lambda one: grades(one, "N2"), "cu")["t1"] == (1.0, False)
    assert submission(grades, "cu")["t1"] == (None, True)
    assert submission(grades, "hv1")["t1"] == (2.0, False)
    assert submission(comments, "hv2")["s1"] == "hai"
    assert submission(lambda one: comments(one, "N2"), "cu")["s1"] == "cũ"
    when = [submission(lambda one: one.timestamp, who) for who in ("hv2", "cu", "hv1")]
    assert when == [DUE, None, DUE - MINUTE]


def test_another_assignment_is_not_touched(course, submission):
    other = {"t1": CellMark(0.25)}
    write(
        course,
        result("hv1", marked(marks=other), at=DUE, assignment="ps2"),
        assignment="ps2",
    )
    write(course, result("hv1", at=DUE + MINUTE))
    assert submission(grades, assignment="ps2")["t1"] == (0.25, False)
    assert submission(lambda one: one.timestamp, assignment="ps2") == DUE
    assert submission(grades)["t1"] == (2.0, False)
    assert submission(lambda one: one.timestamp) == DUE + MINUTE


def identities(course):
    """Every row by its id, in all tables of submissions."""
    with Gradebook(course.db_url) as gradebook:
        found = gradebook.find_submission("ps1", "hv1")
        rows = [found, *found.notebooks]
        rows += [row for n in found.notebooks for row in (*n.grades, *n.comments)]
        return sorted(row.id for row in rows), len(gradebook.students)


def test_writing_again_makes_no_second_row_and_changes_what_changed(course, submission):
    write(course, result(at=DUE), result("hv2"))
    before = identities(course)
    assert (len(before[0]), before[1]) == (1 + 2 + 6 + 6, 3)
    write(course, result("hv1", marked(marks={"t1": CellMark(0.0)})))
    assert identities(course) == before
    assert submission(grades) == {"t1": (0.0, False), "e1": (None, True), "v1": (None, True)}
    assert submission(lambda one: one.timestamp) == DUE  # a folder that does not say changes none


def change(course, how, student="hv1"):
    """Change a submission as an examiner may in nbgrader's own pages."""
    with Gradebook(course.db_url) as gradebook:
        how(gradebook.find_submission("ps1", student))
        gradebook.db.commit()


def give(**more):
    """Give a person's marks to cells of the first notebook."""

    def how(one):
        notebook = next(n for n in one.notebooks if n.name == "N1")
        for grade in notebook.grades:
            for name, value in more.get(grade.name, {}).items():
                setattr(grade, name, value)

    return how


def test_a_persons_mark_stands_and_its_cell_is_looked_at_again(course, submission):
    write(course, result())
    change(course, give(t1={"manual_score": 1.0}))
    write(course, result("hv1", marked(marks={"t1": CellMark(0.0)})))
    assert submission(grades)["t1"] == (0.0, True)
    assert submission(lambda one: one.score) == 1.0


@pytest.mark.parametrize(
    ("at", "periods"),
    [
        (None, None),
        (DUE - MINUTE, None),
        (DUE, None),
        (DUE + timedelta(seconds=1), 1),
        (DUE + 10 * MINUTE, 1),
        (DUE + 11 * MINUTE, 2),
    ],
)
def test_a_late_submission_loses_a_share_of_each_notebook(course, submission, at, periods):
    half = marked("N2", {"t1": CellMark(1.0)})
    write(course, result("hv1", marked(), half, at=at))
    lost = {
        name: periods and pytest.approx(score * 0.05 * periods)
        for name, score in (("N1", 2.0), ("N2", 1.0))
    }
    assert submission(penalties) == lost


def test_without_an_end_nobody_is_late(course, submission):
    write(course, result(at=DUE, assignment="no-end"), assignment="no-end")
    assert submission(penalties, assignment="no-end") == {"N1": None, "N2": None}


def test_an_extension_moves_the_end_and_takes_the_penalty_off(course, submission):
    late = DUE + 11 * MINUTE
    write(course, result(at=late))
    change(course, lambda one: setattr(one, "extension", 5 * MINUTE))
    write(course, result(at=late))
    assert submission(penalties)["N1"] == pytest.approx(2.0 * 0.05)
    change(course, lambda one: setattr(one, "extension", 11 * MINUTE))
    write(course, result(at=late))
    assert submission(penalties)["N1"] is None


class Asked(LateSubmissionPlugin):
    """Keeps what it was asked, and answers as it is told to."""

    asked: list = []  # noqa: RUF012 - one for all, as the plugin is made anew
    answer = None

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        """As nbgrader asks."""
        self.asked.append((student_id, score, total_seconds_late))
        return self.answer


@pytest.fixture
def asked(course, monkeypatch):
    """The course with that plugin."""
    course.config.AssignLatePenalties.plugin_class = Asked
    monkeypatch.setattr(Asked, "asked", [])
    return course


def test_the_penalty_is_taken_from_the_score_as_nbgrader_counts_it(asked, submission):
    write(asked, result())
    people = {"e1": {"manual_score": 1.5}, "v1": {"extra_credit": 9.0}}
    change(asked, give(t1={"extra_credit": 0.5}, **people))
    late = DUE + 90 * MINUTE
    write(asked, result("hv1", marked(marks={"t1": CellMark(1.0), "e1": CellMark(2.0)}), at=late))
    assert Asked.asked == [("hv1", 1.0 + 0.5 + 1.5, 90 * 60.0)]
    assert submission(penalties)["N1"] is None


def test_a_mark_that_was_not_given_anew_counts_as_it_stands(asked):
    write(asked, result("hv1", marked(marks={"t1": CellMark(2.0), "e1": CellMark(1.0)})))
    write(asked, result("hv1", marked(marks={"e1": CellMark(0.5)}), at=DUE + MINUTE))
    assert [score for _, score, _ in Asked.asked] == [2.5]


@pytest.mark.parametrize(("answer", "taken"), [(-1.0, 0.0), (1.5, 1.5), (9.0, 2.0), (0.0, 0.0)])
def test_a_penalty_is_never_less_than_nothing_nor_more_than_the_score(
    asked, submission, monkeypatch, answer, taken
):
    monkeypatch.setattr(Asked, "answer", answer)
    write(asked, result(at=DUE + MINUTE))
    assert submission(penalties)["N1"] == taken


def test_a_course_that_does_not_make_students_admits_only_those_it_has(course):
    writer = BulkWriter(course, "ps1")
    writer.admit("moi")
    course.config.Autograde.create_student = False
    strict = BulkWriter(course, "ps1")
    strict.admit("cu")
    with pytest.raises(RefusedError) as refused:
        strict.admit("moi")
    assert refused.value.refusal == "unknown-student"
    for one in (writer, strict):
        one.close()


def test_more_than_a_database_takes_at_once_are_written_in_parts(course):
    students = [f"hv{number:03}" for number in range(501)]
    for score in (1.0, 2.0):
        marks = {"t1": CellMark(score)}
        write(course, *(result(student, marked(marks=marks)) for student in students))
        with Gradebook(course.db_url) as gradebook:
            found = gradebook.assignment_submissions("ps1")
            assert sorted(one.student_id for one in found) == students
            assert gradebook.average_assignment_score("ps1") == pytest.approx(score)
