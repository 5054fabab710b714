"""One proposal in front of its history: what it would tell, and through which figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import scipy

from courses.foundation.errors import DisclosureError
from grading.disclosure.coalitions import given_away, small_unions
from grading.disclosure.inference import Outsider, Target
from grading.disclosure.insiders import Insiders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from grading.disclosure.clock import Clock
    from grading.disclosure.inference import Used
    from grading.disclosure.publications import Publication, Statement
    from grading.disclosure.question import Question


@dataclass(frozen=True, eq=False)
class Chain:
    """Figures that suffice to tell ``target``: ``used`` marks them among all of the case.

    They tell it to whoever knows of some people in what cells they are.
    """

    target: Target
    used: Used
    known: Mapping[str, int] = field(default_factory=dict)


class Case:
    """All figures in order, the proposal's last, and the counts that may not be learnt.

    ``past`` are the counts that the history alone has told; they are watched no more. Groups
    below ``minimum`` are small.

    Raises:
        DisclosureError: when a figure contradicts the truth, or a publication is listed twice.
    """

    def __init__(self, asked: Question, minimum: int, clock: Clock) -> None:
        history, proposed = asked.history, asked.proposed
        if len({p.id for p in history} | {proposed.id}) != len(history) + 1:
            raise DisclosureError(f"công bố {proposed.id} hoặc một công bố cũ bị ghi hai lần")
        self.proposed = proposed
        self._pairs = [(p, s) for p in (*history, proposed) for s in p.statements]
        self._statements = [statement for _, statement in self._pairs]
        self._first = len(self._pairs) - len(proposed.statements)
        self._truth, self._grain = asked.truth, asked.grain
        self._minimum, self._clock = minimum, clock
        secret = _once(t for t in asked.watched if t.tells(t.value, t.value, minimum))
        unions = small_unions(secret, minimum)
        apart = [target.cells for target in asked.watched] if asked.insiders else []
        every = [*secret, *unions]
        self._outsider = Outsider(self._statements, every, asked.truth, clock, asked.grain, apart)
        self._old = np.arange(len(self._pairs)) < self._first
        self.past = tuple(self._outsider.certain(secret, self._old))
        self._watched = [target for target in secret if target not in set(self.past)]
        told = set(self._outsider.certain(unions, self._old))
        self._unions = [union for union in unions if union not in told]
        past = {target.cells for target in self.past}
        left = [target for target in asked.watched if target.cells not in past]
        self._insiders = Insiders(self._outsider, left, asked.insiders)

    def printed(self) -> list[Chain]:
        """What the proposal prints outright; this needs no solver."""
        secrets = {target.cells: target for target in self._watched}
        return [
            Chain(secrets[statement.cells], np.arange(len(self._pairs)) == place)
            for place, statement in enumerate(self._statements)
            if place >= self._first and statement.exact and statement.cells in secrets
        ]

    def told(self, withheld: frozenset[int]) -> list[Chain]:
        """What is told when figures ``withheld`` (places in the proposal) are not printed."""
        kept = np.ones(len(self._pairs), dtype=bool)
        kept[[self._first + place for place in withheld]] = False
        sure = self._outsider.certain
        found = sure(self._watched, kept) or sure(self._unions, kept)
        if found:
            return [Chain(target, self._outsider.support(target, kept)) for target in found]
        left = [s for s, is_kept in zip(self._statements, kept, strict=True) if is_kept]
        union = given_away(left, self._watched, self._minimum, self._clock)
        if union:
            used = self._alone(union, np.arange(len(kept)), {}).support(union, kept)
            if used[self._first :].any():
                return [Chain(union, used)]
        return [
            Chain(target, outsider.support(target, kept), known)
            for known, outsider, target in self._insiders.told(kept, self._old)
        ]

    def shortened(self, chain: Chain) -> Chain:
        """A chain of which no figure can be left out, with as few new ones as may be."""
        places = np.flatnonzero(chain.used)
        outsider = self._alone(chain.target, places, chain.known)
        kept = np.ones(len(places), dtype=bool)
        for place in reversed(range(len(places))):
            kept[place] = False
            kept[place] = not outsider.is_certain(chain.target, kept)
        used = np.zeros_like(chain.used)
        used[places[kept]] = True
        return Chain(chain.target, used)

    def figures(self, chain: Chain) -> list[tuple[Publication, Statement]]:
        """The figures of a chain with their publications."""
        return [self._pairs[place] for place in np.flatnonzero(chain.used)]

    def cheapest(self, chains: Sequence[Chain]) -> frozenset[int]:
        """Places in the proposal: the set of least cost with a figure of every chain."""
        costs = np.array([statement.cost for statement in self._statements[self._first :]])
        solved = self._clock.solve(
            costs,
            constraints=scipy.optimize.LinearConstraint(
                np.array([chain.used[self._first :] for chain in chains], dtype=float), 1, np.inf
            ),
            integrality=np.ones(len(costs), dtype=np.int64),
            bounds=scipy.optimize.Bounds(0, 1),
        )
        if solved.x is None:
            raise DisclosureError("không tìm được cách bỏ bớt số liệu; hãy hoãn công bố")
        return frozenset(int(place) for place in np.flatnonzero(solved.x > 0.5))  # noqa: PLR2004 — 0 or 1

    def _alone(
        self, target: Target, places: NDArray[np.intp], known: Mapping[str, int]
    ) -> Outsider:
        """Watching one count merges more cells: quicker, and needed for a union of many."""
        statements = [self._statements[place] for place in places]
        apart = [target.cells]
        outsider = Outsider(statements, (), self._truth, self._clock, self._grain, apart)
        return outsider.within(known, [target])


def _once(targets: Iterable[Target]) -> list[Target]:
    """A type with one agency is that agency: one count, watched once."""
    return list({target.cells: target for target in reversed(list(targets))}.values())
