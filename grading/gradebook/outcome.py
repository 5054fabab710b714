"""What becomes of a submission that is graded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from courses.foundation.errors import CioError

if TYPE_CHECKING:
    from grading.gradebook.remarks import Remark
    from grading.gradebook.results import SubmissionResult
    from grading.gradebook.submission import Submission

Tier = Literal["judged", "namespaces", "landlock", "unsafe"]


@dataclass(frozen=True)
class Outcome:
    """What became of one submission.

    ``tier`` says how it was marked: ``judged`` ran no candidate code; ``namespaces`` and
    ``landlock`` ran it in that sandbox; ``unsafe`` without one. ``altered`` names notebooks that
    differ from what was released. ``code`` is the stable name of ``reason``, ``kept``
    whether there are earlier marks, which stand. ``review`` says which
    cells a person should look at and why; ``stopped`` which limits were hit; ``kernels`` which
    notebooks ran in a real kernel and why.
    """

    student: str
    assignment: str
    state: Literal["graded", "unchanged", "failed"]
    tier: Tier
    reason: str = ""
    altered: tuple[str, ...] = ()
    seconds: float = 0.0
    review: tuple[Remark, ...] = ()
    stopped: tuple[Remark, ...] = ()
    kernels: tuple[str, ...] = ()
    code: str = ""
    kept: bool = False


@dataclass(frozen=True)
class Done:
    """One submission's outcome, and what is still to be written for it."""

    submission: Submission
    outcome: Outcome
    result: SubmissionResult | None = None
    stamp: bytes = b""


def failed(submission: Submission, tier: Tier, error: Exception) -> Done:
    """A submission that cannot be marked now, and why; marks it has already stand."""
    who = submission.student, submission.assignment
    code = error.code if isinstance(error, CioError) else "CIO-000"
    kept = submission.marked.exists()
    return Done(submission, Outcome(*who, "failed", tier, reason_of(error), code=code, kept=kept))


def unchanged(submission: Submission, tier: Tier) -> Done:
    """A submission whose marks stand."""
    return Done(submission, Outcome(submission.student, submission.assignment, "unchanged", tier))


def reason_of(error: Exception) -> str:
    """The reason in words, without the folder, which the outcome names already."""
    if isinstance(error, CioError):
        named = error.path is not None
        return (
            f"{getattr(error.path, 'name', error.path)}: {error.message}"
            if named
            else error.message
        )
    if isinstance(error, OSError):
        return str(error)
    return f"không chấm được, cần chấm tay ({type(error).__name__}: {error})"
