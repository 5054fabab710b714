"""How far scores would repeat: alpha and its kin, and the standard error of measurement."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import fdtri, ndtri

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import RELIABILITY, complete
from grading.statistics.proportions import Interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from grading.statistics.arrays import Array

PAIR = 2
_FISHER = 4  # people from which Fisher's z has a finite error


@dataclass(frozen=True)
class Reliability:
    """A coefficient over ``n`` people and ``items`` (or strata, or forms).

    ``sd`` is the standard deviation of the total score and ``sem`` its standard error of
    measurement, both in points; ``interval`` is None where no sampling theory is used.
    """

    method: str
    value: float
    n: int
    items: int
    sd: float
    interval: Interval | None = None

    @property
    def sem(self) -> float:
        """s√(1 − r), in points."""
        return sem(self.sd, self.value)


def alpha(
    scores: pd.DataFrame, *, confidence: float = 0.95, minimum: int = RELIABILITY
) -> Reliability:
    """Cronbach's alpha of the total of ``scores`` (a row a person, a column a task).

    α = k/(k − 1)·(1 − Σσᵢ²/σₓ²) (Cronbach 1951) over people with every score; interval by
    Feldt 1965: 1 − α is F-distributed with n − 1 and (n − 1)(k − 1) degrees of freedom. Cells
    of one task depend on each other and inflate alpha: the task is the item. Gate: 100 people.

    Raises:
        TooFewError: below the gate.
        MeasurementError: for fewer than two items or no variance of the total.
    """
    whole = complete(scores, max(minimum, PAIR))
    value, total = _alpha(whole), whole.sum(axis=1)
    n, k = whole.shape
    return Reliability(
        "alpha", value, n, k, float(total.std(ddof=1)), _feldt(value, n, k, confidence)
    )


def kr20(
    scores: pd.DataFrame, *, confidence: float = 0.95, minimum: int = RELIABILITY
) -> Reliability:
    """Kuder–Richardson formula 20, for items marked 0 or 1 only.

    k/(k − 1)·(1 − Σp(1 − p)/σₓ²) with variances over n (Kuder & Richardson 1937), which is
    alpha of such items. Gate: 100 people.

    Raises:
        TooFewError: below the gate.
        MeasurementError: when a score is neither 0 nor 1, or alpha is undefined.
    """
    whole = complete(scores, max(minimum, PAIR))
    require_binary(whole)
    found = alpha(scores, confidence=confidence, minimum=minimum)
    return Reliability("KR-20", found.value, found.n, found.items, found.sd, found.interval)


def stratified_alpha(
    scores: pd.DataFrame, strata: Mapping[str, Sequence[str]], *, minimum: int = RELIABILITY
) -> Reliability:
    """Alpha of a total made of content strata, each of at least two items.

    1 − Σσⱼ²(1 − αⱼ)/σₓ² over strata j (Cronbach, Schönemann & McKie 1965). Gate: 100 people.

    Args:
        scores: a row a person, a column an item.
        strata: columns of each stratum; every column in exactly one.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: when strata do not partition the columns, or a variance is nothing.
    """
    listed = [column for columns in strata.values() for column in columns]
    if sorted(listed) != sorted(map(str, scores.columns)):
        raise MeasurementError("mỗi câu phải thuộc đúng một tầng nội dung")
    complete(scores, max(minimum, PAIR))
    whole = scores.dropna()
    total = whole.sum(axis=1).to_numpy(dtype=float)
    variance = _variance(total)
    error = sum(_error(whole[list(columns)].to_numpy(dtype=float)) for columns in strata.values())
    return Reliability(
        "stratified alpha", 1 - error / variance, len(whole), len(listed), sqrt(variance)
    )


def parallel_forms(
    first: pd.Series, second: pd.Series, *, confidence: float = 0.95, minimum: int = RELIABILITY
) -> Reliability:
    """Correlation of two parallel forms sat by the same people, matched by index.

    Pearson's r (Lord & Novick 1968, ch. 3) with Fisher's z interval, tanh(atanh r ± z/√(n − 3)).
    ``sd`` is that of the first form. Gate: 100 people who sat both.

    Raises:
        TooFewError: below the gate.
        MeasurementError: when a form has no variance or an index has duplicates.
    """
    if first.index.has_duplicates or second.index.has_duplicates:
        raise MeasurementError("một người có hai điểm của cùng một đề")
    both = complete(first.to_frame("a").join(second.to_frame("b"), how="inner"), max(minimum, 3))
    for column in both.T:
        _variance(column)
    r = float(np.clip(np.asarray(np.corrcoef(both.T))[0, 1], -1, 1))
    sd = float(both[:, 0].std(ddof=1))
    return Reliability("parallel forms", r, len(both), 2, sd, _fisher(r, len(both), confidence))


def sem(sd: float, reliability: float) -> float:
    """Standard error of measurement, s√(1 − r) (Lord & Novick 1968), on the scale of ``sd``.

    A negative coefficient, which sampling can give, counts as 0: error cannot exceed the spread.

    Raises:
        MeasurementError: for ``reliability`` above 1 or a negative ``sd``.
    """
    if not (reliability <= 1 and sd >= 0):
        raise MeasurementError("độ tin cậy không được lớn hơn 1, độ lệch chuẩn không được âm")
    return sd * sqrt(1 - max(0.0, reliability))


def lord_sem(score: float, items: int) -> float:
    """Conditional SEM of a number-right ``score`` out of ``items`` marked 0 or 1, in points.

    √(x(k − x)/(k − 1)) (Lord 1955, 1957). It does not hold for partial credit. No gate: it
    rests on the binomial model, not on a sample.

    Raises:
        MeasurementError: for fewer than two items or a score outside 0 to ``items``.
    """
    if items < PAIR or not 0 <= score <= items:
        raise MeasurementError(f"điểm {score:g} không thuộc đề {items} câu; cần từ hai câu")
    return sqrt(score * (items - score) / (items - 1))


def require_binary(values: Array) -> None:
    """Refuse scores that are neither 0 nor 1 (NaN is let pass).

    Raises:
        MeasurementError: naming the first such score.
    """
    odd = ~np.isnan(values) & (values != 0) & (values != 1)
    if odd.any():
        raise MeasurementError(f"phương pháp này chỉ dùng cho câu 0/1, gặp điểm {values[odd][0]:g}")


def _alpha(whole: Array) -> float:
    k = whole.shape[1]
    if k < PAIR:
        raise MeasurementError("hệ số alpha cần từ hai câu")
    variance = _variance(whole.sum(axis=1))
    return float(k / (k - 1) * (1 - whole.var(axis=0, ddof=1).sum() / variance))


def _variance(values: Array) -> float:
    """Sample variance, refused when it is nothing but rounding."""
    spread = float(values.var(ddof=1))
    if spread <= 1e-12 * max(1.0, float(np.abs(values).max()) ** 2):
        raise MeasurementError("điểm của mọi người bằng nhau: hệ số không xác định")
    return spread


def _error(stratum: Array) -> float:
    """σⱼ²(1 − αⱼ), written so that it needs no variance to divide by."""
    k = stratum.shape[1]
    if k < PAIR:
        raise MeasurementError("mỗi tầng nội dung cần từ hai câu")
    whole, own = stratum.sum(axis=1).var(ddof=1), stratum.var(axis=0, ddof=1).sum()
    return float(whole - k / (k - 1) * (whole - own))


def _feldt(value: float, n: int, k: int, confidence: float) -> Interval:
    upper = (1 + confidence) / 2
    people, residual = n - 1, (n - 1) * (k - 1)
    return Interval(
        1 - (1 - value) * float(fdtri(people, residual, upper)),
        1 - (1 - value) * float(fdtri(people, residual, 1 - upper)),
        confidence,
    )


def _fisher(r: float, n: int, confidence: float) -> Interval | None:
    if n < _FISHER or abs(r) >= 1:
        return None
    reach = float(ndtri((1 + confidence) / 2)) / sqrt(n - 3)
    return Interval(tanh(atanh(r) - reach), tanh(atanh(r) + reach), confidence)
