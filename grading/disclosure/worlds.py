"""From figures about people to cells: all that was ever told of them, in one question.

People who stand in the same figures, at every sitting that they were at, are one **unit**; a
**cell** is a unit with a course (``grading.disclosure.courses``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from grading.disclosure.courses import Courses
from grading.disclosure.inference import WHOLE, targets
from grading.disclosure.people import name_of, protected
from grading.disclosure.publications import Group, Publication, Statement
from grading.disclosure.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grading.disclosure.courses import Course, Held
    from grading.disclosure.people import Figure, People, Person, Roster, Told

    Unit = tuple[tuple[int, ...], ...]

ROSTER = "danh sách dự thi"


def question(history: Sequence[Told], proposed: Told, area: str, roster: Roster) -> Question:
    """The question of ``proposed``: its figures on ``area``, on whole results and on who passed.

    That its figures without a key are printed is beyond question: they stand in the history.
    """
    cells = _Cells([*history, proposed], area, roster)
    free = {s: f.key for f, s in cells.statements(proposed) if f.key}
    fixed = tuple(s for f, s in cells.statements(proposed) if not f.key)
    may = proposed.withholdable
    return Question(
        (
            Publication(ROSTER, proposed.on, "roster", tuple(cells.sizes()), withholdable=False),
            *(_publication(cells, one) for one in history),
            Publication(f"{proposed.id} (số người)", proposed.on, proposed.kind, fixed),
        ),
        Publication(proposed.id, proposed.on, proposed.kind, tuple(free), withholdable=may),
        targets(cells.groups(), cells.truth),
        cells.truth,
        free,
        WHOLE,
        tuple(cells.known_within(roster)),
    )


def _publication(cells: _Cells, told: Told) -> Publication:
    statements = tuple(statement for _, statement in cells.statements(told))
    return Publication(told.id, told.on, told.kind, statements)


class _Cells:
    """Units and courses of all that was told on one area."""

    def __init__(self, told: Sequence[Told], area: str, roster: Roster) -> None:
        self._told, self._area = told, area
        self._courses = Courses(told, area)
        self._scopes = list(dict.fromkeys(f.who for one in told for f in one.on_area(area)))
        self._persons = roster.persons(frozenset().union(*self._scopes))
        self._units = self._in_units()
        self._turns = {
            unit: [frozenset(turn) for turn in zip(*members, strict=True)]
            for unit, members in self._units.items()
        }
        possible = self._courses.possible(self._persons)
        self._named = {
            unit: [(_name(unit, c), c) for c in possible[self._courses.stage(members[0])]]
            for unit, members in self._units.items()
        }
        self.truth = {name: 0 for named in self._named.values() for name, _ in named}
        self.truth |= self._counted(self._persons)

    def statements(self, told: Told) -> Iterator[tuple[Figure, Statement]]:
        """Each figure as a sum of cells; what nobody can have tells nothing."""
        for figure in told.on_area(self._area):
            times = self._times(figure.who, self._courses.holding(told, figure.fact))
            if times:
                cost, ends = 1.0 + len(figure.who), _ends(figure, max(times.values()))
                yield figure, Statement(figure.table, figure.label, frozenset(times), *ends, cost)

    def sizes(self) -> Iterator[Statement]:
        """How many people are in each unit: who sat is public, what became of them is not."""
        for number, (unit, members) in enumerate(self._units.items(), start=1):
            cells, n = frozenset(name for name, _ in self._named[unit]), len(members)
            yield Statement("số người dự thi", f"nhóm {number}", cells, n, n)

    def groups(self) -> Iterator[Group]:
        """All people whom a figure speaks of, and every unit, with what may not be learnt."""
        called = {f.who: f.group for one in self._told for f in one.on_area(self._area)}
        for who, name in list(called.items()):
            for part in self._parts(who):
                called.setdefault(part, f"{name}, riêng {len(part)} người")
        for turn in (turn for turns in self._turns.values() for turn in turns):
            around = [who for who in called if turn <= who]
            if around and turn not in called:
                name = f"một nhóm {len(turn)} người trong “{called[min(around, key=len)]}”"
                called[turn] = name
        return (self._group(name, who) for who, name in called.items())

    def _parts(self, who: People) -> Iterator[People]:
        """Those who sit again apart from the others."""
        found: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for person in self._persons:
            for at, one in enumerate(person):
                if one in who:
                    found[at, len(person)].add(one)
        return (frozenset(part) for part in found.values())

    def known_within(self, roster: Roster) -> list[Counter[str]]:
        """What agencies know of their own people, each thing once."""
        known = [
            self._counted(p for p in self._persons if not agency.isdisjoint(p))
            for agency in roster.within()
        ]
        return list({frozenset(one.items()): one for one in known if one}.values())

    def _group(self, name: str, who: People) -> Group:
        results = {
            f"{name_of(fact)} – {one.id}": cells
            for one, fact in self._courses.facts
            # That nobody is under review, or suspected, hurts nobody.
            if protected(fact)
            and who <= one.people
            and (fact not in _SUSPICIONS or one.facts[fact] & who)
            and (cells := frozenset(self._times(who, self._courses.having(one, fact))))
        }
        members = (name for unit, _ in self._inside(who) for name, _ in self._named[unit])
        return Group(name, frozenset(members), results)

    def _in_units(self) -> dict[Unit, list[Person]]:
        found: defaultdict[Unit, list[Person]] = defaultdict(list)
        for person in self._persons:
            found[self._unit(person)].append(person)
        return {unit: found[unit] for unit in sorted(found)}

    def _unit(self, person: Person) -> Unit:
        return tuple(
            tuple(at for at, who in enumerate(self._scopes) if one in who) for one in person
        )

    def _counted(self, persons: Iterable[Person]) -> Counter[str]:
        return Counter(_name(self._unit(p), self._courses.taken(p)) for p in persons)

    def _inside(self, who: People) -> Iterator[tuple[Unit, list[int]]]:
        """The units with enrolments all of ``who``, and which enrolments."""
        for unit, turns in self._turns.items():
            if among := [at for at, turn in enumerate(turns) if turn <= who]:
                yield unit, among

    def _times(self, who: People, held: Held) -> dict[str, int]:
        """The cells in which something holds of somebody, and of how many enrolments."""
        found = {
            name: sum(held(course[at], at) for at in among)
            for unit, among in self._inside(who)
            for name, course in self._named[unit]
        }
        return {name: times for name, times in found.items() if times}


def _ends(figure: Figure, times: int) -> tuple[int, int]:
    """How many people there are, when nobody counts more often than this."""
    return -(-figure.low // times), figure.high


_SUSPICIONS = frozenset({"REVIEW", "INVALID"})


def _name(unit: Unit, course: Course) -> str:
    turns = ("".join("01"[held] for held in turn) for turn in course)
    return f"{'/'.join('.'.join(map(str, scopes)) for scopes in unit)}:{'/'.join(turns)}"
