"""Small groups made of several: A and B together, when neither alone is given away."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import scipy

from grading.disclosure.inference import Target
from grading.disclosure.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grading.disclosure.clock import Clock
    from grading.disclosure.publications import Statement
    from grading.disclosure.span import Array

_FEW = 20  # groups of which all triples are looked at
_ROUNDING = 1e-9
_FACTOR = 8.0  # publications are added and subtracted, seldom more than a few times


def small_unions(watched: Sequence[Target], minimum: int) -> list[Target]:
    """Pairs of small disjoint groups, and triples while there are not too many, below the limit."""
    found: list[Target] = []
    for result in dict.fromkeys(target.result for target in watched):
        groups = _disjoint(watched, result, minimum)
        sizes = (2, 3) if len(groups) <= _FEW else (2,)
        some = (few for size in sizes for few in combinations(groups, size))
        found += [_union(few) for few in some if sum(group.n for group in few) < minimum]
    return found


def given_away(
    statements: Sequence[Statement], watched: Sequence[Target], minimum: int, clock: Clock
) -> Target | None:
    """The smallest union of disjoint groups below ``minimum`` whose count is an exact sum.

    Looks for multipliers of the exact statements that add up to one result of a union: λA = s,
    s made of whole groups, fewest people first. A union that is certain only by a bound is found
    among ``small_unions``, not here.
    """
    exact = [statement for statement in statements if statement.exact]
    found = [
        union
        for result in dict.fromkeys(target.result for target in watched)
        for small in [_disjoint(watched, result, minimum)]
        if (union := _smallest(exact, small, minimum, clock)) is not None
    ]
    return min(found, key=lambda union: union.n, default=None)


def _disjoint(watched: Sequence[Target], result: str, minimum: int) -> list[Target]:
    """Groups below ``minimum`` with this result, smallest first, none overlapping another."""
    taken: set[str] = set()
    kept = []
    for target in sorted(watched, key=lambda target: target.n):
        if target.result == result and target.n < minimum and not taken & target.cells:
            taken |= target.cells
            kept.append(target)
    return kept


def _smallest(
    exact: Sequence[Statement], groups: Sequence[Target], minimum: int, clock: Clock
) -> Target | None:
    if not exact or not groups:
        return None
    rows = [statement.cells for statement in exact]
    cells = sorted(frozenset().union(*rows, *(group.cells for group in groups)))
    place = {cell: number for number, cell in enumerate(cells)}
    matrix = np.zeros((len(cells), len(rows) + len(groups)))
    for column, members in enumerate([*rows, *(group.cells for group in groups)]):
        matrix[[place[cell] for cell in members], column] = 1.0 if column < len(rows) else -1.0
    matrix = np.unique(matrix, axis=0)
    if not _may_cancel(matrix[:, : len(rows)].T, -matrix[:, len(rows) :].T):
        return None
    sizes = np.array([group.n for group in groups], dtype=float)
    people = np.concatenate((np.zeros(len(rows)), sizes))
    chosen = np.concatenate((np.zeros(len(rows)), np.ones(len(groups))))
    solved = clock.solve(
        people,
        constraints=[
            scipy.optimize.LinearConstraint(matrix, 0, 0),
            scipy.optimize.LinearConstraint(chosen, 1, np.inf),
            scipy.optimize.LinearConstraint(people, 0, minimum - 1),
        ],
        integrality=chosen.astype(np.int64),
        bounds=scipy.optimize.Bounds(np.where(chosen, 0, -_FACTOR), np.where(chosen, 1, _FACTOR)),
    )
    if solved.x is None:
        return None
    return _union([g for g, used in zip(groups, solved.x[len(rows) :], strict=True) if used > 0.5])  # noqa: PLR2004 — 0 or 1


def _may_cancel(rows: Array, groups: Array) -> bool:
    """Whether figures could make any sum of groups: what they leave of these is dependent."""
    return int(np.linalg.matrix_rank(Span(rows).outside(groups), tol=_ROUNDING)) < len(groups)


def _union(groups: Sequence[Target]) -> Target:
    return Target(
        " + ".join(group.group for group in groups),
        groups[0].result,
        frozenset().union(*(group.cells for group in groups)),
        sum(group.n for group in groups),
        sum(group.value for group in groups),
    )
