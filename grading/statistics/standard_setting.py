"""Cut scores from judges: modified Angoff over rounds, and Hofstee's compromise."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import HOFSTEE_SCORES, JUDGES, require

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from grading.statistics.arrays import Array

PAIR = 2


@dataclass(frozen=True)
class AngoffRound:
    """One round: each judge's cut in points, their mean ``cut``, ``sd`` and ``se`` = SD/√J.

    ``items`` is the mean rating and ``spread`` the judges' SD on each item: where they are
    apart is what they discuss before the next round.
    """

    judges: Mapping[str, float]
    cut: float
    sd: float
    se: float
    items: Mapping[str, float]
    spread: Mapping[str, float]


@dataclass(frozen=True)
class Angoff:
    """All rounds; the last one gives the cut."""

    rounds: tuple[AngoffRound, ...]

    @property
    def cut(self) -> float:
        """In points of the form."""
        return self.rounds[-1].cut

    @property
    def se(self) -> float:
        """Standard error of the cut over judges, in points."""
        return self.rounds[-1].se


@dataclass(frozen=True)
class Hofstee:
    """The compromise; ``crossed`` is False when the curve misses the judges' rectangle.

    Then ``cut`` is the nearer end of what they would accept and the board has to decide.
    """

    n: int
    judges: int
    cut: float
    fail_rate: float
    crossed: bool


def angoff(
    rounds: Sequence[pd.DataFrame],
    points: Mapping[str, float] | None = None,
    *,
    minimum: int = JUDGES,
) -> Angoff:
    """Modified Angoff: what minimally competent people would score, item by item.

    cut = mean over judges of Σ ratings, SE = SD/√J (Angoff 1971; Brandon 2004 on rounds). A
    judge who leaves between rounds is no fault; an item left unrated within a round is. Gate:
    8 judges in every round.

    Args:
        rounds: a frame a round, a row a judge, a column an item; ratings in points.
        points: the item's highest score, 1 when not given.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: naming judge and item of a rating that is missing or out of range.
    """
    if not rounds:
        raise MeasurementError("chưa có vòng cho điểm nào của hội đồng chuẩn")
    return Angoff(tuple(_round(ratings, points or {}, minimum) for ratings in rounds))


def _round(ratings: pd.DataFrame, points: Mapping[str, float], minimum: int) -> AngoffRound:
    require(len(ratings), max(minimum, PAIR))
    values = _ratings(ratings, points)
    cuts = values.sum(axis=1)
    sd = float(cuts.std(ddof=1))
    names = [str(name) for name in ratings.columns]
    return AngoffRound(
        judges=dict(zip(map(str, ratings.index), cuts.tolist(), strict=True)),
        cut=float(cuts.mean()),
        sd=sd,
        se=sd / sqrt(len(cuts)),
        items=dict(zip(names, values.mean(axis=0).tolist(), strict=True)),
        spread=dict(zip(names, values.std(axis=0, ddof=1).tolist(), strict=True)),
    )


def _ratings(ratings: pd.DataFrame, points: Mapping[str, float]) -> Array:
    if ratings.index.has_duplicates or ratings.columns.has_duplicates:
        raise MeasurementError("một thành viên hoặc một câu được ghi hai lần")
    values = ratings.to_numpy(dtype=float, na_value=np.nan)
    best = np.array([points.get(str(name), 1.0) for name in ratings.columns])
    wrong = ~((values >= 0) & (values <= best))
    if wrong.any():
        row, place = (int(found[0]) for found in np.nonzero(wrong))
        raise MeasurementError(
            f"thành viên {ratings.index[row]} chưa cho điểm, hoặc cho điểm ngoài 0 – "
            f"{best[place]:g}",
            row=row + 1,
            column=str(ratings.columns[place]),
        )
    return values


def hofstee(
    judgements: pd.DataFrame,
    scores: Sequence[float] | Array,
    *,
    minimum: int = JUDGES,
    minimum_scores: int = HOFSTEE_SCORES,
) -> Hofstee:
    """Hofstee's compromise between acceptable cuts and acceptable failing rates.

    The line from (lowest cut, highest rate) to (highest cut, lowest rate), of the judges'
    means, meets the share of people scoring below each cut (Hofstee 1983). Gate: 8 judges and
    100 scores, since the curve is the scores.

    Args:
        judgements: a row a judge; columns cut_low, cut_high in points, fail_low, fail_high 0-1.
        scores: of all who sat, unrounded; NaN (not sat) is left out.
        minimum: the gate on judges.
        minimum_scores: the gate on people.

    Raises:
        TooFewError: below a gate.
        MeasurementError: when a judge's low exceeds the high or a rate is outside 0 to 1.
    """
    require(len(judgements), max(minimum, 1))
    sat = np.asarray(scores, dtype=float)
    sat = np.sort(sat[~np.isnan(sat)])
    require(len(sat), max(minimum_scores, 1))
    low, high, least, most = _rectangle(judgements)
    cut, crossed = _crossing(sat, (low, most), (high, least))
    fails = float(np.searchsorted(sat, cut, side="left")) / len(sat)
    return Hofstee(len(sat), len(judgements), cut, fails, crossed)


def _rectangle(judgements: pd.DataFrame) -> tuple[float, float, float, float]:
    columns = ("cut_low", "cut_high", "fail_low", "fail_high")
    values = judgements[list(columns)].to_numpy(dtype=float, na_value=np.nan)
    fails = values[:, 2:]
    fine = (values[:, 0] <= values[:, 1]) & (fails[:, 0] <= fails[:, 1])
    fine &= (fails >= 0).all(axis=1) & (fails <= 1).all(axis=1)
    if not fine.all():
        row = int(np.nonzero(~fine)[0][0])
        raise MeasurementError(
            f"ý kiến của {judgements.index[row]} thiếu, hoặc mức thấp lớn hơn mức cao", row=row + 1
        )
    low, high, least, most = values.mean(axis=0).tolist()
    return low, high, least, most


def _crossing(
    sat: Array, start: tuple[float, float], end: tuple[float, float]
) -> tuple[float, bool]:
    """Where the failing rate F(c) = share below c first exceeds the falling line."""
    (low, most), (high, least) = start, end
    n = len(sat)
    if np.searchsorted(sat, low, side="left") / n > most:
        return low, False
    if np.searchsorted(sat, high, side="left") / n < least:
        return high, False
    if low == high:
        return low, True
    edges = [low, *np.unique(sat[(sat >= low) & (sat < high)]).tolist(), high]
    for left, right in itertools.pairwise(edges):
        rate = np.searchsorted(sat, right, side="left") / n
        if rate >= _line(right, start, end):
            return max(left, _cut_at(float(rate), start, end)), True
    return high, True


def _line(cut: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    (low, most), (high, least) = start, end
    return most + (cut - low) / (high - low) * (least - most)


def _cut_at(rate: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    (low, most), (high, least) = start, end
    if most == least:
        return low
    return low + (most - rate) / (most - least) * (high - low)
