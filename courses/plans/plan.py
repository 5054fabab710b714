"""The five-year plan of CV 491/BTTTT-ƯDCNTT, part A, as tables instead of prose.

Sections keep the letter's numbers: I bases, II state and past projects, III goals, IV contents,
V solutions, VI results of each year, VII money, VIII projects, IX benefit. Values of goals are
percentages (points 0 to 100), money is in whole tỷ đồng.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from courses.models import traceability
from courses.models.target_path import Target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Section = Literal["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]


@dataclass(frozen=True)
class Basis:
    """A line of section I: a document by its id in the register."""

    code: str
    source: str


@dataclass(frozen=True)
class PastProject:
    """A line of section II.6 with the six fields that CV 491 asks for."""

    code: str
    name: str
    aim: str
    investment: str
    source: str
    period: str
    result: str


@dataclass(frozen=True)
class Goal:
    """A line of section III.2.

    ``path`` is its line of section VI: the value in % at the end of each year. ``contents`` are
    the codes of section IV without which it cannot be reached.
    """

    code: str
    measure: str
    base: int
    target: int
    year: int
    path: tuple[tuple[int, int], ...]
    data_source: str
    owner: str
    contents: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """A line of section IV.

    ``reaches`` are the levels of administration it serves, ``reuses`` the shared system it stands
    on, ``builds`` a data base of its own that it sets up, empty when none. ``security`` counts
    its money towards the share for cyber security.
    """

    code: str
    name: str
    reaches: tuple[str, ...]
    reuses: str = ""
    builds: str = ""
    security: bool = False


@dataclass(frozen=True)
class Cost:
    """One cell of section VII: tỷ đồng for a content, from a source, in a year, by a project."""

    content: str
    source: str
    year: int
    project: str
    amount: int


@dataclass(frozen=True)
class Totals:
    """The sums as section VII states them, right or wrong."""

    contents: Mapping[str, int]
    sources: Mapping[str, int]
    years: Mapping[int, int]
    whole: int


@dataclass(frozen=True)
class Project:
    """A line of section VIII; ``goals`` is its aim, ``cost`` in tỷ đồng as the line states it."""

    code: str
    name: str
    goals: tuple[str, ...]
    start: int
    end: int
    cost: int


@dataclass(frozen=True)
class Benefit:
    """A line of section IX: (target - base) % x ``volume`` of ``what`` a year x ``hours`` saved.

    ``stated`` is the result as the plan states it, in hours a year.
    """

    code: str
    goal: str
    what: str
    volume: int
    hours: int
    stated: int


@dataclass(frozen=True)
class Passage:
    """A short free text, the place for judgement; ``most`` words at most."""

    section: Section
    row: str
    text: str
    most: int


@dataclass(frozen=True)
class Refusal:
    """A proposal that the plan turns down, and why."""

    code: str
    proposal: str
    reason: str


@dataclass(frozen=True)
class Frame:
    """What the plan is checked against and did not choose itself.

    ``state`` is the state sheet: the value in % of each goal's measure. ``ceilings`` are tỷ đồng
    by source, ``levels`` the levels of administration that exist and ``abolished`` one that no
    longer does, ``national`` the data bases that the nation already has, ``security`` the least
    share for cyber security in %.
    """

    unit: str
    first: int
    last: int
    signed_on: date
    state: Mapping[str, int]
    ceilings: Mapping[str, int]
    levels: tuple[str, ...]
    abolished: str
    national: tuple[str, ...]
    security: int


@dataclass(frozen=True)
class FiveYearPlan:
    """The whole plan."""

    frame: Frame
    bases: tuple[Basis, ...]
    past: tuple[PastProject, ...]
    goals: tuple[Goal, ...]
    contents: tuple[Content, ...]
    costs: tuple[Cost, ...]
    totals: Totals
    projects: tuple[Project, ...]
    benefits: tuple[Benefit, ...]
    refusals: tuple[Refusal, ...]
    passages: tuple[Passage, ...]

    def goal(self, code: str) -> Goal:
        """One goal; KeyError when there is none."""
        return {goal.code: goal for goal in self.goals}[code]

    @property
    def security_money(self) -> int:
        """Money of the contents for cyber security, in tỷ đồng."""
        guarded = {content.code for content in self.contents if content.security}
        return sum(cost.amount for cost in self.costs if cost.content in guarded)


def totals(plan: FiveYearPlan) -> Totals:
    """The sums of section VII as its cells give them, one for each row the plan has."""
    contents = Counter({content.code: 0 for content in plan.contents})
    sources = Counter(dict.fromkeys(plan.frame.ceilings, 0))
    years = Counter(dict.fromkeys(range(plan.frame.first, plan.frame.last + 1), 0))
    for cost in plan.costs:
        contents[cost.content] += cost.amount
        sources[cost.source] += cost.amount
        years[cost.year] += cost.amount
    return Totals(contents, sources, years, sum(cost.amount for cost in plan.costs))


def added_up(plan: FiveYearPlan) -> FiveYearPlan:
    """The plan with every stated sum and project cost as the cells of section VII give them."""
    costs = Counter[str]()
    for cost in plan.costs:
        costs[cost.project] += cost.amount
    projects = tuple(replace(project, cost=costs[project.code]) for project in plan.projects)
    return replace(plan, totals=totals(plan), projects=projects)


def chain(plan: FiveYearPlan) -> traceability.Plan:
    """The plan as the chain III, IV, VI, VII, VIII that each goal is followed through."""
    return traceability.Plan(
        targets=tuple(
            Target(g.code, g.measure, g.base, g.target, plan.frame.first - 1, plan.frame.last)
            for g in plan.goals
        ),
        contents=tuple(
            traceability.Content(
                content.code,
                content.name,
                tuple(goal.code for goal in plan.goals if content.code in goal.contents),
            )
            for content in plan.contents
        ),
        milestones=tuple(
            traceability.Milestone(goal.code, year, value)
            for goal in plan.goals
            for year, value in goal.path
        ),
        money=tuple(traceability.MoneyLine(c.content, c.source, c.amount) for c in plan.costs),
        projects=tuple(
            traceability.Project(p.code, p.name, p.goals, p.start, p.end, p.cost)
            for p in plan.projects
        ),
    )
