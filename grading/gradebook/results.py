"""What marking one submission comes to, before anything is written."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nbgrader.utils import (
    compute_checksum,
    determine_grade,
    is_grade,
    is_solution,
    is_task,
)

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import datetime


@dataclass(frozen=True)
class CellMark:
    """The automatic score of one cell; None leaves it to a person, ``review`` asks one to look."""

    score: float | None
    review: bool = False


@dataclass(frozen=True)
class NotebookResult:
    """One marked notebook: its text as it goes to ``autograded/``, marks and comments by cell."""

    name: str
    text: str
    marks: Mapping[str, CellMark]
    comments: Mapping[str, str | None]


@dataclass(frozen=True)
class SubmissionResult:
    """One marked submission; ``missing`` names notebooks that were not submitted.

    ``in_part``: only these notebooks were to be marked, and what there is of others stands.
    """

    student: str
    assignment: str
    timestamp: datetime | None
    notebooks: tuple[NotebookResult, ...]
    missing: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    in_part: bool = False


def marks_of(
    notebook: Any, review: Container[str], points: Mapping[str, float]
) -> dict[str, CellMark]:
    """Marks as nbgrader reads them off the outputs, where ``points`` does not say otherwise.

    ``review`` has the cells that a person should look at.
    """
    marks = {}
    for cell in notebook.cells:
        if not is_grade(cell):
            continue
        name = cell.metadata.nbgrader["grade_id"]
        mark = mark_of(cell)
        score = mark.score if mark.score is None else points.get(name, mark.score)
        marks[name] = CellMark(score, mark.review or name in review)
    return marks


def mark_of(cell: Any) -> CellMark:
    """The mark that nbgrader reads off the outputs of a cell worth points.

    A value outside 0 … maximum, at which nbgrader stops or gives all points, is no credit here and
    goes to a person.
    """
    try:
        score, _most = determine_grade(cell)
        wrong = _is_below_nothing(cell)
    except (ValueError, KeyError):
        score, wrong = 0.0, True
    return CellMark(0.0, review=True) if wrong else CellMark(score)


def _is_below_nothing(cell: Any) -> bool:
    """Whether the cell's value is less than 0 or no number, for which nbgrader gives all points."""
    for output in cell.get("outputs", ()):
        if output.output_type == "execute_result":
            with contextlib.suppress(ValueError):
                return not float(output.data.get("text/plain", "")) >= 0
    return False


def comments_of(notebook: Any) -> dict[str, str | None]:
    """Automatic comments as nbgrader gives them."""
    comments: dict[str, str | None] = {}
    for cell in notebook.cells:
        if is_solution(cell) or is_task(cell):
            marks = cell.metadata.nbgrader
            same = marks.get("checksum") == compute_checksum(cell) and not is_task(cell)
            comments[marks["grade_id"]] = "No response." if same else None
    return comments
