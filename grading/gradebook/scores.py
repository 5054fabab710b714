"""Reading the gradebook in bulk, and writing agreed human marks back into it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import create_engine, text

from courses.foundation.errors import GradingError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grading.gradebook.course import Course

_SCORES = text("""
SELECT student.id AS student, assignment.name AS assignment, notebook.name AS notebook,
       base_cell.name AS cell, base_cell.type AS kind,
       grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade,
       COALESCE(grade_cells.max_score, task_cells.max_score) AS max_score,
       submitted_notebook.late_submission_penalty AS penalty,
       submitted_assignment.timestamp AS submitted_at
FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
LEFT JOIN grade_cells ON grade_cells.id = base_cell.id
LEFT JOIN task_cells ON task_cells.id = base_cell.id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
JOIN student ON student.id = submitted_assignment.student_id
ORDER BY assignment, student, notebook, cell
""")


@dataclass(frozen=True)
class ManualMark:
    """An agreed human mark: unrounded points for one cell of one submission.

    None takes a mark back: the cell waits for a person again.
    """

    student: str
    assignment: str
    notebook: str
    cell: str
    points: float | None


def read_scores(course: Course) -> pd.DataFrame:
    """Every mark in the gradebook, one row a student, notebook and cell.

    Returns:
        Columns ``student, assignment, notebook, cell, kind, max_score, score, pending,
        penalty, submitted_at``. ``score`` is nbgrader's: manual before automatic, plus extra
        credit, before the penalty; ``pending`` says that a person has still to mark the cell;
        ``penalty`` is the notebook's late penalty, repeated on each of its rows. Who did not
        submit has no rows: absent is not zero.
    """
    engine = create_engine(course.db_url)
    with engine.connect() as connection:
        frame = pd.read_sql_query(_SCORES, connection)
    engine.dispose()
    # An extension makes rows before anything is graded: only what has been graded counts.
    pairs = list(zip(frame["student"], frame["assignment"], strict=True))
    graded = {pair for pair in set(pairs) if course.path("autograded", *pair).is_dir()}
    counted = pd.Series([pair in graded for pair in pairs], index=frame.index, dtype=bool)
    frame = frame[counted].reset_index(drop=True)
    given = frame["manual_score"].astype(float).combine_first(frame["auto_score"].astype(float))
    return frame.assign(
        score=given.fillna(0.0) + frame["extra_credit"].astype(float).fillna(0.0),
        pending=given.isna() | frame["needs_manual_grade"].astype(bool),
        penalty=frame["penalty"].astype(float).fillna(0.0),
    ).drop(columns=["auto_score", "manual_score", "extra_credit", "needs_manual_grade"])


def paper_totals(scores: pd.DataFrame) -> pd.DataFrame:
    """Totals by student and assignment, as ``nbgrader export`` counts them.

    Returns:
        Columns ``student, assignment, score, max_score, pending, submitted_at``; ``score`` is
        after the late penalty and never below 0.
    """
    notebooks = scores.groupby(["student", "assignment", "notebook"], as_index=False).agg(
        score=("score", "sum"),
        max_score=("max_score", "sum"),
        pending=("pending", "any"),
        penalty=("penalty", "first"),
        submitted_at=("submitted_at", "first"),
    )
    totals = notebooks.groupby(["student", "assignment"], as_index=False).agg(
        score=("score", "sum"),
        max_score=("max_score", "sum"),
        pending=("pending", "any"),
        penalty=("penalty", "sum"),
        submitted_at=("submitted_at", "first"),
    )
    net = (totals["score"] - totals["penalty"]).clip(lower=0.0)
    return totals.assign(score=net).drop(columns="penalty")


def exact(points: Any) -> Decimal:
    """The gradebook's number, unrounded: the shortest decimal that is this float."""
    return Decimal(repr(float(points)))


def competency_shares(scores: pd.DataFrame) -> dict[str, dict[str, Decimal]]:
    """Share of points by student and competency (a notebook each), before late penalties."""
    marked = scores.groupby(["student", "notebook"], as_index=False).agg(
        score=("score", "sum"), max_score=("max_score", "sum"), pending=("pending", "any")
    )
    shares: dict[str, dict[str, Decimal]] = {}
    for row in marked[~marked["pending"]].itertuples():
        share = exact(row.score) / exact(row.max_score)
        shares.setdefault(str(row.student), {})[str(row.notebook)] = share
    return shares


def write_marks(course: Course, marks: Iterable[ManualMark]) -> int:
    """Write agreed marks into the gradebook; return how many changed anything.

    The late penalty of a notebook is taken anew from its whole score. All marks are written
    in one transaction.

    Raises:
        GradingError: when a mark is for a cell or submission the gradebook does not have;
            nothing is written then.
    """
    late_penalties = AssignLatePenalties(config=course.config)
    late_penalties.init_plugin()
    plugin = late_penalties.plugin_inst
    changed = 0
    with Gradebook(course.db_url) as gradebook:
        for mark in marks:
            place = (mark.notebook, mark.assignment, mark.student)
            try:
                grade = gradebook.find_grade(mark.cell, *place)
                notebook = gradebook.find_submission_notebook(*place)
            except MissingEntry:
                gradebook.db.rollback()
                raise GradingError(
                    f"sổ điểm không có câu {mark.cell} của {mark.student} ở bài {mark.assignment}"
                ) from None
            wanted = (mark.points, mark.points is None)
            if (grade.manual_score, grade.needs_manual_grade) == wanted:
                continue
            grade.manual_score, grade.needs_manual_grade = wanted
            gradebook.db.flush()
            late = notebook.assignment.total_seconds_late
            if late > 0:
                penalty = plugin.late_submission_penalty(mark.student, notebook.score, late)
                notebook.late_submission_penalty = penalty
            changed += 1
        gradebook.db.commit()
    return changed
