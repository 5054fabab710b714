"""Livingston–Lewis: how often a second, parallel sitting would decide as this one did."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import bdtr, betainc, betaincinv

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import CLASSIFICATION, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grading.statistics.arrays import Array

_NODES = 200  # quadrature points between two cuts
Model = Literal["4-parameter beta", "2-parameter beta"]


@dataclass(frozen=True)
class TrueScores:
    """Beta distribution of true shares on ``low`` to ``high``, and which model was used."""

    model: Model
    a: float
    b: float
    low: float
    high: float


@dataclass(frozen=True)
class Classification:
    """Shares of people, 0 to 1, under the fitted model.

    ``accuracy``: decided as their true score would be; ``consistency``: decided alike by two
    parallel sittings; ``kappa``: consistency beyond chance. ``false_positive``: decided higher
    than the true score, ``false_negative``: lower. ``length`` is the effective test length;
    ``true_scores.model`` says when the 4-parameter fit was impossible.
    """

    n: int
    reliability: float
    length: int
    true_scores: TrueScores
    accuracy: float
    consistency: float
    kappa: float
    false_positive: float
    false_negative: float


def livingston_lewis(
    scores: Sequence[float] | Array,
    cuts: Sequence[float],
    *,
    reliability: float,
    lowest: float,
    highest: float,
    minimum: int = CLASSIFICATION,
) -> Classification:
    """Classification accuracy and consistency of any score with a known reliability.

    Livingston & Lewis 1995: the test counts as ñ = [(μ − m)(M − μ) − rσ²] / [σ²(1 − r)] equal
    0/1 items over the **possible** range m to M; true shares follow a 4-parameter beta fitted
    to four moments (Lord 1965; Hanson 1991), or, where that has no solution within 0 to 1, a
    2-parameter beta, and the result says so. A score reaches a cut when its share of ñ items,
    the cut rounded to the nearest whole item, does. Not adjusted to the observed marginals.
    Gate: 100 people.

    Args:
        scores: unrounded scores; NaN (not sat) is left out.
        cuts: one or more, between ``lowest`` and ``highest``; a score at a cut reaches it.
        reliability: of these scores, above 0 and below 1.
        lowest: the lowest possible score.
        highest: the highest possible score.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: when range, cuts, scores or reliability do not fit together.
    """
    shares = _shares(scores, lowest, highest)
    require(len(shares), max(minimum, 2))
    bounds = _bounds(cuts, lowest, highest)
    length = _length(shares, reliability)
    true_scores = fit_true_scores(shares, length)
    joint, twice = _tables(true_scores, length, bounds)
    consistency, chance = float(np.trace(twice)), float((twice.sum(axis=0) ** 2).sum())
    return Classification(
        n=len(shares),
        reliability=reliability,
        length=length,
        true_scores=true_scores,
        accuracy=float(np.trace(joint)),
        consistency=consistency,
        kappa=(consistency - chance) / (1 - chance) if chance < 1 else float("nan"),
        false_positive=float(np.triu(joint, 1).sum()),
        false_negative=float(np.tril(joint, -1).sum()),
    )


def fit_true_scores(shares: Array, length: int) -> TrueScores:
    """Beta of true shares from observed ``shares`` (0 to 1) on ``length`` binomial items.

    Raw moments of true shares are E[x(x − 1)…]/[ñ(ñ − 1)…] (Lord 1965). Four parameters by
    moments need four items; without a solution inside 0 to 1, two parameters.

    Raises:
        MeasurementError: when true scores would have no variance.
    """
    moments = _true_moments(shares * length, length)
    mean, variance = moments[0], moments[1] - moments[0] ** 2
    if not variance > 0:
        raise MeasurementError("phương sai điểm thực bằng 0: độ tin cậy quá thấp để ước lượng")
    fitted = _four_parameters(moments) if len(moments) == 4 else None  # noqa: PLR2004 — moments
    if fitted is not None:
        return fitted
    size = mean * (1 - mean) / variance - 1
    if not size > 0:
        raise MeasurementError("điểm phân tán hơn mức mô hình beta cho phép")
    return TrueScores("2-parameter beta", mean * size, (1 - mean) * size, 0.0, 1.0)


def _shares(scores: Sequence[float] | Array, lowest: float, highest: float) -> Array:
    values = np.asarray(scores, dtype=float)
    values = values[~np.isnan(values)]
    if not lowest < highest or (values < lowest).any() or (values > highest).any():
        raise MeasurementError(f"có điểm nằm ngoài thang {lowest:g} – {highest:g}")
    return (values - lowest) / (highest - lowest)


def _bounds(cuts: Sequence[float], lowest: float, highest: float) -> Array:
    inner = np.sort((np.asarray(cuts, dtype=float) - lowest) / (highest - lowest))
    if (
        not len(inner)
        or not (inner > 0).all()
        or not (inner < 1).all()
        or (np.diff(inner) == 0).any()
    ):
        raise MeasurementError("điểm cắt phải khác nhau và nằm giữa hai đầu thang điểm")
    return inner


def _length(shares: Array, reliability: float) -> int:
    mean, variance = float(shares.mean()), float(shares.var(ddof=1))
    if not 0 < reliability < 1 or not variance > 0:
        raise MeasurementError("cần độ tin cậy giữa 0 và 1 và điểm không bằng nhau hết")
    items = (mean * (1 - mean) - reliability * variance) / (variance * (1 - reliability))
    if not items > 1:
        raise MeasurementError("điểm phân tán hơn mức mà một đề có độ tin cậy này cho phép")
    return max(2, round(items))


def _true_moments(scores: Array, length: int) -> Array:
    factorial, divisor, moments = np.ones_like(scores), 1.0, []
    for step in range(min(4, length)):
        factorial, divisor = factorial * (scores - step), divisor * (length - step)
        moments.append(float(factorial.mean()) / divisor)
    return np.array(moments)


def _four_parameters(raw: Array) -> TrueScores | None:
    """Hanson 1991, equations for the method of moments; None without a proper solution."""
    mean, variance = raw[0], raw[1] - raw[0] ** 2
    third = raw[2] - 3 * mean * raw[1] + 2 * mean**3
    fourth = raw[3] - 4 * mean * raw[2] + 6 * mean**2 * raw[1] - 3 * mean**4
    skew, kurtosis = third / variance**1.5, fourth / variance**2
    shapes = _shapes(skew, kurtosis)
    if shapes is None:
        return None
    a, b = shapes
    reach = sqrt(variance * (a + b + 1) / (a * b))
    low, high = mean - a * reach, mean + b * reach
    if not (0 <= low < high <= 1):
        return None
    return TrueScores("4-parameter beta", a, b, float(low), float(high))


def _shapes(skew: float, kurtosis: float) -> tuple[float, float] | None:
    below = 6 + 3 * skew**2 - 2 * kurtosis
    size = 6 * (kurtosis - skew**2 - 1) / below if below else float("inf")
    if not (isfinite(size) and size > 0):
        return None
    inside = 1 - 24 * (size + 1) / (
        (size + 2) * (size + 3) * kurtosis - 3 * (size - 6) * (size + 1)
    )
    if not 0 <= inside < 1:
        return None
    smaller, larger = size / 2 * (1 - sqrt(inside)), size / 2 * (1 + sqrt(inside))
    return (smaller, larger) if skew > 0 else (larger, smaller)


def _tables(true: TrueScores, length: int, bounds: Array) -> tuple[Array, Array]:
    """``joint[t, d]``: true category t decided d; ``twice[d, e]``: two sittings' decisions."""
    reached = np.floor(bounds * length + 0.5)  # of the effective items, to the nearest
    edges = np.concatenate(([0.0], bounds, [1.0]))
    kinds = len(edges) - 1
    joint, twice = np.zeros((kinds, kinds)), np.zeros((kinds, kinds))
    for kind, (low, high) in enumerate(itertools.pairwise(edges)):
        shares, weights = _quadrature(true, low, high)
        decided = _decided(shares, length, reached)
        joint[kind] = weights @ decided
        twice += decided.T @ (weights[:, None] * decided)
    return joint, twice


def _quadrature(true: TrueScores, low: float, high: float) -> tuple[Array, Array]:
    """True shares between two cuts, equally likely: quantiles need no finite density."""
    spread = true.high - true.low
    ends = [float(np.clip((edge - true.low) / spread, 0, 1)) for edge in (low, high)]
    first, last = (float(betainc(true.a, true.b, end)) for end in ends)
    nodes, weights = _gauss()
    quantiles = first + (nodes + 1) / 2 * (last - first)
    shares = true.low + spread * betaincinv(true.a, true.b, quantiles)
    return np.asarray(shares, dtype=float), weights / 2 * (last - first)


@cache
def _gauss() -> tuple[Array, Array]:
    return np.polynomial.legendre.leggauss(_NODES)


def _decided(shares: Array, length: int, reached: Array) -> Array:
    below = [bdtr(items - 1, length, shares) if items else 0 * shares for items in reached]
    edges = np.array([np.zeros_like(shares), *below, np.ones_like(shares)])
    return np.asarray(np.diff(edges, axis=0).T, dtype=float)
