"""Ability of persons on a logistic scale whose items are known, and how well both fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy.special import expit

from courses.foundation.errors import MeasurementError

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.statistics.arrays import Array

Method = Literal["WLE", "ML"]
_FAR = 20.0  # logits; no finite estimate lies beyond
_HALVINGS = 60


@dataclass(frozen=True)
class ItemParameter:
    """An item on the scale: ``difficulty`` and ``slope`` with standard errors, and fit.

    ``infit`` and ``outfit`` are mean squares with expectation 1 (Wright & Masters 1982). A
    ``slope_se`` of None: the slope is fixed by the model.
    """

    item: str
    difficulty: float
    se: float
    slope: float = 1.0
    slope_se: float | None = None
    infit: float = float("nan")
    outfit: float = float("nan")


def responses_of(scores: pd.DataFrame) -> Array:
    """Items of 0 and 1 as an array, NaN where not sat.

    Raises:
        MeasurementError: naming row and column of another value, or an item that everybody or
            nobody got right, whose difficulty is infinite.
    """
    values = scores.to_numpy(dtype=float, na_value=np.nan)
    odd = ~np.isnan(values) & (values != 0) & (values != 1)
    if odd.any():
        row, place = (int(found[0]) for found in np.nonzero(odd))
        raise MeasurementError(
            f"mô hình này chỉ dùng cho câu 0/1, gặp điểm {values[row, place]:g}",
            row=row + 1,
            column=str(scores.columns[place]),
        )
    right, sat = np.nansum(values, axis=0), (~np.isnan(values)).sum(axis=0)
    flat = (right == 0) | (right == sat)
    if flat.any():
        name = str(scores.columns[int(np.argmax(flat))])
        raise MeasurementError("mọi người cùng đúng hoặc cùng sai: không có độ khó", column=name)
    return values


def probabilities(ability: Array, slopes: Array, difficulties: Array) -> Array:
    """P(right), persons × items: 1/(1 + exp(−a(θ − b)))."""
    return np.asarray(expit(np.subtract.outer(ability, difficulties) * slopes), dtype=float)


def person_estimates(
    responses: Array, slopes: Array, difficulties: Array, method: Method = "WLE"
) -> tuple[Array, Array]:
    """Ability of each row of ``responses`` and its standard error 1/√I, in logits.

    ``ML`` solves Σa(x − P) = 0 and is ± infinite where all or nothing is right; ``WLE`` adds
    J/(2I), J = Σa³P(1 − P)(1 − 2P), which takes away the first-order bias and stays finite
    (Warm 1989). NaN where a person sat nothing.
    """
    patterns, back = np.unique(responses, axis=0, return_inverse=True)
    sat = ~np.isnan(patterns)
    marks, a = np.nan_to_num(patterns), np.where(sat, slopes, 0.0)

    def equation(theta: Array) -> Array:
        p = expit((theta[:, None] - difficulties) * a)
        score = (a * (marks - p)).sum(axis=1)
        if method == "ML":
            return np.asarray(score, dtype=float)
        pq = p * (1 - p)
        skew, information = (a**3 * pq * (1 - 2 * p)).sum(axis=1), (a**2 * pq).sum(axis=1)
        return np.asarray(score + skew / np.maximum(2 * information, 1e-300), dtype=float)

    theta = _root(equation, len(patterns))
    information = (a**2 * _pq(theta, a, difficulties)).sum(axis=1)
    se = 1 / np.sqrt(np.maximum(information, 1e-300))
    theta, se = _extremes(theta, se, marks, sat, method)
    place = back.reshape(-1)
    return theta[place], se[place]


def item_fit(responses: Array, expected: Array) -> tuple[Array, Array, Array, Array]:
    """Infit and outfit of items, then of persons: mean squares of standardised residuals.

    Outfit is the mean of (x − P)²/[P(1 − P)], infit Σ(x − P)²/ΣP(1 − P) (Wright & Masters 1982),
    over what was sat. Rows of ``expected`` that are not finite do not count.
    """
    known = ~np.isnan(responses) & np.isfinite(expected)
    spread = np.where(known, expected * (1 - expected), np.nan)
    squares = np.where(known, (responses - expected) ** 2, np.nan)
    z = squares / np.maximum(spread, 1e-12)
    return (*_mean_squares(squares, spread, z, 0), *_mean_squares(squares, spread, z, 1))


def person_frame(
    scores: pd.DataFrame, responses: Array, slopes: Array, difficulties: Array
) -> tuple[pd.DataFrame, tuple[Array, Array]]:
    """Persons' WLE, standard error and fit by index, and the items' infit and outfit.

    Fit is at the ML estimates, and leaves out persons with all or nothing right, who have none:
    they fit whatever the model. With few items it therefore lies somewhat below 1.
    """
    theta, se = person_estimates(responses, slopes, difficulties)
    likely, _ = person_estimates(responses, slopes, difficulties, "ML")
    at = np.where(np.isfinite(likely), likely, np.nan)
    expected = probabilities(at, slopes, difficulties)
    item_in, item_out, infit, outfit = item_fit(responses, expected)
    frame = pd.DataFrame(
        {"theta": theta, "se": se, "infit": infit, "outfit": outfit}, index=scores.index
    )
    return frame, (item_in, item_out)


def _pq(theta: Array, a: Array, difficulties: Array) -> Array:
    p = expit((theta[:, None] - difficulties) * a)
    return np.asarray(p * (1 - p), dtype=float)


def _root(equation: Callable[[Array], Array], size: int) -> Array:
    """Bisection for all at once: the equations fall with ability, so none can be lost."""
    low, high = np.full(size, -_FAR), np.full(size, _FAR)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = equation(middle) > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return (low + high) / 2


def _extremes(
    theta: Array, se: Array, marks: Array, sat: np.ndarray, method: Method
) -> tuple[Array, Array]:
    right, items = marks.sum(axis=1), sat.sum(axis=1)
    theta, se = np.where(items == 0, np.nan, theta), np.where(items == 0, np.nan, se)
    if method == "ML":
        best, worst = (right == items) & (items > 0), (right == 0) & (items > 0)
        theta = np.where(best, np.inf, np.where(worst, -np.inf, theta))
        se = np.where(best | worst, np.inf, se)
    return theta, se


def _mean_squares(squares: Array, spread: Array, z: Array, axis: int) -> tuple[Array, Array]:
    count = (~np.isnan(z)).sum(axis=axis)
    weight = np.nansum(spread, axis=axis)
    safe = np.where(count > 0, count, 1)
    infit = np.where(
        count > 0, np.nansum(squares, axis=axis) / np.where(weight > 0, weight, 1), np.nan
    )
    outfit = np.where(count > 0, np.nansum(z, axis=axis) / safe, np.nan)
    return infit, outfit
