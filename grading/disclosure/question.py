"""What the guard is asked of one publication after all that were before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grading.disclosure.inference import Target
    from grading.disclosure.publications import Publication, Statement


@dataclass(frozen=True)
class Question:
    """Whether ``proposed`` may follow on ``history``, so that no ``watched`` number is told.

    ``keys`` has for each statement of the proposal what is left out with it; no number may be
    known to half a ``grain``. ``insiders`` know of some people in what cells they are.
    """

    history: tuple[Publication, ...]
    proposed: Publication
    watched: tuple[Target, ...]
    truth: Mapping[str, int]
    keys: Mapping[Statement, str]
    grain: float
    insiders: tuple[Mapping[str, int], ...] = ()
