"""The item table: how hard each item was, and whether it went along with the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import ITEM_FLAG, ITEM_REPORT, complete, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from grading.statistics.arrays import Array

PAIR = 2


@dataclass(frozen=True)
class ItemStatistics:
    """One item.

    ``n`` answered it; ``difficulty`` is their mean share of the item's points (0 to 1, high is
    easy) and ``sd`` the standard deviation of their points. ``item_rest`` and
    ``alpha_if_deleted`` are over the ``complete`` people with a score on every item, None
    where undefined (no variance, or no two items left). ``options`` counts each answer given,
    ``seconds`` is the median time. ``reportable`` says whether the figures are more than a flag.
    """

    item: str
    n: int
    difficulty: float
    sd: float
    complete: int
    item_rest: float | None
    alpha_if_deleted: float | None
    reportable: bool
    options: Mapping[str, int] = field(default_factory=dict)
    seconds: float | None = None


def item_table(
    scores: pd.DataFrame,
    points: Mapping[str, float] | None = None,
    *,
    answers: pd.DataFrame | None = None,
    seconds: pd.DataFrame | None = None,
    minimum: int = ITEM_FLAG,
) -> tuple[ItemStatistics, ...]:
    """Statistics of every item, in the order of the columns.

    Difficulty is mean / points. ``item_rest`` is the corrected item-total correlation,
    corr(item, total − item) (Henrysson 1963); alpha if deleted is alpha of the other items.
    Gate: 30 complete people for a flag to the author, 100 before a figure is reported.

    Args:
        scores: a row a person, a column an item; NaN where the item was not sat.
        points: the item's highest score, 1 when not given.
        answers: what was chosen, same columns as far as known; counted over who chose anything.
        seconds: time spent, likewise.
        minimum: the gate on complete people.

    Raises:
        TooFewError: below the gate.
        MeasurementError: for a score outside 0 to ``points``.
    """
    whole = complete(scores, minimum)
    best = np.array([(points or {}).get(str(name), 1.0) for name in scores.columns], dtype=float)
    values = scores.to_numpy(dtype=float, na_value=np.nan)
    _check(scores, values, best)
    with_rest, without = _item_rest(whole), _alpha_if_deleted(whole)
    present = (~np.isnan(values)).sum(axis=0)
    return tuple(
        ItemStatistics(
            item=str(name),
            n=int(present[place]),
            difficulty=float(np.nanmean(values[:, place]) / best[place]),
            sd=float(np.nanstd(values[:, place], ddof=1)),
            complete=len(whole),
            item_rest=_defined(with_rest[place]),
            alpha_if_deleted=_defined(without[place]),
            reportable=len(whole) >= ITEM_REPORT,
            options=_counts(answers, name),
            seconds=_median(seconds, name),
        )
        for place, name in enumerate(scores.columns)
    )


def _check(scores: pd.DataFrame, values: Array, best: Array) -> None:
    require(len(values), PAIR)
    wrong = (values < 0) | (values > best * (1 + 1e-9)) | ~(best > 0)
    if wrong.any():
        row, place = (int(found[0]) for found in np.nonzero(wrong))
        raise MeasurementError(
            f"điểm {values[row, place]:g} nằm ngoài thang 0 – {best[place]:g}",
            row=row + 1,
            column=str(scores.columns[place]),
        )


def _item_rest(whole: Array) -> Array:
    """corr(item, total − item) from one pass: no matrix of rests is held."""
    centred = whole - whole.mean(axis=0)
    total = centred.sum(axis=1)
    with_total = centred.T @ total
    own = (centred**2).sum(axis=0)
    rest = total @ total - 2 * with_total + own
    tiny = 1e-12 * max(float(total @ total), float(own.max(initial=0.0)))
    fixed = (own <= tiny) | (rest <= tiny)
    scale = np.sqrt(np.where(fixed, 1.0, own * rest))
    return np.where(fixed, np.nan, (with_total - own) / scale)


def _alpha_if_deleted(whole: Array) -> Array:
    k = whole.shape[1] - 1
    if k < PAIR:
        return np.full(whole.shape[1], np.nan)
    centred = whole - whole.mean(axis=0)
    total, own = centred.sum(axis=1), (centred**2).sum(axis=0)
    rest = total @ total - 2 * (centred.T @ total) + own
    fixed = rest <= 1e-12 * max(float(total @ total), float(own.sum()))
    return np.where(
        fixed, np.nan, k / (k - 1) * (1 - (own.sum() - own) / np.where(fixed, 1.0, rest))
    )


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _counts(answers: pd.DataFrame | None, item: object) -> dict[str, int]:
    if answers is None or item not in answers.columns:
        return {}
    counts = answers[item].dropna().astype(str).value_counts()
    return {str(option): int(counts[option]) for option in sorted(counts.index)}


def _median(seconds: pd.DataFrame | None, item: object) -> float | None:
    if seconds is None or item not in seconds.columns or seconds[item].isna().all():
        return None
    return float(seconds[item].median())
