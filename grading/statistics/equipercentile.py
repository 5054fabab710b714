"""Equipercentile equating: scores are worth each other that equally many people stay below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import EQUIPERCENTILE, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grading.statistics.arrays import Array


@dataclass(frozen=True)
class Distribution:
    """``counts[x]`` people scored x points, x = 0 up to the highest possible score."""

    counts: tuple[float, ...]

    @property
    def n(self) -> float:
        """People."""
        return sum(self.counts)


@dataclass(frozen=True)
class Equipercentile:
    """``equated[x]`` is what score x of the new form is worth on the old form, unrounded."""

    method: str
    n: tuple[int, int]
    equated: tuple[float, ...]


def distribution(scores: Sequence[float] | Array, highest: int) -> Distribution:
    """Count whole scores; NaN (not sat) is left out.

    Raises:
        MeasurementError: for a score that is not a whole number from 0 to ``highest``.
    """
    values = np.asarray(scores, dtype=float)
    values = values[~np.isnan(values)]
    if ((values < 0) | (values > highest) | (values != np.floor(values))).any():
        raise MeasurementError(f"quy đổi theo bách phân vị cần điểm nguyên từ 0 đến {highest}")
    counts = np.bincount(values.astype(int), minlength=highest + 1)
    return Distribution(tuple(counts.astype(float).tolist()))


def equipercentile(
    new: Distribution, old: Distribution, *, minimum: int = EQUIPERCENTILE
) -> Equipercentile:
    """Equate two forms given to equivalent (random) groups.

    e(x) is the old score of the same percentile rank, scores spread evenly over ± ½ (Kolen &
    Brennan 2014, eqs 2.14 to 2.19; where nobody scored, the mean of the upper and lower inverse).
    Not smoothed. Gate: 1,000 people a form.

    Raises:
        TooFewError: below the gate.
        MeasurementError: for counts that are negative or empty.
    """
    first, last = _cumulative(new, minimum), _cumulative(old, minimum)
    ranks = _ranks(first, np.arange(len(new.counts), dtype=float))
    equated = _inverse(last, ranks)
    return Equipercentile("equipercentile", (int(new.n), int(old.n)), tuple(equated.tolist()))


def chained_equipercentile(
    new: Distribution,
    new_anchor: Distribution,
    old_anchor: Distribution,
    old: Distribution,
    *,
    minimum: int = EQUIPERCENTILE,
) -> Equipercentile:
    """Equate through common items: new form to anchor in its group, anchor to old in the other.

    Kolen & Brennan 2014, section 5.2 (after Angoff 1971, Livingston 2004). Gate: 1,000 people
    a form.

    Raises:
        TooFewError: below the gate.
        MeasurementError: for counts that are negative or empty, or anchors that do not match.
    """
    if len(new_anchor.counts) != len(old_anchor.counts):
        raise MeasurementError("hai nhóm phải có cùng thang điểm câu chung")
    if new.n != new_anchor.n or old.n != old_anchor.n:
        raise MeasurementError("mỗi nhóm phải có điểm câu chung của đúng những người đã thi đề")
    to_anchor = np.array(equipercentile(new, new_anchor, minimum=minimum).equated)
    ranks = _ranks(_cumulative(old_anchor, minimum), to_anchor)
    equated = _inverse(_cumulative(old, minimum), ranks)
    sizes = (int(new.n), int(old.n))
    return Equipercentile("chained equipercentile", sizes, tuple(equated.tolist()))


def percentile_ranks(scores: Distribution) -> tuple[float, ...]:
    """Per cent of people below each score, half of those at it included (0 to 100)."""
    cumulative = _cumulative(scores, 1)
    places = np.arange(len(scores.counts), dtype=float)
    return tuple((100 * _ranks(cumulative, places)).tolist())


def _cumulative(scores: Distribution, minimum: int) -> Array:
    counts = np.array(scores.counts)
    if (counts < 0).any():
        raise MeasurementError("số người không được âm")
    require(int(counts.sum()), max(minimum, 1))
    return np.asarray(np.cumsum(counts) / counts.sum(), dtype=float)


def _ranks(cumulative: Array, points: Array) -> Array:
    """P(x)/100 of any x: linear between the half points around each whole score."""
    halves = np.arange(len(cumulative) + 1) - 0.5
    return np.interp(points, halves, np.concatenate(([0.0], cumulative)))


def _inverse(cumulative: Array, ranks: Array) -> Array:
    """Mean of upper and lower inverse; they differ only where nobody scored."""
    edges = np.concatenate(([0.0], cumulative))
    near = 1e-12  # cumulated counts differ in their last digits
    upper = np.searchsorted(edges, ranks + near, side="right")
    lower = np.searchsorted(edges, ranks - near, side="left") - 1
    top = len(cumulative)
    high = np.array(
        [_within(edges, int(at) - 1, rank, top) for at, rank in zip(upper, ranks, strict=True)]
    )
    low = np.array(
        [_within(edges, int(at), rank, top) for at, rank in zip(lower, ranks, strict=True)]
    )
    return (high + low) / 2


def _within(edges: Array, place: int, rank: float, top: int) -> float:
    """The point at ``rank`` in the step from half point ``place`` to the next."""
    if place >= top:
        return top - 0.5
    if place < 0:
        return -0.5
    step = edges[place + 1] - edges[place]
    inside = (rank - edges[place]) / step if step > 0 else 0.0
    return float(place - 0.5 + np.clip(inside, 0.0, 1.0))
