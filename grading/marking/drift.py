"""Severity of markers and how it moves while they mark, all markers weighed together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from grading.marking.given import both
from grading.statistics.gates import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grading.marking.allocation import Key
    from grading.marking.given import Given
    from grading.statistics.arrays import Array

FORMULA = "d = (a₁ + b₁t₁) − (a₂ + b₂t₂) + e, bình phương nhỏ nhất; t: bài đầu 0, bài cuối 1"
SUSPECT_SHIFT = 0.05
"""Share of an item's points that severity must move by to matter; the centre's own rule."""
SUSPECT_T = 3.0
"""And how many standard errors; with some ten markers about one false alarm in forty sittings."""


@dataclass(frozen=True)
class Drift:
    """One marker over ``n`` marks that can be compared: with another's, or with a seed's.

    ``severity`` is how far above the others (below 0: harder) the marker began, and ``shift``
    how far that moved by the end, as shares of the points; ``t`` is shift over standard error.
    They are None from fewer marks than can tell.
    """

    marker: str
    n: int
    severity: float | None = None
    shift: float | None = None
    t: float | None = None

    @property
    def suspect(self) -> bool:
        """Whether the lead is to look into it."""
        if self.shift is None or self.t is None:
            return False
        return abs(self.shift) >= SUSPECT_SHIFT and abs(self.t) >= SUSPECT_T


def drifts(marks: Sequence[Given], minimum: int = SCRIPTS) -> list[Drift]:
    """Every marker's drift, by name.

    Difference of the two marks of a script (of the mark of a seed and its worth) is explained
    by who gave them and how far into their marking. All are fitted together, so a marker whose
    partner drifts does not seem to. Gate: 30 comparable marks.
    """
    times, names = _times(marks), sorted({mark.marker for mark in marks})
    rows, gaps = _comparisons(marks, times, names)
    counts = {name: int((rows[:, at] != 0).sum()) for at, name in enumerate(names)}
    if len(gaps) <= 2 * len(names) or max(counts.values(), default=0) < minimum:
        return [Drift(name, counts[name]) for name in names]
    fitted, errors = _least_squares(rows, gaps)
    return [
        _drift(name, counts[name], at, len(names), fitted, errors)
        if counts[name] >= minimum
        else Drift(name, counts[name])
        for at, name in enumerate(names)
    ]


def _drift(name: str, n: int, at: int, markers: int, fitted: Array, errors: Array) -> Drift:
    shift, error = float(fitted[markers + at]), float(errors[markers + at])
    return Drift(name, n, float(fitted[at]), shift, shift / error if error > 0 else None)


def _times(marks: Sequence[Given]) -> dict[tuple[str, Key], float]:
    """How far into a marker's own marking, from 0 to 1, each mark was given."""
    own: defaultdict[str, list[Given]] = defaultdict(list)
    for mark in marks:
        own[mark.marker].append(mark)
    found: dict[tuple[str, Key], float] = {}
    for marker, given in own.items():
        order = sorted(given, key=lambda mark: (mark.at, mark.place, mark.key))
        for place, mark in enumerate(order):
            found[marker, mark.key] = place / max(len(order) - 1, 1)
    return found


def _comparisons(
    marks: Sequence[Given], times: dict[tuple[str, Key], float], names: Sequence[str]
) -> tuple[Array, Array]:
    """A row a comparison, a column a marker's severity and then a marker's shift."""
    place = {name: at for at, name in enumerate(names)}
    seeds = [mark for mark in marks if mark.known is not None]
    pairs = both(marks)
    rows = np.zeros((len(pairs) + len(seeds), 2 * len(names)))
    gaps = np.zeros(len(rows))

    def enter(row: int, mark: Given, sign: int) -> None:
        rows[row, place[mark.marker]] += sign
        rows[row, len(names) + place[mark.marker]] += sign * times[mark.marker, mark.key]

    for row, (one, other) in enumerate(pairs):
        enter(row, one, 1)
        enter(row, other, -1)
        gaps[row] = one.share - other.share
    for row, mark in enumerate(seeds, start=len(pairs)):
        enter(row, mark, 1)
        gaps[row] = mark.share - (mark.known or 0.0)
    return rows, gaps


def _least_squares(rows: Array, gaps: Array) -> tuple[Array, Array]:
    """Estimates and standard errors; of what only differences tell, the shortest solution."""
    inverse = np.linalg.pinv(rows.T @ rows)
    fitted = inverse @ rows.T @ gaps
    free = max(len(gaps) - int(np.linalg.matrix_rank(rows)), 1)
    spread = float(((gaps - rows @ fitted) ** 2).sum()) / free
    return fitted, np.sqrt(np.clip(np.diag(inverse) * spread, 0, None))
