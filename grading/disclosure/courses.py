"""What may have become of people: the courses that an outsider is thought to think of.

A **turn** is what was true of somebody's enrolment at every publication; a **course** is the
turns of one person, who may sit again.

Turns thought possible are those that somebody has taken of whom the same publications speak, to
pass or fail (the area too or not), and to do so where there was no decision yet. Whoever sits
again did not pass, keeps the areas passed before and sits the others. An outsider can think of
more: more is kept back than must be, but for what these courses make certain already.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

from grading.certification.decision import Status
from grading.disclosure.people import DECIDED, ENTERED, area_of, is_on, protected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from grading.disclosure.people import People, Person, Told

    Turn = tuple[bool, ...]
    Course = tuple[Turn, ...]
    Stage = tuple[People, ...]
    Held = Callable[[Turn, int], bool]


@dataclass(frozen=True)
class _End:
    """A status with the areas passed by then, of them those kept from before."""

    status: str
    passed: People
    kept: People


class Courses:
    """Turns on one area by the facts of all that was told, in order."""

    def __init__(self, told: Sequence[Told], area: str) -> None:
        self._told, self._area = told, area
        self.facts = [(one, fact) for one in told for fact in self._facts_of(one)]
        self._classes = {one.id: _classes(self._facts_of(one)) for one in told}
        self.place = {(one.id, fact): at for at, (one, fact) in enumerate(self.facts)}
        self._simples: dict[_End, Turn] = {}
        self._areas = sorted({area_of(fact) for _, fact in self.facts} - {""})

    def taken(self, person: Person) -> Course:
        """What became of somebody."""
        return tuple(
            tuple(one in told.people and one in told.facts[fact] for told, fact in self.facts)
            for one in person
        )

    def stage(self, person: Person) -> Stage:
        """The publications that speak of each enrolment of somebody."""
        return tuple(
            frozenset(told.id for told in self._told if one in told.people) for one in person
        )

    def holding(self, told: Told, fact: str) -> Held:
        """Whether a publication counts an enrolment among those of whom a fact was true."""
        place = self.place[told.id, fact]
        return lambda turn, _: turn[place]

    def having(self, told: Told, fact: str) -> Held:
        """As ``holding``; whoever sits again and has no score in an area has passed it before."""
        place = self.place[told.id, fact]
        scored = self.place.get((told.id, f"scored:{area_of(fact)}"))
        if scored is None or not fact.startswith("passed:"):
            return self.holding(told, fact)
        return lambda turn, at: turn[place] or (at > 0 and not turn[scored])

    def possible(self, persons: Iterable[Person]) -> dict[Stage, list[Course]]:
        """By the publications that speak of people, the courses that these may have taken."""
        by_stage: defaultdict[Stage, set[Course]] = defaultdict(set)
        for person in persons:
            by_stage[self.stage(person)].add(self.taken(person))
        return {stage: sorted(self._of_stage(stage, by_stage)) for stage in by_stage}

    def _of_stage(self, stage: Stage, taken: Mapping[Stage, set[Course]]) -> set[Course]:
        seen = {
            tuple(map(self._only, course, stage))
            for its, courses in taken.items()
            if len(its) == len(stage) and all(a >= b for a, b in zip(its, stage, strict=True))
            for course in courses
        }
        turns = [self._turns(at, told, taken) for at, told in enumerate(stage)]
        return seen | {
            course
            for course in product(*turns)
            if all(self._follows(*pair) for pair in pairwise(zip(course, stage, strict=True)))
        }

    def _turns(self, at: int, stage: People, taken: Mapping[Stage, set[Course]]) -> set[Turn]:
        """What an enrolment may have come to, the first of somebody or a later one."""
        seen = {
            self._only(turn, stage)
            for its, courses in taken.items()
            for course in courses
            for number, (turn, told) in enumerate(zip(course, its, strict=True))
            if told >= stage and bool(number) == bool(at)
        }
        ways = _ways(self._areas, again=bool(at))
        ends = {self._only(self._simple(end), stage) for end in ways}
        like = {turn: [e for e in ways if e.kept == self._kept(turn, stage, at)] for turn in seen}
        open_ = {turn: like[turn] for turn in seen} | {
            self._waiting(turn, end): like[turn]
            for turn in seen
            for end in like[turn]
            if end.status != "PASS"
        }
        later = {
            new
            for turn, ends_of in open_.items()
            for end in ends_of
            for new in self._settled(turn, end, stage)
        }
        return seen | ends | later

    def _facts_of(self, told: Told) -> list[str]:
        watched = (
            fact
            for fact in told.facts
            if protected(fact) or fact in (DECIDED, ENTERED) or _is_score(fact)
        )
        ours = (f for f in watched if is_on(f, self._area))
        return list(dict.fromkeys([*(f.fact for f in told.on_area(self._area)), *ours]))

    def _only(self, turn: Turn, stage: People) -> Turn:
        return tuple(
            held and one.id in stage for held, (one, _) in zip(turn, self.facts, strict=True)
        )

    def _simple(self, end: _End) -> Turn:
        """To have one status throughout, and to be at the top or the foot of an area's scale."""
        if end not in self._simples:
            self._simples[end] = tuple(self._simply(one, fact, end) for one, fact in self.facts)
        return self._simples[end]

    def _simply(self, told: Told, fact: str, end: _End) -> bool:
        kind, _, rest = fact.partition(":")
        passed = area_of(fact) in end.passed
        if area_of(fact) in end.kept:
            return kind == "passed" and not _scores(told, area_of(fact))
        if kind == "in":
            return rest == self._classes[told.id][-1 if passed else 0]
        if kind in ("scored", "passed"):
            return kind == "scored" or passed
        return fact in (end.status, DECIDED) or (fact == ENTERED and end.status == "PASS")

    def _waiting(self, turn: Turn, end: _End) -> Turn:
        """With exactly these areas passed as long as there is no decision."""
        decided = {
            one.id for (one, fact), held in zip(self.facts, turn, strict=True)
            if held and fact == DECIDED
        }  # fmt: skip
        return tuple(
            self._simply(one, fact, end)
            if fact.startswith(("passed:", "in:")) and one.id not in decided
            else held
            for held, (one, fact) in zip(turn, self.facts, strict=True)
        )

    def _settled(self, turn: Turn, end: _End, stage: People) -> Iterator[Turn]:
        """Whoever had no decision at a publication may have either at the next ones."""
        told, simple = [one for one in self._told if one.id in stage], self._simple(end)
        for number, one in enumerate(told, start=1):
            at = self.place.get((one.id, DECIDED))
            after = {later.id for later in told[number:] if _more_decided(one, later)}
            before = {earlier.id for earlier in told[:number]}
            if at is not None and not turn[at] and self._passed(before, turn) <= end.passed:
                yield tuple(
                    simple[place] if whose.id in after else turn[place]
                    for place, (whose, _) in enumerate(self.facts)
                )

    def _passed(self, before: AbstractSet[str], turn: Turn) -> People:
        """The areas passed at any of some publications: nobody who waits loses one."""
        facts = zip(self.facts, turn, strict=True)
        return frozenset(
            area_of(fact)
            for (one, fact), held in facts
            if held and one.id in before and fact.startswith("passed:")
        )

    def _kept(self, turn: Turn, stage: People, at: int) -> People:
        """The areas that somebody who sits again has no score in, where that is told."""
        facts = zip(self.facts, turn, strict=True)
        return frozenset(
            area_of(fact)
            for (one, fact), held in facts
            if at and not held and one.id in stage and _is_score(fact)
        )

    def _follows(self, earlier: tuple[Turn, People], later: tuple[Turn, People]) -> bool:
        """Whether somebody may have come to one after the other: not passed, areas kept."""
        (turn, told), (again, at) = earlier, later
        if any(held and fact in _PASSED for (_, fact), held in zip(self.facts, turn, strict=True)):
            return False
        passed, final = self._passed(told, turn), self._final(turn, told)
        facts = [its for its in zip(self.facts, again, strict=True) if its[0][0].id in at]
        sat, kept = (
            {area_of(fact) for (_, fact), held in facts if _is_score(fact) and held == has}
            for has in (True, False)
        )
        lost = {
            area_of(fact) for (one, fact), held in facts
            if fact.startswith("passed:") and not held and not _scores(one, area_of(fact))
        }  # fmt: skip
        return not passed & (sat | lost) and (kept <= passed or not final)

    def _final(self, turn: Turn, stage: People) -> bool:
        """Whether somebody was decided on when last told of by area."""
        return any(
            held and fact == DECIDED and any(f.startswith("passed:") for f in one.facts)
            for (one, fact), held in zip(self.facts, turn, strict=True)
            if one.id in stage
        )


def _classes(facts: Sequence[str]) -> list[str]:
    """The classes of an area's histogram, from the foot of the scale."""
    classes = (fact.removeprefix("in:") for fact in facts if fact.startswith("in:"))
    return sorted(classes, key=lambda one: float(one.split(":")[1]))


def _ways(areas: Sequence[str], *, again: bool) -> list[_End]:
    """To have passed every area is to have passed; whoever sits again keeps some, not all."""
    return [
        _End("PASS" if passed == frozenset(areas) else "FAIL", passed, kept)
        for passed in _some(areas)
        for kept in (_some(sorted(passed)) if again else [frozenset[str]()])
        if kept != frozenset(areas) or not areas
    ] + ([] if areas else [_End("FAIL", frozenset(), frozenset())])


def _some(areas: Sequence[str]) -> list[People]:
    return [frozenset(few) for n in range(len(areas) + 1) for few in combinations(areas, n)]


def _is_score(fact: str) -> bool:
    return fact.startswith("scored:")


def _scores(told: Told, area: str) -> bool:
    """Whether a publication tells passes only of those with a score: an area kept has none."""
    return f"scored:{area}" in told.facts


def _more_decided(one: Told, later: Told) -> bool:
    """Whether anybody had a decision by then; if not, an outsider may well know the day."""
    before, after = (told.facts.get(DECIDED, frozenset()) for told in (one, later))
    return bool(one.people & later.people & after - before)


_PASSED = (Status.PASS, ENTERED)
