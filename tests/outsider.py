"""An outsider with integer programming, who knows sums of whole numbers of people.

Shares no code with the guard. A state that agrees with all that is known answers every question
that it moves, so the solver is asked alone only what no state found so far has moved.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

MOST = 1000  # people in a cell
_TOGETHER = 6  # states in random directions, before questions are asked one by one


def settled(rows, ends, hidden, truth):
    """Which numbers (rows of ``hidden``) have the true value in every state.

    A state has ``ends[:, 0]`` to ``ends[:, 1]`` people in the sum of cells of each of ``rows``.
    """
    known, low, high, asked, values = _merged(rows, ends, hidden, truth)
    closed, chance = np.ones(len(asked), dtype=bool), np.random.default_rng(len(asked))
    told = [LinearConstraint(known, low, high)]

    def moves(costs, *more):
        found = milp(costs, constraints=[*told, *more], integrality=np.ones(known.shape[1]),
                     bounds=Bounds(0, MOST))  # fmt: skip
        if found.x is not None:
            closed[:] &= np.abs(asked @ np.round(found.x) - values) < 0.5
        return found.x is not None

    for _ in range(_TOGETHER):
        if closed.any():
            moves((chance.standard_normal(len(asked)) * closed) @ asked)
    nothing = np.zeros(known.shape[1])
    for place, value in enumerate(values):
        if closed[place] and not moves(nothing, LinearConstraint(asked[place], value + 1, np.inf)):
            moves(nothing, LinearConstraint(asked[place], -np.inf, value - 1))
    return closed


def _merged(rows, ends, hidden, truth):
    """Cells that nothing tells apart as one, and no figure twice."""
    hidden = np.asarray(hidden, dtype=float)
    columns, place = np.unique(np.vstack((rows, hidden)), axis=1, return_inverse=True)
    told = np.unique(np.column_stack((columns[: len(rows)], ends)), axis=0)
    asked = columns[len(rows) :]
    people = np.bincount(place.ravel(), weights=truth, minlength=columns.shape[1])
    return told[:, :-2], told[:, -2], told[:, -1], asked, np.round(asked @ people)
