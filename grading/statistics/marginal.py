"""Logistic models by marginal maximum likelihood: one common slope, or a slope an item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_expit, logsumexp

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import RASCH, TWO_PARAMETER, require
from grading.statistics.persons import ItemParameter, person_frame, responses_of

if TYPE_CHECKING:
    import pandas as pd

    from grading.statistics.arrays import Array

Model = Literal["1PL", "2PL"]
PAIR = 2
# Ability is N(0, 1): wide enough for the tails, fine enough for the posterior of 120 items.
_NODES = np.linspace(-6, 6, 81)
_WEIGHTS = np.exp(-(_NODES**2) / 2) / np.exp(-(_NODES**2) / 2).sum()


@dataclass(frozen=True, eq=False)
class Marginal:
    """A fitted model with ability N(0, 1): P = 1/(1 + exp(−a(θ − b))).

    ``persons`` has theta (WLE), se, infit, outfit, and eap with eap_se, the mean and SD of the
    ability given the answers. In the 1PL the common slope is the SD of ability on the Rasch
    scale.
    """

    model: Model
    n: int
    items: tuple[ItemParameter, ...]
    persons: pd.DataFrame
    log_likelihood: float
    parameters: int

    @property
    def aic(self) -> float:
        """Akaike's criterion, smaller is better."""
        return 2 * self.parameters - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion, smaller is better."""
        return log(self.n) * self.parameters - 2 * self.log_likelihood


@dataclass(frozen=True)
class _Data:
    """Distinct answer patterns and how many people gave each."""

    right: Array
    wrong: Array
    people: Array


def marginal(scores: pd.DataFrame, model: Model = "1PL", *, minimum: int | None = None) -> Marginal:
    """Fit a one- or two-parameter logistic model.

    Bock & Lieberman 1970, Bock & Aitkin 1981: the likelihood integrated over ability N(0, 1) on
    81 equidistant nodes from −6 to 6, maximised by BFGS; standard errors from the observed
    information, by the delta method for difficulties. What was not sat (NaN) is missing at
    random. Gate: 150 people for the 1PL, 500 for the 2PL.

    Args:
        scores: a row a person, a column an item of 0 and 1.
        model: ``1PL`` (common slope) or ``2PL``.
        minimum: the gate, the model's when None.

    Raises:
        TooFewError: below the gate.
        MeasurementError: when scores are not 0/1, an item is all right or all wrong, or no
            maximum is found (a 2PL slope can run away in small samples).
    """
    gate = {"1PL": RASCH, "2PL": TWO_PARAMETER}[model] if minimum is None else minimum
    sat = scores.dropna(how="all")
    require(len(sat), max(gate, PAIR))
    if scores.shape[1] < PAIR:
        raise MeasurementError("mô hình cần từ hai câu")
    responses = responses_of(sat)
    data = _data(responses)
    found, information, value = _maximum(data, model)
    items = _parameters(found, np.asarray(np.linalg.inv(information), dtype=float), sat, model)
    slopes, hard = (np.array([getattr(i, name) for i in items]) for name in ("slope", "difficulty"))
    persons, fit = person_frame(sat, responses, slopes, hard)
    persons["eap"], persons["eap_se"] = _posterior(responses, found, model)
    fitted = tuple(
        replace(item, infit=float(inside), outfit=float(outside))
        for item, inside, outside in zip(items, *fit, strict=True)
    )
    return Marginal(model, len(sat), fitted, persons.reindex(scores.index), value, len(found))


def _data(responses: Array) -> _Data:
    patterns, people = np.unique(responses, axis=0, return_counts=True)
    return _Data((patterns == 1).astype(float), (patterns == 0).astype(float), people.astype(float))


def _split(parameters: Array, k: int, model: Model) -> tuple[Array, Array]:
    """Slopes and intercepts: logit = slope · θ + intercept."""
    intercepts = parameters[:k]
    slopes = parameters[k:] if model == "2PL" else np.full(k, parameters[k])
    return slopes, intercepts


def _joint(right: Array, wrong: Array, slopes: Array, intercepts: Array) -> Array:
    """Log of answers and ability together, patterns × nodes."""
    logits = np.outer(slopes, _NODES) + intercepts[:, None]
    return np.asarray(
        right @ log_expit(logits) + wrong @ log_expit(-logits) + np.log(_WEIGHTS), dtype=float
    )


def _objective(parameters: Array, data: _Data, model: Model) -> tuple[float, Array]:
    """Minus the log-likelihood and its gradient (Fisher's identity)."""
    k = data.right.shape[1]
    slopes, intercepts = _split(parameters, k, model)
    joint = _joint(data.right, data.wrong, slopes, intercepts)
    each = logsumexp(joint, axis=1)
    weights = np.exp(joint - each[:, None]) * data.people[:, None]
    right, sat = data.right.T @ weights, (data.right + data.wrong).T @ weights
    logits = np.outer(slopes, _NODES) + intercepts[:, None]
    left = right - sat * np.exp(log_expit(logits))
    by_slope = left @ _NODES
    tail = by_slope if model == "2PL" else np.array([by_slope.sum()])
    return -float(each @ data.people), -np.concatenate((left.sum(axis=1), tail))


def _maximum(data: _Data, model: Model) -> tuple[Array, Array, float]:
    k = data.right.shape[1]
    right, wrong = data.people @ data.right, data.people @ data.wrong
    start = np.concatenate((np.log(right / wrong), np.ones(k if model == "2PL" else 1)))
    n = data.people.sum()

    def scaled(parameters: Array) -> tuple[float, Array]:
        value, slope = _objective(parameters, data, model)
        return value / n, slope / n

    found = minimize(scaled, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 500})
    point = np.asarray(found.x, dtype=float)
    information = _information(point, data, model)
    eigenvalues = np.linalg.eigvalsh(information)
    if eigenvalues[0] <= 1e-8 * eigenvalues[-1] or np.abs(found.jac).max() > 1e-4:  # noqa: PLR2004 — per person
        raise MeasurementError("không tìm được cực đại: có câu mà độ phân biệt tăng vô hạn")
    point = point - np.linalg.solve(information, _objective(point, data, model)[1])
    if model == "1PL" and point[k] < 0:
        raise MeasurementError("các câu không cùng chiều: độ phân biệt chung bị âm")
    return point, information, -_objective(point, data, model)[0]


def _information(parameters: Array, data: _Data, model: Model) -> Array:
    """Observed information from central differences of the gradient."""
    step, size = 1e-5, len(parameters)
    columns = [
        _objective(parameters + away, data, model)[1]
        - _objective(parameters - away, data, model)[1]
        for away in step * np.eye(size)
    ]
    hessian = np.array(columns) / (2 * step)
    return (hessian + hessian.T) / 2


def _parameters(
    found: Array, covariance: Array, scores: pd.DataFrame, model: Model
) -> tuple[ItemParameter, ...]:
    k = scores.shape[1]
    slopes, intercepts = _split(found, k, model)
    items = []
    for place, name in enumerate(scores.columns):
        at = [place, k + place if model == "2PL" else k]
        slope, hard = float(slopes[place]), float(-intercepts[place] / slopes[place])
        part = covariance[np.ix_(at, at)]
        toward = np.array([-1 / slope, -hard / slope])
        se, slope_se = float(np.sqrt(toward @ part @ toward)), float(np.sqrt(part[1, 1]))
        items.append(ItemParameter(str(name), hard, se, slope, slope_se))
    return tuple(items)


def _posterior(responses: Array, found: Array, model: Model) -> tuple[Array, Array]:
    right, wrong = (responses == 1).astype(float), (responses == 0).astype(float)
    joint = _joint(right, wrong, *_split(found, responses.shape[1], model))
    weights = np.exp(joint - logsumexp(joint, axis=1)[:, None])
    mean = weights @ _NODES
    return mean, np.sqrt(np.maximum(weights @ _NODES**2 - mean**2, 0.0))
