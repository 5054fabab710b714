"""Means and other sums of scores: what they tell together of the scores of a few.

A score is counted in ten-thousandths of its scale. Somebody's score that has not changed between
two publications is one number in both; after a change it is another.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from grading.disclosure.inference import Target
from grading.disclosure.people import name_of
from grading.disclosure.publications import Publication, Statement
from grading.disclosure.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grading.disclosure.people import Figure, People, Told

FULL = 10_000
GRAIN = 1_000  # a person's score is known when it is known to a twentieth of the scale
ROSTER = "danh sách dự thi"


def question(history: Sequence[Told], proposed: Told, fact: str) -> Question:
    """What may be learnt of the scores that the sums of one ``fact`` add up."""
    scores = _Scores([*history, proposed], fact)
    asked = dict(scores.statements(proposed))
    return Question(
        (
            Publication(ROSTER, proposed.on, "roster", tuple(scores.sizes()), withholdable=False),
            *(_publication(scores, one) for one in history),
        ),
        Publication(
            proposed.id,
            proposed.on,
            proposed.kind,
            tuple(asked),
            withholdable=proposed.withholdable,
        ),
        tuple(scores.targets()),
        scores.truth,
        {statement: figure.key for statement, figure in asked.items()},
        GRAIN,
    )


def _publication(scores: _Scores, told: Told) -> Publication:
    statements = tuple(statement for statement, _ in scores.statements(told))
    return Publication(told.id, told.on, told.kind, statements)


class _Scores:
    """Everybody's score at every publication, in units that the same figures add up."""

    def __init__(self, told: Sequence[Told], fact: str) -> None:
        self._fact = fact
        self._named = _versions(told, fact)
        self._scopes = [
            self._atoms(one, figure.who) for one in told for figure in one.on_area(fact)
        ]
        self._called = {
            self._atoms(one, figure.who): figure.group
            for one in told
            for figure in one.on_area(fact)
        }
        units: defaultdict[tuple[int, ...], set[str]] = defaultdict(set)
        for atom in frozenset().union(*self._scopes):
            units[tuple(n for n, who in enumerate(self._scopes) if atom in who)].add(atom)
        self._units = {_name(unit): frozenset(atoms) for unit, atoms in sorted(units.items())}
        values = {
            atom: one.values[fact][person]
            for one in told
            for person, atom in self._named[one.id].items()
        }
        self.truth = {name: sum(values[a] for a in who) for name, who in self._units.items()}

    def statements(self, told: Told) -> Iterator[tuple[Statement, Figure]]:
        """Each figure as a sum over units."""
        for figure in told.on_area(self._fact):
            cells = self._inside(self._atoms(told, figure.who))
            ends = (figure.low, figure.high)
            cost = 1.0 + len(figure.who)
            yield Statement(figure.table, figure.label, cells, *ends, cost), figure

    def sizes(self) -> Iterator[Statement]:
        """Nobody has less than nothing, nor more than all."""
        for number, (name, who) in enumerate(self._units.items(), start=1):
            cells = frozenset({name})
            yield Statement("thang điểm", f"nhóm {number}", cells, 0, FULL * len(who))

    def targets(self) -> Iterator[Target]:
        """The scores of everybody whom a figure speaks of, and of every unit."""
        for who, name in self._called.items():
            yield self._target(name, who)
        for who in self._units.values():
            if who not in self._called:
                around = min((one for one in self._called if who <= one), key=len)
                yield self._target(f"một nhóm {len(who)} người trong “{self._called[around]}”", who)

    def _target(self, name: str, who: People) -> Target:
        cells, n = self._inside(who), len(who)
        value = sum(self.truth[cell] for cell in cells)
        return Target(name, name_of(self._fact), cells, n, value, FULL * n)

    def _atoms(self, told: Told, who: People) -> People:
        return frozenset(self._named[told.id][person] for person in who)

    def _inside(self, who: People) -> People:
        return frozenset(name for name, members in self._units.items() if members <= who)


def _name(unit: tuple[int, ...]) -> str:
    return ".".join(map(str, unit))


def _versions(told: Sequence[Told], fact: str) -> dict[str, dict[str, str]]:
    """At each publication, everybody with a score, and how many scores they had had by then."""
    found: dict[str, dict[str, str]] = {}
    histories: defaultdict[str, list[int]] = defaultdict(list)
    for one in told:
        for person, value in one.values.get(fact, {}).items():
            histories[person].append(value)
        found[one.id] = {p: f"{p}#{_changes(histories[p])}" for p in one.values.get(fact, {})}
    return found


def _changes(values: Sequence[int]) -> int:
    return sum(before != after for before, after in pairwise(values))
