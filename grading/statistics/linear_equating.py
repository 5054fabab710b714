"""Linear equating of two forms through common items: Tucker, Levine, chained."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import LINEAR_EQUATING, complete, require

if TYPE_CHECKING:
    import pandas as pd

_WHOLE = 1.0


@dataclass(frozen=True)
class AnchoredForm:
    """Moments of one form's group: total score and score on the common items, in points."""

    n: int
    mean: float
    sd: float
    anchor_mean: float
    anchor_sd: float
    covariance: float


@dataclass(frozen=True)
class LinearEquating:
    """A score x of the new form is worth ``intercept + slope * x`` on the old form's scale.

    ``synthetic`` holds mean and SD of the new, then of the old form in the synthetic
    population; None where the method uses none.
    """

    method: str
    n: tuple[int, int]
    slope: float
    intercept: float
    synthetic: tuple[float, float, float, float] | None = None

    def __call__(self, score: float) -> float:
        """The equated score, unrounded; it may leave the old form's range."""
        return self.intercept + self.slope * score


def anchored(scores: pd.DataFrame) -> AnchoredForm:
    """Moments of complete rows of columns ``total`` and ``anchor``.

    Variances are over n, as in Kolen & Brennan 2014, ch. 4.

    Raises:
        MeasurementError: when either score does not vary.
    """
    values = complete(scores[["total", "anchor"]], 2)
    (total, anchor), sds = values.mean(axis=0), values.std(axis=0)
    covariance = float(np.cov(values.T, ddof=0)[0, 1])
    form = AnchoredForm(
        len(values), float(total), float(sds[0]), float(anchor), float(sds[1]), covariance
    )
    _check(form)
    return form


def tucker(
    new: AnchoredForm, old: AnchoredForm, *, weight: float | None = None,
    minimum: int = LINEAR_EQUATING,
) -> LinearEquating:  # fmt: skip
    """Tucker's observed-score method: the regression on common items is the same in both groups.

    γ = σ(X, V)/σ²(V) in each group; Kolen & Brennan 2014, eqs 4.17 to 4.20. Best when groups
    are alike. Gate: 100 people a form.

    Args:
        new: the form to equate, and its group.
        old: the form whose scale is kept.
        weight: of the new form's group in the synthetic population; by size when None.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: for a weight outside 0 to 1 or scores that do not vary.
    """
    _require(new, old, minimum)
    gammas = (new.covariance / new.anchor_sd**2, old.covariance / old.anchor_sd**2)
    return _synthetic("Tucker", new, old, gammas, weight)


def levine_observed(
    new: AnchoredForm, old: AnchoredForm, *, internal: bool, weight: float | None = None,
    minimum: int = LINEAR_EQUATING,
) -> LinearEquating:  # fmt: skip
    """Levine's observed-score method: true scores on form and common items correlate perfectly.

    γ as in ``levine_true``, synthetic population as in ``tucker``; Kolen & Brennan 2014,
    section 4.2. For groups that differ. Gate: 100 people a form.

    Raises:
        TooFewError: below the gate.
        MeasurementError: for a weight outside 0 to 1, scores that do not vary, or common items
            that do not go along with the form.
    """
    _require(new, old, minimum)
    return _synthetic("Levine observed", new, old, _levine(new, old, internal=internal), weight)


def levine_true(
    new: AnchoredForm, old: AnchoredForm, *, internal: bool, minimum: int = LINEAR_EQUATING
) -> LinearEquating:
    """Levine's true-score method, applied to observed scores.

    l(x) = γ₂/γ₁·(x − μ₁(X)) + μ₂(Y) + γ₂(μ₁(V) − μ₂(V)), γ = σ²(X)/σ(X, V) for internal and
    [σ²(X) + σ(X, V)]/[σ²(V) + σ(X, V)] for external common items (Kolen & Brennan 2014,
    section 4.3). Gate: 100 people a form.

    Raises:
        TooFewError: below the gate.
        MeasurementError: as ``levine_observed``.
    """
    _require(new, old, minimum)
    first, second = _levine(new, old, internal=internal)
    slope = second / first
    level = old.mean + second * (new.anchor_mean - old.anchor_mean)
    return LinearEquating("Levine true", (new.n, old.n), slope, level - slope * new.mean)


def chained_linear(
    new: AnchoredForm, old: AnchoredForm, *, minimum: int = LINEAR_EQUATING
) -> LinearEquating:
    """Chained linear: new form to common items in its group, these to the old form in the other.

    Slope [σ₂(Y)/σ₂(V)]·[σ₁(V)/σ₁(X)] (Kolen & Brennan 2014, section 4.5). Gate: 100 people a
    form.

    Raises:
        TooFewError: below the gate.
        MeasurementError: when scores do not vary.
    """
    _require(new, old, minimum)
    to_old = old.sd / old.anchor_sd
    slope = to_old * new.anchor_sd / new.sd
    level = old.mean + to_old * (new.anchor_mean - old.anchor_mean)
    return LinearEquating("chained linear", (new.n, old.n), slope, level - slope * new.mean)


def _require(new: AnchoredForm, old: AnchoredForm, minimum: int) -> None:
    require(min(new.n, old.n), max(minimum, 2))
    _check(new)
    _check(old)


def _check(form: AnchoredForm) -> None:
    if not form.sd > 0 or not form.anchor_sd > 0:
        raise MeasurementError("điểm của đề hoặc của câu chung không phân tán: không quy đổi được")


def _levine(new: AnchoredForm, old: AnchoredForm, *, internal: bool) -> tuple[float, float]:
    if min(new.covariance, old.covariance) <= 0:
        raise MeasurementError("điểm câu chung không cùng chiều với điểm cả đề: không quy đổi được")
    return _gamma(new, internal=internal), _gamma(old, internal=internal)


def _gamma(form: AnchoredForm, *, internal: bool) -> float:
    if internal:
        return form.sd**2 / form.covariance
    return (form.sd**2 + form.covariance) / (form.anchor_sd**2 + form.covariance)


def _synthetic(
    method: str,
    new: AnchoredForm,
    old: AnchoredForm,
    gammas: tuple[float, float],
    weight: float | None,
) -> LinearEquating:
    """Kolen & Brennan 2014, eqs 4.17 to 4.20, then the linear function of 4.1."""
    share = new.n / (new.n + old.n) if weight is None else weight
    if not 0 <= share <= _WHOLE:
        raise MeasurementError("trọng số của nhóm phải từ 0 đến 1")
    other, (first, second) = 1 - share, gammas
    apart = new.anchor_mean - old.anchor_mean
    spread = new.anchor_sd**2 - old.anchor_sd**2
    mean_new = new.mean - other * first * apart
    mean_old = old.mean + share * second * apart
    within = share * other * apart**2
    var_new = new.sd**2 - other * first**2 * spread + within * first**2
    var_old = old.sd**2 + share * second**2 * spread + within * second**2
    if min(var_new, var_old) <= 0:
        raise MeasurementError("hai nhóm quá khác nhau: phương sai tổng hợp không dương")
    slope = sqrt(var_old / var_new)
    synthetic = (mean_new, sqrt(var_new), mean_old, sqrt(var_old))
    return LinearEquating(method, (new.n, old.n), slope, mean_old - slope * mean_new, synthetic)
