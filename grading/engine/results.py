"""What marking one submission comes to, before anything is written."""

from __future__ import annotations

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
    from collections.abc import Mapping
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
    """One marked submission; ``missing`` names notebooks that were not submitted."""

    student: str
    assignment: str
    timestamp: datetime | None
    notebooks: tuple[NotebookResult, ...]
    missing: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


def marks_of(notebook: Any, review: Mapping[str, str]) -> dict[str, CellMark]:
    """Marks as nbgrader reads them off the outputs.

    A value outside 0 … maximum, at which nbgrader stops, is no credit here, and goes to a person.
    """
    marks = {}
    for cell in notebook.cells:
        if not is_grade(cell):
            continue
        name = cell.metadata.nbgrader["grade_id"]
        try:
            score, _most = determine_grade(cell)
            marks[name] = CellMark(score, name in review)
        except (ValueError, KeyError):
            marks[name] = CellMark(0.0, review=True)
    return marks


def comments_of(notebook: Any) -> dict[str, str | None]:
    """Automatic comments as nbgrader gives them."""
    comments: dict[str, str | None] = {}
    for cell in notebook.cells:
        if is_solution(cell) or is_task(cell):
            marks = cell.metadata.nbgrader
            same = marks.get("checksum") == compute_checksum(cell) and not is_task(cell)
            comments[marks["grade_id"]] = "No response." if same else None
    return comments
