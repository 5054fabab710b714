"""From figures about people to cells: all that was ever told of them, in one question.

People who stand in the same figures are one **unit**; what became of somebody at every
publication is a **course**; a **cell** is a unit with a course.

The courses thought possible are those that somebody has taken of whom the same publications
speak, to pass or fail (the area too or not), and to do so where there was no decision yet. An
outsider can think of more, so more is kept back than must be, never less.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from grading.disclosure.inference import WHOLE, targets
from grading.disclosure.people import DECIDED, ENTERED, area_of, is_on, name_of, protected
from grading.disclosure.publications import Group, Publication, Statement
from grading.disclosure.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from grading.disclosure.people import Figure, People, Told

    Course = tuple[bool, ...]
    Unit = tuple[int, ...]

ROSTER = "danh sách dự thi"


def question(history: Sequence[Told], proposed: Told, area: str) -> Question:
    """The question of ``proposed``: its figures on ``area``, on whole results and on who passed.

    That its figures without a key are printed is beyond question: they stand in the history.
    """
    cells = _Cells([*history, proposed], area)
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
    )


def _publication(cells: _Cells, told: Told) -> Publication:
    statements = tuple(statement for _, statement in cells.statements(told))
    return Publication(told.id, told.on, told.kind, statements)


class _Cells:
    """Units and courses of all that was told on one area."""

    def __init__(self, told: Sequence[Told], area: str) -> None:
        self._told, self._area = told, area
        self._facts = [(one, fact) for one in told for fact in self._facts_of(one)]
        self._place = {(one.id, fact): at for at, (one, fact) in enumerate(self._facts)}
        self._scopes = list(dict.fromkeys(f.who for one in told for f in one.on_area(area)))
        self._units = self._in_units(frozenset().union(*self._scopes))
        self._courses = self._known({p: self._course(p) for m in self._units.values() for p in m})
        self._named = {
            unit: [(_name(unit, c), c) for c in self._courses[self._stage(members)]]
            for unit, members in self._units.items()
        }
        self.truth = {name: 0 for named in self._named.values() for name, _ in named}
        self.truth |= Counter(
            _name(unit, self._course(person))
            for unit, members in self._units.items()
            for person in members
        )

    def statements(self, told: Told) -> Iterator[tuple[Figure, Statement]]:
        """Each figure as a sum of cells; what nobody can have tells nothing."""
        for figure in told.on_area(self._area):
            cells = self._where(figure.who, self._place[told.id, figure.fact])
            if cells:
                cost, ends = 1.0 + len(figure.who), (figure.low, figure.high)
                yield figure, Statement(figure.table, figure.label, cells, *ends, cost)

    def sizes(self) -> Iterator[Statement]:
        """How many people are in each unit: who sat is public, what became of them is not."""
        for number, (unit, members) in enumerate(self._units.items(), start=1):
            cells, n = frozenset(name for name, _ in self._named[unit]), len(members)
            yield Statement("số người dự thi", f"nhóm {number}", cells, n, n)

    def groups(self) -> Iterator[Group]:
        """All people whom a figure speaks of, and every unit, with what may not be learnt."""
        called = {f.who: f.group for one in self._told for f in one.on_area(self._area)}
        for who, name in called.items():
            yield self._group(name, who)
        for unit, members in self._units.items():
            if members not in called:
                least = min((self._scopes[at] for at in unit), key=len)
                yield self._group(f"một nhóm {len(members)} người trong “{called[least]}”", members)

    def _group(self, name: str, who: People) -> Group:
        results = {
            f"{name_of(fact)} – {one.id}": cells
            for one, fact in self._facts
            # That nobody is under review, or suspected, hurts nobody.
            if protected(fact)
            and who <= one.people
            and (fact not in _SUSPICIONS or one.facts[fact] & who)
            and (cells := self._where(who, self._place[one.id, fact]))
        }
        members = (name for unit in self._inside(who) for name, _ in self._named[unit])
        return Group(name, frozenset(members), results)

    def _facts_of(self, told: Told) -> list[str]:
        watched = (f for f in told.facts if protected(f) or f in (DECIDED, ENTERED))
        ours = (f for f in watched if is_on(f, self._area))
        return list(dict.fromkeys([*(f.fact for f in told.on_area(self._area)), *ours]))

    def _in_units(self, everybody: People) -> dict[Unit, People]:
        found: defaultdict[Unit, set[str]] = defaultdict(set)
        for person in everybody:
            found[tuple(at for at, who in enumerate(self._scopes) if person in who)].add(person)
        return {unit: frozenset(found[unit]) for unit in sorted(found)}

    def _course(self, person: str) -> Course:
        return tuple(person in one.facts[fact] & one.people for one, fact in self._facts)

    def _stage(self, members: Iterable[str]) -> People:
        """The publications that speak of somebody."""
        person = next(iter(members))
        return frozenset(one.id for one in self._told if person in one.people)

    def _known(self, taken: Mapping[str, Course]) -> dict[People, list[Course]]:
        """By the publications that speak of people, the courses that these may have taken."""
        stages = {self._stage([person]) for person in taken}
        by_stage: defaultdict[People, set[Course]] = defaultdict(set)
        for person, course in taken.items():
            by_stage[self._stage([person])].add(course)
        found = {}
        for stage in stages:
            seen = {self._only(c, stage) for s, cs in by_stage.items() if s >= stage for c in cs}
            ends = [(self._only(self._simple(*end), stage), end[1]) for end in self._ends()]
            # Whoever has passed every area has passed: the first of the ends.
            open_ = seen | {self._waiting(c, areas) for c in seen for _, areas in ends[1:]}
            later = {new for c in open_ for end in ends for new in self._settled(c, *end, stage)}
            found[stage] = sorted(seen | {end for end, _ in ends} | later)
        return found

    def _only(self, course: Course, stage: People) -> Course:
        return tuple(
            held and one.id in stage for held, (one, _) in zip(course, self._facts, strict=True)
        )

    def _ends(self) -> list[tuple[str, People]]:
        """Statuses with the areas passed: all for a pass, not all to fail."""
        areas = sorted({area_of(fact) for _, fact in self._facts} - {""})
        sizes = range(len(areas)) if areas else (0,)
        some = [frozenset(few) for n in sizes for few in combinations(areas, n)]
        return [("PASS", frozenset(areas)), *(("FAIL", few) for few in some)]

    def _simple(self, status: str, areas: People) -> Course:
        """To have one status throughout, and to be at the top or the foot of an area's scale."""
        return tuple(self._simply(one, fact, status, areas) for one, fact in self._facts)

    def _simply(self, told: Told, fact: str, status: str, areas: People) -> bool:
        kind, _, rest = fact.partition(":")
        passed = area_of(fact) in areas
        if kind == "in":
            lows = [float(f.split(":")[2]) for f in self._facts_of(told) if f.startswith("in:")]
            return float(rest.split(":")[1]) == (max(lows) if passed else min(lows))
        if kind in ("scored", "passed"):
            return kind == "scored" or passed
        return fact in (status, DECIDED) or (fact == ENTERED and status == "PASS")

    def _waiting(self, course: Course, areas: People) -> Course:
        """With exactly these areas passed as long as there is no decision."""
        decided = {
            one.id for (one, fact), held in zip(self._facts, course, strict=True)
            if held and fact == DECIDED
        }  # fmt: skip
        return tuple(
            self._simply(one, fact, "", areas)
            if fact.startswith(("passed:", "in:")) and one.id not in decided
            else held
            for held, (one, fact) in zip(course, self._facts, strict=True)
        )

    def _settled(
        self, course: Course, end: Course, areas: People, stage: People
    ) -> Iterator[Course]:
        """Whoever had no decision at a publication may have either at the next ones."""
        told = [one for one in self._told if one.id in stage]
        for number, one in enumerate(told, start=1):
            at = self._place.get((one.id, DECIDED))
            after = {later.id for later in told[number:] if _more_decided(one, later)}
            before = {earlier.id for earlier in told[:number]}
            if at is not None and not course[at] and self._passed(before, course) <= areas:
                yield tuple(
                    end[place] if whose.id in after else course[place]
                    for place, (whose, _) in enumerate(self._facts)
                )

    def _passed(self, before: AbstractSet[str], course: Course) -> People:
        """The areas passed at any of some publications: nobody who waits loses one."""
        facts = zip(self._facts, course, strict=True)
        return frozenset(
            area_of(fact)
            for (one, fact), held in facts
            if held and one.id in before and fact.startswith("passed:")
        )

    def _inside(self, who: People) -> Iterator[Unit]:
        return (unit for unit, members in self._units.items() if members <= who)

    def _where(self, who: People, place: int) -> People:
        return frozenset(
            name for unit in self._inside(who) for name, held in self._named[unit] if held[place]
        )


_SUSPICIONS = frozenset({"REVIEW", "INVALID"})


def _more_decided(one: Told, later: Told) -> bool:
    """Whether anybody had a decision by then; if not, an outsider may well know the day."""
    before, after = (told.facts.get(DECIDED, frozenset()) for told in (one, later))
    return bool(one.people & later.people & after - before)


def _name(unit: Unit, course: Course) -> str:
    return f"{'.'.join(map(str, unit))}:{''.join('01'[held] for held in course)}"
