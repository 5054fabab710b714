"""What becomes of a submission that is graded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from courses.foundation.errors import CioError
from grading.gradebook.refusals import RefusedError

if TYPE_CHECKING:
    from grading.gradebook.remarks import Language, Remark
    from grading.gradebook.results import SubmissionResult
    from grading.gradebook.submission import Submission

Tier = Literal["judged", "namespaces", "landlock", "unsafe"]


@dataclass(frozen=True)
class Outcome:
    """What became of one submission.

    ``tier`` says how it was marked: ``judged`` ran no candidate code; ``namespaces`` and
    ``landlock`` ran it in that sandbox; ``unsafe`` without one. ``altered`` names notebooks that
    differ from what was released. ``code`` is the stable name of ``reason``, which is
    Vietnamese and ``english``; ``kept`` whether there are earlier marks, which stand. ``review``
    says which cells a person should look at and why; ``stopped`` which limits were hit;
    ``kernels`` which notebooks ran in a real kernel and why.
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
    english: str = ""
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
    refused = error if isinstance(error, CioError) else RefusedError.of(error)
    kept = submission.marked.exists()
    outcome = Outcome(
        submission.student,
        submission.assignment,
        "failed",
        tier,
        _words(refused, "vi"),
        code=refused.refusal if isinstance(refused, RefusedError) else refused.code,
        english=_words(refused, "en"),
        kept=kept,
    )
    return Done(submission, outcome)


def unchanged(submission: Submission, tier: Tier) -> Done:
    """A submission whose marks stand."""
    return Done(submission, Outcome(submission.student, submission.assignment, "unchanged", tier))


def _words(error: CioError, language: Language) -> str:
    """The reason, without the folder, which the outcome names already."""
    if isinstance(error, RefusedError):
        return error.words(language)
    where = "" if error.path is None else f"{getattr(error.path, 'name', error.path)}: "
    return where + error.message
