"""What an outsider can work out from all publications together, by integer programming.

A number counts people, or adds up scores. A grain of it is one person, or as much of a score as
nobody may learn of one: what is known to half a grain is known.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import scipy

from courses.foundation.errors import DisclosureError
from grading.disclosure.clock import Clock
from grading.disclosure.span import Span, empty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from grading.disclosure.publications import Group, Statement

    Array = NDArray[np.float64]
    Used = NDArray[np.bool_]


WHOLE = 1.0
_FEW = 2  # numbers that are sooner asked for one by one
_NONE = 1e-9  # fewer people than this are a rounding


@dataclass(frozen=True)
class Target:
    """A count nobody outside may learn: ``value`` of the ``n`` people of a group.

    ``full`` is what it would be if all of them got there, when that is not ``n``; ``members``
    are the cells of all, where they are needed.
    """

    group: str
    result: str
    cells: frozenset[str]
    n: int
    value: int
    full: int | None = None
    members: frozenset[str] = frozenset()

    def tells(self, low: int, high: int, minimum: int) -> bool:
        """Whether knowing ``low`` to ``high`` gives away too much.

        It does when the count is certain and the group is below ``minimum``, or when all or
        none of any group got there, which is the result of each of them.
        """
        full = self.n if self.full is None else self.full
        return low == high and (self.n < minimum or low in (0, full))

    def but(self, known: Mapping[str, int]) -> Target:
        """The count of the others, for whoever knows of some in what cells they are."""
        return replace(
            self,
            group=f"{self.group}, trừ người của cơ quan đã biết",
            n=self.n - _count(self.members & known.keys(), known),
            value=self.value - _count(self.cells & known.keys(), known),
        )


def targets(groups: Iterable[Group], truth: Mapping[str, int]) -> tuple[Target, ...]:
    """Every result of every group that has anybody in it."""
    found = []
    for group in groups:
        n = _count(group.members, truth)
        found += [
            Target(group.name, result, cells, n, _count(cells, truth), members=group.members)
            for result, cells in group.results.items()
            if n
        ]
    return tuple(found)


class Outsider:
    """Everything consistent with ``statements`` and whole numbers of people.

    Cells that appear in the same statements and targets are one unknown, but for the sets of
    ``apart``. ``truth`` is what the centre knows; it is one consistent state, so a count is
    certain only if no other is.

    Raises:
        DisclosureError: when a statement contradicts ``truth``: it would be a false figure; and
            from every question, when ``clock`` has run out.
    """

    def __init__(
        self,
        statements: Sequence[Statement],
        watched: Sequence[Target],
        truth: Mapping[str, int],
        clock: Clock | None = None,
        grain: float = WHOLE,
        apart: Sequence[frozenset[str]] = (),
    ) -> None:
        self._grain = grain
        self._clock = clock or Clock()
        for statement in statements:
            if not statement.low <= _count(statement.cells, truth) <= statement.high:
                raise DisclosureError(
                    f"số liệu “{statement.label}” ({statement.table}) không khớp dữ liệu gốc"
                )
        rows = [statement.cells for statement in statements]
        self._columns = _merge([*rows, *(target.cells for target in watched), *apart])
        self._matrix = self._incidence(rows)
        self._low = np.array([statement.low for statement in statements], dtype=float)
        self._high = np.array([statement.high for statement in statements], dtype=float)
        self._sums = np.array([_count(cells, truth) for cells in self._columns])
        self._inside = np.zeros(len(self._columns))
        self._states: list[Array] = []
        self._watch(watched)

    def within(self, known: Mapping[str, int], watched: Sequence[Target]) -> Outsider:
        """Whoever knows of some people in what cells they are, and asks of the others.

        ``watched`` are of these others; their cells stand in targets or apart here.
        """
        other = copy(self)
        other._learn(known)  # noqa: SLF001 — one of its own kind
        other._watch(watched)  # noqa: SLF001
        return other

    def _learn(self, known: Mapping[str, int]) -> None:
        inside = [_count(cells & known.keys(), known) for cells in self._columns]
        self._inside = np.array(inside, dtype=float)
        told = self._matrix @ self._inside
        self._low, self._high = np.maximum(self._low - told, 0), self._high - told
        self._sums = self._sums - self._inside

    def _watch(self, watched: Sequence[Target]) -> None:
        self._place = {target: place for place, target in enumerate(watched)}
        self._values = np.array([target.value for target in watched], dtype=float)
        self._goals = self._incidence([target.cells for target in watched])

    def certain(self, among: Iterable[Target], used: Used | None = None) -> list[Target]:
        """Those of ``among`` that can only be what they are, by statements ``used`` (all)."""
        kept = np.ones(len(self._low), dtype=bool) if used is None else used
        asked = {target: self._place[target] for target in among}
        moved = self._moved(kept)
        open_ = [place for place in asked.values() if not moved[place]]
        if not open_:
            return []
        sure = self._sure(kept, open_)
        left = [place for place in open_ if place not in sure]
        # One state may show many to be open, so all are moved together first.
        for places in ([left] if len(left) > 1 else []) + [[place] for place in left]:
            self._move(places, kept, moved)
        return [target for target, place in asked.items() if not moved[place]]

    def _move(self, places: Sequence[int], used: Used, moved: Used) -> None:
        """Look for states with more, and with less, of watched counts that have not moved."""
        # Of nobody there cannot be fewer, of everybody hardly more.
        for sign in (-1, 1) if self._values[places].any() else (1,):
            left = [place for place in places if not moved[place]]
            if left:
                goal = self._goals[left].sum(axis=0)
                moved |= self._away(self._other(goal, sign, used))

    def _sure(self, used: Used, among: Sequence[int]) -> set[int]:
        """Watched numbers that are certain even among fractions of people, by sums of figures.

        Without the cells that must be empty, all that is certain is such a sum.
        """
        exact, goals = self._matrix[used & (self._low == self._high)], self._goals[among]
        sure = Span(exact).holds(goals)
        if self._grain == WHOLE and np.count_nonzero(~sure) > _FEW:
            free = ~empty(self._matrix[used], self._low[used], self._high[used], self._clock)
            sure |= Span(exact[:, free]).holds(goals[:, free])
        return {place for place, is_sure in zip(among, sure, strict=True) if is_sure}

    def interval(self, target: Target) -> tuple[int, int]:
        """The least and the greatest a watched count can be; capped at the group's size."""
        goal, kept = self._goals[self._place[target]], np.ones(len(self._low), dtype=bool)
        whole = self._grain == WHOLE
        low, high = (goal @ self._best(goal, sign, kept, whole=whole) for sign in (-1, 1))
        return round(low), min(round(high), target.n)

    def is_certain(self, target: Target, used: Used) -> bool:
        """As ``certain``, for one."""
        return bool(self.certain([target], used))

    def support(self, target: Target, used: Used) -> Used:
        """Statements that add up to a count, or bound it in the relaxation; or all of ``used``.

        Those that bound it have nonzero duals. A short list to look for a chain in; integrality
        may need more, hence the check.
        """
        goal, bounding = self._goals[self._place[target]], np.zeros(len(used), dtype=bool)
        exact = np.flatnonzero(used & (self._low == self._high))
        if (span := Span(self._matrix[exact])).holds(goal):
            bounding[exact[span.parts(goal)]] = True
            return bounding
        between = np.flatnonzero(used & (self._low < self._high))
        matrix = self._matrix[between]
        for sign in (1, -1):
            found = scipy.optimize.linprog(
                -sign * goal,
                A_eq=self._matrix[exact],
                b_eq=self._low[exact],
                A_ub=np.vstack((matrix, -matrix)),
                b_ub=np.concatenate((self._high[between], -self._low[between])),
                bounds=(0, float(self._sums.sum() + 1)),
            )
            if found.x is not None:
                duals = np.abs(found.ineqlin.marginals).reshape(2, -1).max(axis=0, initial=0.0)
                bounding[between[duals > 1e-9]] = True  # noqa: PLR2004 — rounding
                bounding[exact[np.abs(found.eqlin.marginals) > 1e-9]] = True  # noqa: PLR2004
        return bounding if self.is_certain(target, bounding) else used.copy()

    def _incidence(self, rows: Sequence[frozenset[str]]) -> Array:
        """A merged cell is in a row with all its cells or with none."""
        place = {cell: column for column, cells in enumerate(self._columns) for cell in cells}
        matrix = np.zeros((len(rows), len(self._columns)))
        for number, row in enumerate(rows):
            matrix[number, [place[cell] for cell in row]] = 1.0
        return matrix

    def _moved(self, used: Used) -> Used:
        """Watched counts that a state found before, and still consistent, shows to be open."""
        moved = np.zeros(len(self._values), dtype=bool)
        if self._states:
            states = np.array(self._states).T - self._inside[:, None]
            sums = self._matrix[used] @ states
            fits = (sums >= self._low[used, None]) & (sums <= self._high[used, None])
            may = fits.all(axis=0) & (states >= 0).all(axis=0)
            moved |= self._away(states[:, may]).any(axis=-1)
        return moved

    def _away(self, states: Array) -> Used:
        """Where numbers differ from the truth by more than half a grain."""
        values = self._values if states.ndim == 1 else self._values[:, None]
        return np.asarray(np.abs(self._goals @ states - values) > self._grain / 2)

    def _other(self, goal: Array, sign: int, used: Used) -> Array:
        """A consistent state with more (sign 1) or less (-1) of ``goal``; the truth if none has.

        What fractions of people cannot move, whole ones cannot. Where they can, whole people in
        the same cells mostly can too, and so few cells are quickly searched.
        """
        state = self._best(goal, sign, used, whole=False)
        if not self._differs(goal, state):
            return self._sums
        if self._grain == WHOLE and np.abs(state - np.round(state)).max() > _NONE:
            near = (state > _NONE) | (self._sums > 0)
            state = self._best(goal, sign, used, whole=True, near=near)
            if not self._differs(goal, state):
                state = self._best(goal, sign, used, whole=True)
        return self._found(np.round(state) if self._grain == WHOLE else state)

    def _differs(self, goal: Array, state: Array) -> bool:
        return bool(abs(goal @ (state - self._sums)) > self._grain / 2)

    def _best(
        self, goal: Array, sign: int, used: Used, *, whole: bool, near: Used | None = None
    ) -> Array:
        """A consistent state that is greatest (sign 1) or least (-1) in ``goal``.

        In whole numbers or not, with nobody in cells that are not ``near``.
        """
        cells = np.ones(len(goal), dtype=bool) if near is None else near
        matrix = self._matrix[np.ix_(used, cells)]
        told = scipy.sparse.csr_matrix(matrix), self._low[used], self._high[used]
        # A cell in no statement could be anything; one more or fewer is all that matters.
        most = np.where(matrix.sum(axis=0) > 0, np.inf, self._sums[cells] + 1.0)
        found = self._clock.solve(
            -sign * goal[cells],
            constraints=scipy.optimize.LinearConstraint(*told) if len(matrix) else (),
            integrality=np.full(len(most), whole, dtype=np.int64),
            bounds=scipy.optimize.Bounds(0, most),
        )
        if found.x is None:
            raise DisclosureError(f"không giải được bài toán suy luận: {found.message}")
        state = np.zeros(len(goal))
        state[cells] = np.round(found.x) if whole else found.x
        return state

    def _found(self, state: Array) -> Array:
        """Kept, for all who ask share what was found."""
        self._states.append(state + self._inside)
        return state


def _merge(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Cells by the sets they are in."""
    where: dict[str, list[int]] = {}
    for place, cells in enumerate(sets):
        for cell in cells:
            where.setdefault(cell, []).append(place)
    merged: dict[tuple[int, ...], set[str]] = {}
    for cell, places in where.items():
        merged.setdefault(tuple(places), set()).add(cell)
    return [frozenset(cells) for cells in merged.values()]


def _count(cells: Iterable[str], truth: Mapping[str, int]) -> int:
    return sum(truth.get(cell, 0) for cell in cells)
