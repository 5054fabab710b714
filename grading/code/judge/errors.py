"""Why a test could not be judged as it stands; for the engine, never for the test itself."""

from __future__ import annotations


class JudgingError(BaseException):
    """Base: not an Exception, so that no ``except Exception`` in a test hides it."""


class UnsplittableError(JudgingError):
    """The test needs the candidate's process: it goes there, and to a person."""


class OpaqueError(JudgingError):
    """A candidate's object of its own making stands where the test wants data."""


class CandidateGoneError(JudgingError):
    """The candidate's process ended while the test was asking it."""
