"""Results into nbgrader's gradebook, many at a time, with nbgrader's own meaning.

One transaction a batch: what is committed is whole submissions. The rows are those that
``nbgrader autograde`` would write one by one.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import bindparam, create_engine, select

from grading.gradebook.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Engine

    from grading.gradebook.course import Course
    from grading.gradebook.results import SubmissionResult

_ASSIGNMENT, _NOTEBOOK, _CELL = (t.__table__ for t in (api.Assignment, api.Notebook, api.BaseCell))
_STUDENT, _SUBMISSION = (t.__table__ for t in (api.Student, api.SubmittedAssignment))
_SUBMITTED, _GRADE, _COMMENT = (
    t.__table__ for t in (api.SubmittedNotebook, api.Grade, api.Comment)
)
_MOST_PARAMETERS = 500  # in one list, which every database takes


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    """One for all assignments of a gradebook: it keeps its statements ready, but no connection."""
    return create_engine(url)


class BulkWriter:
    """Writes the results of one assignment."""

    def __init__(self, course: Course, assignment: str) -> None:
        self._engine = _engine(course.db_url)
        self._late = AssignLatePenalties(config=course.config)
        self._late.init_plugin()
        self._creates = course.config.Autograde.get("create_student", True)
        with self._engine.connect() as connection:
            self._read(connection, assignment)

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()

    def _read(self, connection: Connection, assignment: str) -> None:
        row = connection.execute(
            select(_ASSIGNMENT.c.id, _ASSIGNMENT.c.duedate).where(_ASSIGNMENT.c.name == assignment)
        ).one()
        self._assignment, self._due = row
        notebooks = select(_NOTEBOOK.c.name, _NOTEBOOK.c.id)
        notebooks = notebooks.where(_NOTEBOOK.c.assignment_id == self._assignment)
        self._notebooks: dict[str, str] = {
            row.name: row.id for row in connection.execute(notebooks)
        }
        cells = select(_CELL.c.notebook_id, _CELL.c.id, _CELL.c.name, _CELL.c.type)
        cells = cells.where(_CELL.c.notebook_id.in_(list(self._notebooks.values())))
        self._graded: dict[str, dict[str, str]] = defaultdict(dict)
        self._commented: dict[str, dict[str, str]] = defaultdict(dict)
        for notebook, identifier, name, kind in connection.execute(cells):
            if kind in ("GradeCell", "TaskCell"):
                self._graded[notebook][name] = identifier
            if kind in ("SolutionCell", "TaskCell"):
                self._commented[notebook][name] = identifier

    def write(self, results: Sequence[SubmissionResult]) -> None:
        """Write a batch of admitted students' results in one transaction."""
        with self._engine.begin() as connection:
            self._students(connection, [result.student for result in results])
            submissions = self._submissions(connection, results)
            notebooks = self._submitted(connection, [row.id for row in submissions.values()])
            grades = self._rows(connection, _GRADE, self._graded, notebooks)
            comments = self._rows(connection, _COMMENT, self._commented, notebooks)
            changes = _Changes()
            for result in results:
                self._one(result, submissions[result.student], grades, comments, changes)
            changes.send(connection)

    def admit(self, student: str) -> None:
        """Make sure that results of this student can be written.

        Raises:
            RefusedError: when the student is unknown and the course does not allow new ones.
        """
        if self._creates:
            return
        with self._engine.connect() as connection:
            if not _among(connection, _STUDENT, "id", [student]):
                raise RefusedError("unknown-student")

    def _students(self, connection: Connection, students: list[str]) -> None:
        known = {row.id for row in _among(connection, _STUDENT, "id", students)}
        new = sorted(set(students) - known)
        if new:
            connection.execute(_STUDENT.insert(), [{"id": student} for student in new])

    def _submissions(
        self, connection: Connection, results: Sequence[SubmissionResult]
    ) -> dict[str, Any]:
        students = [result.student for result in results]

        def found() -> dict[str, Any]:
            rows = _among(connection, _SUBMISSION, "student_id", students)
            return {row.student_id: row for row in rows if row.assignment_id == self._assignment}

        known = found()
        new = [
            {"assignment_id": self._assignment, "student_id": student}
            for student in students
            if student not in known
        ]
        if new:
            connection.execute(_SUBMISSION.insert(), new)
        stamps = [
            {"who": result.student, "at": result.timestamp}
            for result in results
            if result.timestamp
        ]
        if stamps:
            mine = _SUBMISSION.c.assignment_id == self._assignment
            where = mine & (_SUBMISSION.c.student_id == bindparam("who"))
            connection.execute(
                _SUBMISSION.update().where(where).values(timestamp=bindparam("at")), stamps
            )
        return found()

    def _submitted(self, connection: Connection, submissions: list[str]) -> dict[str, Any]:
        """Rows of submitted notebooks by id, made where they are missing."""
        rows = _among(connection, _SUBMITTED, "assignment_id", submissions)
        known = {(row.assignment_id, row.notebook_id) for row in rows}
        new = [
            {"assignment_id": submission, "notebook_id": notebook}
            for submission in submissions
            for notebook in self._notebooks.values()
            if (submission, notebook) not in known
        ]
        if new:
            connection.execute(_SUBMITTED.insert(), new)
        rows = _among(connection, _SUBMITTED, "assignment_id", submissions)
        self._place = {(row.assignment_id, row.notebook_id): row.id for row in rows}
        return {row.id: row.notebook_id for row in rows}

    def _rows(
        self,
        connection: Connection,
        table: Any,
        cells: dict[str, dict[str, str]],
        notebooks: dict[str, str],
    ) -> dict[str, dict[str, Any]]:
        """Rows of grades or comments by submitted notebook and cell, made where missing."""
        rows = _among(connection, table, "notebook_id", list(notebooks))
        known = {(row.notebook_id, row.cell_id) for row in rows}
        new = [
            {"notebook_id": submitted, "cell_id": cell}
            for submitted, notebook in notebooks.items()
            for cell in cells[notebook].values()
            if (submitted, cell) not in known
        ]
        if new:
            connection.execute(table.insert(), new)
            rows = _among(connection, table, "notebook_id", list(notebooks))
        found: dict[str, dict[str, Any]] = defaultdict(dict)
        for row in rows:
            found[row.notebook_id][row.cell_id] = row
        return found

    def _one(
        self,
        result: SubmissionResult,
        submission: Any,
        grades: Any,
        comments: Any,
        changes: _Changes,
    ) -> None:
        late = self._seconds_late(submission)
        for marked in result.notebooks:
            notebook = self._notebooks[marked.name]
            place = self._place[submission.id, notebook]
            scores = {row.id: _given(row, row.auto_score) for row in grades[place].values()}
            for name, mark in marked.marks.items():
                row = grades[place][self._graded[notebook][name]]
                person = row.manual_score is not None or mark.score is None or mark.review
                changes.grade(row.id, mark.score, needs_person=person)
                scores[row.id] = _given(row, mark.score)
            for name, comment in marked.comments.items():
                changes.comment(comments[place][self._commented[notebook][name]].id, comment)
            changes.penalty(place, self._penalty(result.student, sum(scores.values()), late))
        for name in result.missing:
            place = self._place[submission.id, self._notebooks[name]]
            for row in grades[place].values():
                changes.grade(row.id, 0.0, needs_person=False)

    def _seconds_late(self, submission: Any) -> float:
        if submission.timestamp is None or self._due is None:
            return 0.0
        due = self._due + submission.extension if submission.extension else self._due
        return float(max(0.0, (submission.timestamp - due).total_seconds()))

    def _penalty(self, student: str, score: float, late: float) -> float | None:
        if late <= 0:
            return None
        penalty = self._late.plugin_inst.late_submission_penalty(student, score, late)
        if penalty is None:
            return None
        return float(self._late._check_late_penalty(SimpleNamespace(score=score), penalty))  # noqa: SLF001 - nbgrader's own bounds


class _Changes:
    """Updates collected for one statement a table."""

    def __init__(self) -> None:
        self._grades: list[dict[str, Any]] = []
        self._comments: list[dict[str, Any]] = []
        self._penalties: list[dict[str, Any]] = []

    def grade(self, row: str, score: float | None, *, needs_person: bool) -> None:
        self._grades.append({"row": row, "score": score, "person": needs_person})

    def comment(self, row: str, text: str | None) -> None:
        self._comments.append({"row": row, "text": text})

    def penalty(self, row: str, points: float | None) -> None:
        self._penalties.append({"row": row, "points": points})

    def send(self, connection: Connection) -> None:
        for table, names, rows in (
            (_GRADE, {"auto_score": "score", "needs_manual_grade": "person"}, self._grades),
            (_COMMENT, {"auto_comment": "text"}, self._comments),
            (_SUBMITTED, {"late_submission_penalty": "points"}, self._penalties),
        ):
            values: dict[str, Any] = {column: bindparam(name) for column, name in names.items()}
            if rows:
                statement = table.update().where(table.c.id == bindparam("row")).values(values)
                connection.execute(statement, rows)


def _given(row: Any, automatic: float | None) -> float:
    """A grade's score as nbgrader counts it."""
    score = row.manual_score if row.manual_score is not None else automatic
    return 0.0 if score is None else float(score) + float(row.extra_credit or 0.0)


def _among(connection: Connection, table: Any, column: str, values: Iterable[str]) -> list[Any]:
    wanted = list(values)
    rows: list[Any] = []
    for start in range(0, len(wanted), _MOST_PARAMETERS):
        chosen = wanted[start : start + _MOST_PARAMETERS]
        rows += connection.execute(select(table).where(table.c[column].in_(chosen))).all()
    return rows
