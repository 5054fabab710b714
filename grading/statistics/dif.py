"""Differential item functioning: is an item harder for equally able people of one group."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import chdtrc, ndtri

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import DIF_GROUP, require
from grading.statistics.proportions import Interval
from grading.statistics.reliability import require_binary

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from grading.statistics.arrays import Array

EtsClass = Literal["A", "B", "C"]
_DELTA = -2.35  # log odds to ETS delta
_MODERATE, _LARGE = 1.0, 1.5
_TABLE = 3  # dimensions of strata of 2 × 2 tables


@dataclass(frozen=True)
class MantelHaenszel:
    """The common odds ratio of 2 × 2 tables and its test; ``strata`` are those that count.

    ``odds`` above 1 favours the first row (the reference group). ``se`` is of its logarithm.
    """

    strata: int
    n: int
    odds: float
    interval: Interval
    se: float
    chi_square: float
    p: float


@dataclass(frozen=True)
class Dif:
    """One item: ETS ``delta`` below 0 is against the focal group; ``sizes`` reference, focal."""

    item: str
    sizes: tuple[int, int]
    test: MantelHaenszel
    delta: float
    delta_se: float
    ets_class: EtsClass


def mantel_haenszel(
    tables: Array, *, confidence: float = 0.95, correction: bool = True
) -> MantelHaenszel:
    """Common odds ratio and chi-square of stratified 2 × 2 tables.

    α = Σ(ad/n)/Σ(bc/n); χ² = (|Σa − ΣE(a)| − ½)²/ΣVar(a), one degree of freedom (Mantel &
    Haenszel 1959), ½ capped at the difference; variance of ln α by Robins, Breslow & Greenland
    1986. A stratum with an empty margin says nothing and does not count.

    Args:
        tables: strata × 2 × 2 counts; rows reference and focal, columns right and wrong.
        confidence: level of the interval of the odds ratio.
        correction: whether to take off ½.

    Raises:
        MeasurementError: when no stratum says anything, or the odds ratio is 0 or infinite.
    """
    counts = np.asarray(tables, dtype=float)
    if counts.ndim != _TABLE or counts.shape[1:] != (2, 2) or (counts < 0).any():
        raise MeasurementError("cần các bảng 2 × 2 không có số âm")
    counts = counts[(counts.sum(axis=1) > 0).all(axis=1) & (counts.sum(axis=2) > 0).all(axis=1)]
    (a, b), (c, d) = counts[:, 0].T, counts[:, 1].T
    n = counts.sum(axis=(1, 2))
    right, wrong = a * d / n, b * c / n
    if not right.sum() > 0 or not wrong.sum() > 0:
        raise MeasurementError("không ước lượng được tỷ số chênh: một vế bằng 0 ở mọi mức điểm")
    odds = float(right.sum() / wrong.sum())
    se = _log_error(right, wrong, (a + d) / n, (b + c) / n)
    reach = float(ndtri((1 + confidence) / 2)) * se
    interval = Interval(exp(log(odds) - reach), exp(log(odds) + reach), confidence)
    statistic = _chi_square(counts, n, correction=correction)
    return MantelHaenszel(
        len(counts), int(n.sum()), odds, interval, se, statistic, float(chdtrc(1, statistic))
    )


def item_dif(
    scores: pd.DataFrame,
    group: pd.Series,
    *,
    reference: Hashable,
    focal: Hashable,
    minimum: int = DIF_GROUP,
) -> tuple[Dif, ...]:
    """Mantel–Haenszel DIF of every item, matched on the total score, the item included.

    Δ = −2.35 ln α (Holland & Thayer 1988). ETS classes (Zieky 1993): A when Δ does not differ
    from 0 at 5 % or |Δ| < 1; C when |Δ| ≥ 1.5 and differs from 1 in size at 5 % (one-sided);
    else B. Items of 0 and 1 only; people with every score only. Gate: 200 people in each group.

    Args:
        scores: a row a person, a column an item.
        group: each person's group, same index.
        reference: the group compared with.
        focal: the group looked after.
        minimum: the gate.

    Raises:
        TooFewError: below the gate, naming the smaller group's size.
        MeasurementError: when scores are not 0/1, or an item's odds ratio cannot be estimated.
    """
    whole = scores.dropna()
    values = whole.to_numpy(dtype=float)
    require_binary(values)
    labels = group.reindex(whole.index)
    members = [(labels == label).to_numpy() for label in (reference, focal)]
    sizes = (int(members[0].sum()), int(members[1].sum()))
    require(min(sizes), max(minimum, 1))
    levels = values.sum(axis=1).astype(int)
    return tuple(
        _dif(str(name), _strata(values[:, place], levels, members), sizes)
        for place, name in enumerate(whole.columns)
    )


def ets_class(delta: float, se: float) -> EtsClass:
    """Negligible (A), moderate (B) or large (C), as in ``item_dif`` (Zieky 1993)."""
    size = abs(delta)
    if size < _MODERATE or size <= float(ndtri(0.975)) * se:
        return "A"
    if size >= _LARGE and size - _MODERATE > float(ndtri(0.95)) * se:
        return "C"
    return "B"


def _dif(item: str, tables: Array, sizes: tuple[int, int]) -> Dif:
    try:
        test = mantel_haenszel(tables)
    except MeasurementError as error:
        raise MeasurementError(error.message, column=item) from error
    delta, se = _DELTA * log(test.odds), -_DELTA * test.se
    return Dif(item, sizes, test, delta, se, ets_class(delta, se))


def _strata(item: Array, levels: np.ndarray, members: list[np.ndarray]) -> Array:
    tables = np.zeros((int(levels.max(initial=0)) + 1, 2, 2))
    for row, member in enumerate(members):
        for column, mark in enumerate((1, 0)):
            here = levels[member & (item == mark)]
            tables[:, row, column] = np.bincount(here, minlength=len(tables))
    return tables


def _log_error(right: Array, wrong: Array, like: Array, unlike: Array) -> float:
    """Robins, Breslow & Greenland 1986: R = ad/n, S = bc/n, P = (a + d)/n, Q = (b + c)/n."""
    r, s = right.sum(), wrong.sum()
    crossed = (like * wrong + unlike * right).sum()
    variance = (like * right).sum() / r**2 + crossed / (r * s) + (unlike * wrong).sum() / s**2
    return sqrt(float(variance) / 2)


def _chi_square(counts: Array, n: Array, *, correction: bool) -> float:
    rows, columns = counts.sum(axis=2), counts.sum(axis=1)
    expected = rows[:, 0] * columns[:, 0] / n
    spread = rows.prod(axis=1) * columns.prod(axis=1) / (n**2 * (n - 1))
    away = abs(float((counts[:, 0, 0] - expected).sum()))
    away -= min(0.5, away) if correction else 0.0
    return away**2 / float(spread.sum())
