"""Intraclass correlation of markers on points: the six forms of Shrout and Fleiss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scipy.special import fdtrc, fdtri

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import SCRIPTS, complete
from grading.statistics.proportions import Interval

if TYPE_CHECKING:
    import pandas as pd

    from grading.statistics.arrays import Array

Form = Literal["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]
PAIR = 2


@dataclass(frozen=True)
class Intraclass:
    """One form over ``n`` scripts and ``raters``; ``p`` tests that it is nothing."""

    form: Form
    value: float
    n: int
    raters: int
    f: float
    p: float
    interval: Interval


@dataclass(frozen=True)
class _Anova:
    """Mean squares: between scripts, within, between raters, residual."""

    n: int
    k: int
    between: float
    within: float
    raters: float
    residual: float


def intraclass(
    ratings: pd.DataFrame, *, confidence: float = 0.95, minimum: int = SCRIPTS
) -> dict[Form, Intraclass]:
    """All six forms, over scripts with every rating.

    Shrout & Fleiss 1979, with their intervals; those of ICC(2, ·) use Satterthwaite's degrees
    of freedom. 1: other raters a script; 2: the same raters, a sample of many, absolute
    agreement; 3: these very raters, consistency. ``k`` is for the mean of the raters. Gate: 30
    scripts.

    Args:
        ratings: a row a script, a column a rater, in points.
        confidence: level of the intervals.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: for fewer than two raters, or when ratings do not vary.
    """
    anova = _anova(complete(ratings, max(minimum, PAIR)))
    one, three = _one_way(anova, confidence), _consistency(anova, confidence)
    found = (*one, _absolute(anova, confidence), three[0])
    single = {result.form: result for result in (*found, three[1])}
    single["ICC(2,k)"] = _stepped_up(single["ICC(2,1)"], anova)
    order: tuple[Form, ...] = (
        "ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)",
    )  # fmt: skip
    return {form: single[form] for form in order}


def _anova(values: Array) -> _Anova:
    n, k = values.shape
    if k < PAIR:
        raise MeasurementError("hệ số tương quan nội lớp cần từ hai người chấm")
    centred = values - values.mean()
    total = float((centred**2).sum())
    if total <= 1e-12 * max(1.0, float((values**2).sum())):
        raise MeasurementError("mọi điểm bằng nhau: hệ số không xác định")
    between = k * float((centred.mean(axis=1) ** 2).sum())
    raters = n * float((centred.mean(axis=0) ** 2).sum())
    floor = 1e-14 * total  # perfect agreement leaves rounding behind
    within = max(total - between, floor)
    residual = max(total - between - raters, floor)
    return _Anova(
        n, k, between / (n - 1), within / (n * (k - 1)), raters / (k - 1),
        residual / ((n - 1) * (k - 1)),
    )  # fmt: skip


def _one_way(a: _Anova, confidence: float) -> tuple[Intraclass, Intraclass]:
    return _pair(a, ("ICC(1,1)", "ICC(1,k)"), a.between / a.within, a.n * (a.k - 1), confidence)


def _consistency(a: _Anova, confidence: float) -> tuple[Intraclass, Intraclass]:
    free = (a.n - 1) * (a.k - 1)
    return _pair(a, ("ICC(3,1)", "ICC(3,k)"), a.between / a.residual, free, confidence)


def _pair(
    a: _Anova, forms: tuple[Form, Form], ratio: float, free: int, confidence: float
) -> tuple[Intraclass, Intraclass]:
    """Single and mean of k from one F ratio: (F − 1)/(F + k − 1) and 1 − 1/F."""
    upper = (1 + confidence) / 2
    low = ratio / float(fdtri(a.n - 1, free, upper))
    high = ratio * float(fdtri(free, a.n - 1, upper))
    p = float(fdtrc(a.n - 1, free, ratio))

    def single(f: float) -> float:
        return (f - 1) / (f + a.k - 1)

    def mean(f: float) -> float:
        return 1 - 1 / f if f > 0 else float("-inf")

    return (
        Intraclass(forms[0], single(ratio), a.n, a.k, ratio, p,
                   Interval(single(low), single(high), confidence)),
        Intraclass(forms[1], mean(ratio), a.n, a.k, ratio, p,
                   Interval(mean(low), mean(high), confidence)),
    )  # fmt: skip


def _absolute(a: _Anova, confidence: float) -> Intraclass:
    n, k = a.n, a.k
    bias = k * (a.raters - a.residual) / n
    value = (a.between - a.residual) / (a.between + (k - 1) * a.residual + bias)
    free = _satterthwaite(a, value)
    upper = (1 + confidence) / 2
    f_low = float(fdtri(n - 1, free, upper))
    f_high = float(fdtri(free, n - 1, upper))
    spread = k * a.raters + (k * n - k - n) * a.residual
    low = n * (a.between - f_low * a.residual) / (f_low * spread + n * a.between)
    high = n * (f_high * a.between - a.residual) / (spread + n * f_high * a.between)
    ratio = a.between / a.residual
    p = float(fdtrc(n - 1, (n - 1) * (k - 1), ratio))
    return Intraclass("ICC(2,1)", value, n, k, ratio, p, Interval(low, high, confidence))


def _satterthwaite(a: _Anova, value: float) -> float:
    n, k, f = a.n, a.k, a.raters / a.residual
    raters, rest = k * value * f, n * (1 + (k - 1) * value) - k * value
    below = (n - 1) * (k * value) ** 2 * f**2 + rest**2
    return (k - 1) * (n - 1) * (raters + rest) ** 2 / below if below > 0 else (k - 1) * (n - 1)


def _stepped_up(single: Intraclass, a: _Anova) -> Intraclass:
    """Spearman–Brown on both ends (Shrout & Fleiss 1979, p. 424), exact value from ANOVA."""
    value = (a.between - a.residual) / (a.between + (a.raters - a.residual) / a.n)

    def step(r: float) -> float:
        return a.k * r / (1 + (a.k - 1) * r)

    interval = Interval(
        step(single.interval.low), step(single.interval.high), single.interval.confidence
    )
    return Intraclass("ICC(2,k)", value, single.n, single.raters, single.f, single.p, interval)
