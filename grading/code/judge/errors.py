"""Why there is no verdict from outside; for the engine, never for the test itself."""

from __future__ import annotations

from typing import ClassVar


class JudgingError(BaseException):
    """Base: not an Exception, so that no ``except Exception`` in a test hides it.

    ``trouble`` is its stable name, as :mod:`grading.code.reasons` knows it.
    """

    trouble: ClassVar[str]


class UnsplittableError(JudgingError):
    """The test means something else when it is split: only its own way in the process counts."""

    trouble = "form"


class ChangedError(JudgingError):
    """The candidate's process changed what had gone over: copies no longer say what it holds."""

    trouble = "changed"


class EffectError(JudgingError):
    """The answer writes files or starts processes, which may happen only once."""

    trouble = "effects"


class LongError(JudgingError):
    """The test asks more questions than can be put one by one."""

    trouble = "long"


class OpaqueError(JudgingError):
    """A candidate's object of its own making stands where the test wants data."""

    trouble = "opaque"


class StopRaisedError(JudgingError):
    """The answer raised what ends loops and programs, where it may end a test unseen."""

    trouble = "stop"


class CandidateGoneError(JudgingError):
    """The candidate's process ended, or answered what is no answer, while the test was asking."""

    trouble = "gone"
