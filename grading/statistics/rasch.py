"""The Rasch model by conditional maximum likelihood: item difficulties free of who sat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.special import chdtrc

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import RASCH, require
from grading.statistics.persons import ItemParameter, person_frame, responses_of

if TYPE_CHECKING:
    import pandas as pd

    from grading.statistics.arrays import Array, Places

_STEPS = 50
_CLOSE = 1e-9
PAIR = 2


@dataclass(frozen=True, eq=False)
class Rasch:
    """Difficulties in logits, their sum zero; ``persons`` has theta (WLE), se, infit, outfit.

    ``log_likelihood`` is conditional on each person's raw score. ``n`` people sat something;
    those with all or nothing right tell nothing about the items.
    """

    n: int
    items: tuple[ItemParameter, ...]
    persons: pd.DataFrame
    log_likelihood: float


@dataclass(frozen=True)
class LikelihoodRatio:
    """A test that items are equally difficult in all groups."""

    statistic: float
    df: int
    p: float


@dataclass(frozen=True)
class _Pattern:
    """People who sat the same items: how often each was right, and how many had each score."""

    places: Places
    right: Array
    scores: Array


def rasch(scores: pd.DataFrame, *, minimum: int = RASCH) -> Rasch:
    """Fit the Rasch model P = 1/(1 + exp(β − θ)) given the raw scores (Andersen 1970, 1972).

    Elementary symmetric functions by the sum algorithm (Fischer 1974); standard errors from
    the information under Σβ = 0. What was not sat (NaN) is taken as missing by design. A
    finite and unique solution exists just when items are linked by somebody right on one and
    wrong on the other, both ways (Fischer 1981). Gate: 150 people.

    Args:
        scores: a row a person, a column an item of 0 and 1.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: when scores are not 0/1, an item is all right or all wrong, items are
            not linked, or there are fewer than two.
    """
    responses = _checked(scores, minimum)
    difficulties, covariance, value = _estimate(responses)
    persons, fit = person_frame(scores, responses, np.ones_like(difficulties), difficulties)
    errors = np.sqrt(np.diag(covariance))
    items = tuple(
        ItemParameter(str(name), float(b), float(se), infit=float(inside), outfit=float(outside))
        for name, b, se, inside, outside in zip(
            scores.columns, difficulties, errors, *fit, strict=True
        )
    )
    sat = int((~np.isnan(responses)).any(axis=1).sum())
    return Rasch(sat, items, persons, value)


def andersen_test(
    scores: pd.DataFrame, group: pd.Series | None = None, *, minimum: int = RASCH
) -> LikelihoodRatio:
    """Andersen's likelihood ratio test of the Rasch model (Andersen 1973).

    2(ΣL_g − L) on (G − 1)(k − 1) degrees of freedom. Gate: 150 people altogether.

    Args:
        scores: as for ``rasch``.
        group: by person; above and up to the median raw score when not given.
        minimum: the gate.

    Raises:
        TooFewError: below the gate.
        MeasurementError: as ``rasch``, also within a group.
    """
    whole = _estimate(_checked(scores, minimum))[2]
    total = scores.sum(axis=1)
    labels = total > total.median() if group is None else group.reindex(scores.index)
    parts = [_estimate(_checked(rows, 1))[2] for _, rows in scores.groupby(labels)]
    statistic = max(0.0, 2 * (sum(parts) - whole))
    df = (len(parts) - 1) * (scores.shape[1] - 1)
    return LikelihoodRatio(statistic, df, float(chdtrc(df, statistic)) if df else 1.0)


def symmetric_functions(easiness: Array) -> Array:
    """γ₀ … γₖ of ``easiness`` = exp(−β): sums of products over all subsets of each size."""
    gamma = np.zeros(len(easiness) + 1)
    gamma[0] = 1.0
    for value in easiness:
        gamma[1:] = gamma[1:] + value * gamma[:-1]
    return gamma


def _checked(scores: pd.DataFrame, minimum: int) -> Array:
    sat = scores.dropna(how="all")
    require(len(sat), max(minimum, PAIR))
    if scores.shape[1] < PAIR:
        raise MeasurementError("mô hình Rasch cần từ hai câu")
    responses = responses_of(scores)
    right, wrong = (responses == 1).astype(float), (responses == 0).astype(float)
    graph = csr_matrix(right.T @ wrong > 0)
    parts, _ = connected_components(graph, directed=True, connection="strong")
    if parts > 1:
        raise MeasurementError(
            "các câu không liên kết: có nhóm câu mà ai cũng làm đúng (hoặc sai) hơn hẳn nhóm khác"
        )
    return responses


def _patterns(responses: Array) -> list[_Pattern]:
    sat = ~np.isnan(responses)
    kinds, back = np.unique(sat, axis=0, return_inverse=True)
    found = []
    for number, kind in enumerate(kinds):
        places = np.flatnonzero(kind)
        rows = responses[back.reshape(-1) == number][:, places]
        totals = rows.sum(axis=1).astype(int)
        inner = (totals > 0) & (totals < len(places))
        if inner.any():
            counts = np.bincount(totals[inner], minlength=len(places) + 1).astype(float)
            found.append(_Pattern(places, rows[inner].sum(axis=0), counts))
    return found


def _estimate(responses: Array) -> tuple[Array, Array, float]:
    """Newton's method under Σβ = 0: difficulties, covariance, conditional log-likelihood."""
    patterns = _patterns(responses)
    share = np.nanmean(responses, axis=0)
    beta = np.log((1 - share) / share)
    beta -= beta.mean()
    value, slope, information = _likelihood(beta, patterns)
    for _ in range(_STEPS):
        step = _inverse(information) @ slope
        beta, value, slope, information = _improved(beta, step, value, patterns)
        if np.abs(step).max() < _CLOSE:
            return beta, _inverse(information), value
    raise MeasurementError("ước lượng độ khó không hội tụ")


def _inverse(information: Array) -> Array:
    """Generalised inverse: the information is nothing along equal shifts of all items."""
    return np.asarray(np.linalg.pinv(information, rcond=1e-10, hermitian=True), dtype=float)


def _improved(
    beta: Array, step: Array, value: float, patterns: list[_Pattern]
) -> tuple[Array, float, Array, Array]:
    """The step, halved until the likelihood does not fall (but for rounding)."""
    for halving in range(30):
        tried = beta + step / 2**halving
        found = _likelihood(tried, patterns)
        if found[0] >= value - _CLOSE * abs(value):
            return (tried - tried.mean(), *found)
    raise MeasurementError("ước lượng độ khó không hội tụ")


def _likelihood(beta: Array, patterns: list[_Pattern]) -> tuple[float, Array, Array]:
    value, slope, information = 0.0, np.zeros(len(beta)), np.zeros((len(beta), len(beta)))
    for pattern in patterns:
        at = pattern.places
        easiness = np.exp(-beta[at])
        gamma, without = symmetric_functions(easiness), _without_pairs(easiness)
        one, two = _moments(gamma, without, easiness)
        expected = one.T @ pattern.scores
        value -= float(pattern.right @ beta[at])
        used = pattern.scores > 0
        value -= float(pattern.scores[used] @ np.log(gamma[used]))
        slope[at] += expected - pattern.right
        both = np.tensordot(two, pattern.scores, axes=(2, 0))
        information[np.ix_(at, at)] += both - (one.T * pattern.scores) @ one
    return value, slope, information


def _without_pairs(easiness: Array) -> Array:
    """[i, j, r]: γᵣ of all items but i and j; on the diagonal, of all but i."""
    k = len(easiness)
    gamma = np.zeros((k, k, k + 1))
    gamma[:, :, 0] = 1.0
    for item, value in enumerate(easiness):
        here = np.full((k, k, 1), value)
        here[item, :], here[:, item] = 0.0, 0.0
        gamma[:, :, 1:] = gamma[:, :, 1:] + here * gamma[:, :, :-1]
    return gamma


def _moments(gamma: Array, without: Array, easiness: Array) -> tuple[Array, Array]:
    """P(i right | score r) as [r, i] and P(i and j right | r) as [i, j, r]."""
    k = len(easiness)
    diagonal = np.arange(k)
    one = np.zeros((k + 1, k))
    one[1:] = (easiness[:, None] * without[diagonal, diagonal, :-1]).T / gamma[1:, None]
    two = np.zeros((k, k, k + 1))
    two[:, :, 2:] = np.outer(easiness, easiness)[:, :, None] * without[:, :, :-2] / gamma[2:]
    two[diagonal, diagonal] = one.T
    return one, two
