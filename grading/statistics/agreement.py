"""Agreement of markers on categories: Cohen's kappa, weighted kappa, Fleiss' kappa."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy.special import ndtri

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import SCRIPTS, require
from grading.statistics.proportions import Interval

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from grading.statistics.arrays import Array

Weights = Literal["none", "linear", "quadratic"]
PAIR = 2


@dataclass(frozen=True)
class Kappa:
    """Agreement beyond chance over ``n`` scripts.

    ``observed`` and ``expected`` are (weighted) shares of agreement; ``se`` is the standard
    error for the interval, ``se_null`` the one for a test of kappa = 0.
    """

    method: str
    value: float
    n: int
    raters: int
    observed: float
    expected: float
    se: float
    se_null: float
    interval: Interval


def cohen_kappa(
    first: Sequence[Hashable] | pd.Series,
    second: Sequence[Hashable] | pd.Series,
    *,
    categories: Sequence[Hashable] | None = None,
    weights: Weights | Array = "none",
    minimum: int = SCRIPTS,
) -> Kappa:
    """Cohen's kappa of two markers, script by script; scripts one of them left out do not count.

    Formulas as in ``kappa_of_table``. Gate: 30 scripts.

    Args:
        first: the first marker's categories.
        second: the second marker's, in the same order.
        categories: all possible ones in rank order; needed for weights when one was never
            used. Those seen, sorted, when not given.
        weights: see ``kappa_of_table``.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: for lists of unequal length, a category not listed, or no variation.
    """
    if len(first) != len(second):
        raise MeasurementError("hai người chấm phải có cùng số bài, theo cùng thứ tự")
    pairs = pd.DataFrame({"a": list(first), "b": list(second)}).dropna()
    listed = list(categories) if categories is not None else _seen(pairs)
    places = {category: place for place, category in enumerate(listed)}
    unknown = {str(mark) for mark in (set(pairs["a"]) | set(pairs["b"])) - set(places)}
    if unknown:
        raise MeasurementError(f"mức “{min(unknown)}” không có trong danh sách mức")
    table = np.zeros((len(listed), len(listed)))
    np.add.at(table, (pairs["a"].map(places).to_numpy(), pairs["b"].map(places).to_numpy()), 1)
    return kappa_of_table(table, weights=weights, minimum=minimum)


def kappa_of_table(
    table: Array, *, weights: Weights | Array = "none", confidence: float = 0.95,
    minimum: int = SCRIPTS,
) -> Kappa:  # fmt: skip
    """Kappa of a table of counts, first marker in rows, second in columns.

    κ = (Pₒ − Pₑ)/(1 − Pₑ) with weighted shares of agreement (Cohen 1960, 1968); large-sample
    standard errors by Fleiss, Cohen & Everitt 1969. Gate: 30 scripts.

    Args:
        table: counts, categories in rank order.
        weights: ``none``, ``linear`` 1 − |i − j|/(k − 1), ``quadratic`` 1 − (i − j)²/(k − 1)²,
            or a matrix of **agreement** weights with 1 on the diagonal (1 − v/v_max from
            Cohen's disagreement weights v).
        confidence: level of the interval.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: when the table is not square, or chance agreement is complete.
    """
    counts = np.asarray(table, dtype=float)
    if counts.ndim != PAIR or counts.shape[0] != counts.shape[1] or (counts < 0).any():
        raise MeasurementError("bảng chéo phải vuông và không có số âm")
    n = int(counts.sum())
    require(n, max(minimum, 1))
    agreement = _weights(weights, len(counts))
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((agreement * shares).sum())
    expected = float(rows @ agreement @ columns)
    if expected >= 1 - 1e-12:
        raise MeasurementError("hai người chấm chỉ dùng một mức: kappa không xác định")
    value = (observed - expected) / (1 - expected)
    se, se_null = _errors(shares, agreement, observed, expected, n)
    reach = float(ndtri((1 + confidence) / 2)) * se
    method = "Cohen" if isinstance(weights, str) and weights == "none" else "Cohen, weighted"
    interval = Interval(value - reach, value + reach, confidence)
    return Kappa(method, value, n, PAIR, observed, expected, se, se_null, interval)


def fleiss_kappa(
    counts: pd.DataFrame, *, confidence: float = 0.95, minimum: int = SCRIPTS
) -> Kappa:
    """Fleiss' kappa of equally many raters a script, not necessarily the same people.

    κ = (P̄ − P̄ₑ)/(1 − P̄ₑ) (Fleiss 1971). ``se`` and ``se_null`` are both the error under
    κ = 0 (Fleiss, Nee & Landis 1979), so the interval is approximate away from 0. Gate: 30
    scripts.

    Args:
        counts: a row a script, a column a category: how many raters chose it.
        confidence: level of the interval.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: for unequal or fewer than two raters, or only one category used.
    """
    values = counts.dropna().to_numpy(dtype=float)
    require(len(values), max(minimum, PAIR))
    raters = _raters(values)
    shares = values.sum(axis=0) / values.sum()
    observed = float(((values**2).sum(axis=1) - raters).mean() / (raters * (raters - 1)))
    expected = float((shares**2).sum())
    if expected >= 1 - 1e-12:
        raise MeasurementError("người chấm chỉ dùng một mức: kappa không xác định")
    value, n = (observed - expected) / (1 - expected), len(values)
    spread = shares @ (1 - shares)
    inside = spread**2 - (shares * (1 - shares) * (1 - 2 * shares)).sum()
    se = float(sqrt(2) / (spread * sqrt(n * raters * (raters - 1))) * sqrt(max(inside, 0.0)))
    reach = float(ndtri((1 + confidence) / 2)) * se
    interval = Interval(value - reach, value + reach, confidence)
    return Kappa("Fleiss", value, n, raters, observed, expected, se, se, interval)


def _seen(pairs: pd.DataFrame) -> list[Hashable]:
    return sorted(set(pairs["a"]) | set(pairs["b"]))


def _weights(weights: Weights | Array, k: int) -> Array:
    if not isinstance(weights, str):
        given = np.asarray(weights, dtype=float)
        if given.shape != (k, k) or not (np.diag(given) == 1).all():
            raise MeasurementError("ma trận trọng số phải cùng cỡ bảng và có đường chéo bằng 1")
        return given
    if weights == "none":
        return np.eye(k)
    apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / max(k - 1, 1)
    return 1 - (apart if weights == "linear" else apart**2)


def _errors(
    shares: Array, agreement: Array, observed: float, expected: float, n: int
) -> tuple[float, float]:
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    margins = np.add.outer(agreement @ columns, rows @ agreement)
    inside = agreement * (1 - expected) - margins * (1 - observed)
    spread = (shares * inside**2).sum() - (observed * expected - 2 * expected + observed) ** 2
    null = (np.outer(rows, columns) * (agreement - margins) ** 2).sum() - expected**2
    scale = sqrt(n)
    return (
        sqrt(max(float(spread), 0.0)) / ((1 - expected) ** 2 * scale),
        sqrt(max(float(null), 0.0)) / ((1 - expected) * scale),
    )


def _raters(values: Array) -> int:
    each = values.sum(axis=1)
    if (each != each[0]).any() or each[0] < PAIR or (values < 0).any():
        raise MeasurementError("mỗi bài cần cùng số người chấm, từ hai người")
    return int(each[0])
