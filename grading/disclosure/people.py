"""What was published of whom: figures about people told apart by what is public."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    People = frozenset[str]
    Person = tuple[str, ...]

DECIDED, ENTERED = "decided", "entered"
_WHOLE = {DECIDED: "đã có kết luận", ENTERED: "đã vào sổ gốc"}
_OF_AREA = {"scored": "có điểm {}", "passed": "đạt {}"}
_SUM, _SUM_OF = "sum", "tổng điểm {}"


@dataclass(frozen=True)
class Figure:
    """``low`` to ``high`` of ``who`` had ``fact``: what one printed figure says.

    ``fact`` is a status, ``decided`` (passed or failed), ``entered`` (in the register), or of an
    area: ``scored:KT``, ``passed:KT``, ``in:KT:0.4:0.5``. Of ``sum:KT1`` the figure says that
    the scores of ``who`` add up to ``low`` to ``high`` ten-thousandths of the scale.
    ``key`` names what is left out together with it; one without a key tells nothing that is not
    public, and is beyond question. ``group`` is what ``who`` are called.
    """

    key: str
    table: str
    group: str
    who: People
    fact: str
    low: int
    high: int

    @property
    def label(self) -> str:
        """The figure by name, as a refusal cites it."""
        return f"{self.group}, {name_of(self.fact)}"


@dataclass(frozen=True)
class Told:
    """One publication; ``facts`` says of whom each fact was true then, as the records had it.

    ``values`` are the scores that its sums add up, by fact and person.

    Of one that is not ``withholdable`` nothing can be left out: it goes out whole, or waits.
    """

    id: str
    on: date
    kind: str
    figures: tuple[Figure, ...]
    facts: Mapping[str, People]
    withholdable: bool = True
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @cached_property
    def people(self) -> People:
        """Everybody whom it speaks of."""
        return frozenset().union(*(figure.who for figure in self.figures))

    def on_area(self, area: str) -> tuple[Figure, ...]:
        """Figures of one area; with what is said of results as a whole, and who passed others.

        Those of a sum stand alone.
        """
        if is_sum(area):
            return tuple(one for one in self.figures if one.fact == area)
        return tuple(one for one in self.figures if is_on(one.fact, area))


@dataclass(frozen=True)
class Roster:
    """Who sat: ``before`` has the enrolment that one follows on, of the same person.

    ``agencies`` has the agency of each; it knows the results of its own people.
    """

    before: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)

    def line(self, enrolment: str) -> Person:
        """All of somebody's enrolments up to one, in order of time."""
        earlier = self.before.get(enrolment)
        return (*self.line(earlier), enrolment) if earlier else (enrolment,)

    def persons(self, enrolments: People) -> list[Person]:
        """Everybody with one of these enrolments, by their enrolments up to the last of these."""
        lines = sorted(map(self.line, enrolments), key=len)
        return sorted({line[0]: line for line in lines}.values())

    def who(self, enrolments: People) -> People:
        """Everybody with one of these enrolments, by the first."""
        return frozenset(self.line(one)[0] for one in enrolments)

    def within(self) -> list[People]:
        """The enrolments of each agency."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for enrolment, agency in self.agencies.items():
            found[agency].add(enrolment)
        return [frozenset(found[agency]) for agency in sorted(found)]


def area_of(fact: str) -> str:
    """The area that a fact is about, or nothing; a sum is an area of its own."""
    return fact if is_sum(fact) else fact.split(":")[1] if ":" in fact else ""


def is_sum(fact: str) -> bool:
    """Whether a fact adds up scores."""
    return fact.startswith(f"{_SUM}:")


def is_on(fact: str, area: str) -> bool:
    """Whether a fact, no sum, bears on an area: areas hang together by who passed each."""
    kind = fact.partition(":")[0]
    return kind != _SUM and (kind in _OF_AREA or area_of(fact) in ("", area))


def protected(fact: str) -> bool:
    """Whether nobody outside may learn it of a person or of a small group."""
    return fact in (Status.PASS, Status.REVIEW, Status.INVALID) or fact.startswith("passed:")


def name_of(fact: str) -> str:
    """What a fact is called."""
    kind, _, rest = fact.partition(":")
    if kind == _SUM:
        return _SUM_OF.format(rest)
    if kind in _OF_AREA:
        return _OF_AREA[kind].format(rest)
    if kind == "in":
        area, low, high = rest.split(":")
        ends = [vietnamese(float(end) * 100, 0) for end in (low, high)]
        return f"{area} từ {ends[0]} đến dưới {ends[1]} %"
    return _WHOLE.get(fact) or STATUS_NAMES[Status(fact)].lower()


def related(history: Sequence[Told], proposed: Told, roster: Roster) -> list[Told]:
    """Those of ``history`` that share people with the proposal, or with one that does."""
    near, people = {proposed.id}, roster.who(proposed.people)
    whose = {one.id: roster.who(one.people) for one in history}
    while True:
        more = [one.id for one in history if one.id not in near and whose[one.id] & people]
        if not more:
            return [one for one in history if one.id in near]
        near.update(more)
        people = people.union(*(whose[one] for one in more))
