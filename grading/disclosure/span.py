"""What adding and subtracting exact figures gives: their linear span."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import scipy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from grading.disclosure.clock import Clock

    Array = NDArray[np.float64]

_ROUNDING = 1e-9


class Span:
    """All sums and differences of ``rows``, told by the first of them that do.

    ``rows`` are ones and zeros, figures by cells; earlier figures are taken before later ones.
    """

    def __init__(self, rows: Array) -> None:
        self._rows = rows
        self._chosen: list[int] = []
        directions = np.zeros((min(rows.shape), rows.shape[1]))
        for place, row in enumerate(rows):
            basis = directions[: len(self._chosen)]
            left = row - (basis @ row) @ basis
            left -= (basis @ left) @ basis  # twice is enough (Giraud et al. 2005)
            if len(basis) < len(directions) and (length := np.linalg.norm(left)) > _ROUNDING:
                directions[len(basis)] = left / length
                self._chosen.append(place)
        self._directions = directions[: len(self._chosen)]

    def outside(self, goals: Array) -> Array:
        """The part of each goal (a row) that no sum of figures gives."""
        return np.asarray(goals - (goals @ self._directions.T) @ self._directions)

    def holds(self, goals: Array) -> NDArray[np.bool_]:
        """Which goals are sums of figures."""
        return np.asarray(np.abs(self.outside(goals)).max(axis=-1, initial=0.0) < _ROUNDING)

    def parts(self, goal: Array) -> NDArray[np.intp]:
        """The rows that add up to a goal that is held; none of them can be left out."""
        multipliers = np.linalg.lstsq(self._rows[self._chosen].T, goal, rcond=None)[0]
        return np.array(self._chosen, dtype=np.intp)[np.abs(multipliers) > _ROUNDING]


def empty(rows: Array, low: Array, high: Array, clock: Clock) -> NDArray[np.bool_]:
    """Cells in which nobody can be, for any fractions of people: one linear programme for all.

    A cell that can hold anybody holds one or more in some multiple of a state, and states can be
    added up: so the greatest number of cells with one or more, over all multiples, has them all.
    """
    cells = rows.shape[1]
    # People in a cell are min(1, people) + more; the last unknown is the multiple.
    least, most = (np.hstack((rows, rows, -ends[:, None])) for ends in (low, high))
    found = clock.solve(
        np.repeat((-1.0, 0.0), (cells, cells + 1)),
        constraints=[
            scipy.optimize.LinearConstraint(least, 0, np.inf),
            scipy.optimize.LinearConstraint(most, -np.inf, 0),
        ],
        bounds=scipy.optimize.Bounds(
            np.repeat((0.0, 1.0), (2 * cells, 1)), np.repeat((1.0, np.inf), (cells, cells + 1))
        ),
    )
    return np.asarray(found.x[:cells] < 0.5)  # noqa: PLR2004 — none or one
