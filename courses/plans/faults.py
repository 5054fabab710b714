"""Planting faults in a clean plan, each of a named class, on rows of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from courses.foundation.errors import ContentError
from courses.plans.checks import SECURITY, WHOLE
from courses.plans.families import BASES
from courses.plans.plan import Cost, added_up, totals
from courses.sources import the_sources

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from courses.plans.plan import FiveYearPlan, Goal, Project, Section


@dataclass(frozen=True, order=True)
class Planted:
    """Where a fault was planted and the code under which it must be found."""

    section: Section
    row: str
    code: str


@dataclass(frozen=True)
class Fault:
    """A class of faults: the rows of a plan that can take it, and how one is spoilt."""

    section: Section
    code: str
    rows: Callable[[FiveYearPlan], Iterable[str]]
    spoil: Callable[[FiveYearPlan, str, random.Random], FiveYearPlan]


def plant(
    plan: FiveYearPlan, kinds: Sequence[str], rng: random.Random
) -> tuple[FiveYearPlan, list[Planted]]:
    """``plan`` with one fault of each class in ``kinds``, no two on one row, and where they are.

    Raises:
        ContentError: when no free row of the plan can take a fault of some class.
    """
    planted: list[Planted] = []
    for kind in sorted(kinds, key=lambda kind: _order(plan, kind)):
        fault = FAULTS[kind]
        taken = {(one.section, one.row) for one in planted}
        rows = [row for row in fault.rows(plan) if (fault.section, row) not in taken]
        if not rows:
            raise ContentError(f"không còn dòng nào để cài lỗi {kind}")
        row = rng.choice(rows)
        plan = fault.spoil(plan, row, rng)
        planted.append(Planted(fault.section, row, fault.code))
    return plan, sorted(planted)


def _order(plan: FiveYearPlan, kind: str) -> tuple[bool, int]:
    """What would undo another fault comes first, then what has the fewest rows to stand on."""
    return kind not in _FIRST, len(list(FAULTS[kind].rows(plan)))


_FIRST = ("SECURITY", "TRACE")  # restates every sum; takes goals from projects that may be late


def _put(lines: Sequence[Any], code: str, **changes: Any) -> tuple[Any, ...]:
    """``lines`` with the one called ``code`` changed."""
    return tuple(replace(line, **changes) if line.code == code else line for line in lines)


def _line(lines: Sequence[Any], code: str) -> Any:
    return next(line for line in lines if line.code == code)


def _off(value: int, rng: random.Random) -> int:
    """A number near ``value`` that is not it and stays above 0."""
    return rng.choice([near for near in range(value - 5, value + 6) if near > 0 and near != value])


def _bad_basis(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    register, cited = the_sources().by_id, {basis.source for basis in plan.bases}
    wrong = [n for n in BASES if not register[n].in_force(plan.frame.signed_on) and n not in cited]
    return replace(plan, bases=_put(plan.bases, row, source=rng.choice(wrong)))


def _blank_field(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    field = rng.choice(("aim", "investment", "source", "period", "result"))
    return replace(plan, past=_put(plan.past, row, **{field: ""}))


def _other_bases(goal: Goal) -> list[int]:
    """Wrong figures for the base of a goal that leave its path rising."""
    least = min(value for _, value in goal.path)
    return [goal.base + off for off in (-6, -4, -3, 2, 3) if 0 < goal.base + off <= least]


def _baseless(plan: FiveYearPlan) -> list[str]:
    counted = {benefit.goal for benefit in plan.benefits}
    return [g.code for g in plan.goals if g.code not in counted and _other_bases(g)]


def _wrong_base(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    base = rng.choice(_other_bases(plan.goal(row)))
    return replace(plan, goals=_put(plan.goals, row, base=base))


def _unmeasured(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    return replace(plan, goals=_put(plan.goals, row, **{rng.choice(("data_source", "owner")): ""}))


def _aimed(plan: FiveYearPlan, goal: str) -> list[Project]:
    return [project for project in plan.projects if goal in project.goals]


def _parted(plan: FiveYearPlan) -> list[str]:
    """Goals that can lose every project without leaving one of them idle."""
    return [
        goal.code
        for goal in plan.goals
        if all(len(project.goals) > 1 for project in _aimed(plan, goal.code))
        and _aimed(plan, goal.code)
    ]


def _orphan(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:  # noqa: ARG001
    projects = plan.projects
    for project in _aimed(plan, row):
        left = tuple(code for code in project.goals if code != row)
        projects = _put(projects, project.code, goals=left)
    return replace(plan, projects=projects)


def _spare_projects(plan: FiveYearPlan) -> list[str]:
    return [
        project.code
        for project in plan.projects
        if project.goals and all(len(_aimed(plan, goal)) > 1 for goal in project.goals)
    ]


def _idle_project(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:  # noqa: ARG001
    return replace(plan, projects=_put(plan.projects, row, goals=()))


def _spare_contents(plan: FiveYearPlan) -> list[str]:
    needs = [goal.contents for goal in plan.goals]
    return [
        content.code
        for content in plan.contents
        if all(len(need) > 1 for need in needs if content.code in need)
    ]


def _idle_content(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:  # noqa: ARG001
    goals = tuple(
        replace(goal, contents=tuple(code for code in goal.contents if code != row))
        for goal in plan.goals
    )
    return replace(plan, goals=goals)


def _rebuilt(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    own = rng.choice(plan.frame.national)
    return replace(plan, contents=_put(plan.contents, row, builds=own))


def _abolished(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:  # noqa: ARG001
    first, *_ = plan.frame.levels
    return replace(plan, contents=_put(plan.contents, row, reaches=(first, plan.frame.abolished)))


def _falls(goal: Goal) -> list[tuple[tuple[int, int], ...]]:
    """Paths that are wrong: two years change places, or the goal's year falls short."""
    values = [value for _, value in goal.path]
    last = [year for year, _ in goal.path].index(goal.year)
    swapped = [
        [*values[:at], values[at + 1], values[at], *values[at + 2 :]]
        for at in range(last)
        if values[at] < values[at + 1]
    ]
    short = [*values[:last], (values[last - 1] + values[last]) // 2, *values[last + 1 :]]
    years = [year for year, _ in goal.path]
    return [tuple(zip(years, wrong, strict=True)) for wrong in (*swapped, short)]


def _wrong_path(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    return replace(plan, goals=_put(plan.goals, row, path=rng.choice(_falls(plan.goal(row)))))


def _wrong_sum(part: str) -> Callable[[FiveYearPlan, str, random.Random], FiveYearPlan]:
    def spoil(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
        sums = dict(getattr(plan.totals, part))
        key = int(row) if part == "years" else row
        changes: Any = {part: sums | {key: _off(sums[key], rng)}}
        return replace(plan, totals=replace(plan.totals, **changes))

    return spoil


def _wrong_whole(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:  # noqa: ARG001
    return replace(plan, totals=replace(plan.totals, whole=_off(plan.totals.whole, rng)))


def _overspent(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    ceiling = totals(plan).sources[row] - rng.randint(1, 4)
    ceilings = {**plan.frame.ceilings, row: ceiling}
    return replace(plan, frame=replace(plan.frame, ceilings=ceilings))


def _unguarded(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:  # noqa: ARG001
    """Money moves from security to another content until the share is well below the least."""
    guarded = {content.code for content in plan.contents if content.security}
    share = rng.randint(plan.frame.security - 5, plan.frame.security - 2)
    excess = plan.security_money - share * totals(plan).whole // 100
    other = next(cost for cost in plan.costs if cost.content not in guarded)
    costs: list[Cost] = []
    for cost in plan.costs:
        moved = min(excess, cost.amount - 1) if cost.content in guarded else 0
        excess -= moved
        costs.append(replace(cost, amount=cost.amount - moved))
        if moved:
            costs.append(replace(other, source=cost.source, amount=moved))
    return added_up(replace(plan, costs=tuple(costs)))


def _wrong_cost(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    cost = _off(_line(plan.projects, row).cost, rng)
    return replace(plan, projects=_put(plan.projects, row, cost=cost))


def _due(plan: FiveYearPlan, project: Project) -> int:
    return min((plan.goal(code).year for code in project.goals), default=plan.frame.last)


def _hurried(plan: FiveYearPlan) -> list[str]:
    return [p.code for p in plan.projects if _due(plan, p) < plan.frame.last]


def _late(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    due = _due(plan, _line(plan.projects, row))
    end = rng.randint(due + 1, plan.frame.last)
    return replace(plan, projects=_put(plan.projects, row, end=end))


def _outside(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    changes = rng.choice(({"start": plan.frame.first - 1}, {"end": plan.frame.last + 1}))
    return replace(plan, projects=_put(plan.projects, row, **changes))


def _wrong_benefit(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:
    line = _line(plan.benefits, row)
    goal = plan.goal(line.goal)
    unsubtracted = goal.target * line.volume * line.hours // 100
    wrong = rng.choice((unsubtracted, line.stated * 10, line.stated * 2))
    return replace(plan, benefits=_put(plan.benefits, row, stated=wrong))


def _unreasoned(plan: FiveYearPlan, row: str, rng: random.Random) -> FiveYearPlan:  # noqa: ARG001
    return replace(plan, refusals=_put(plan.refusals, row, reason=""))


def _codes(part: str) -> Callable[[FiveYearPlan], Iterator[str]]:
    return lambda plan: (line.code for line in getattr(plan, part))


FAULTS = {
    "BASIS": Fault("I", "BASIS", _codes("bases"), _bad_basis),
    "FIELDS": Fault("II", "FIELDS", _codes("past"), _blank_field),
    "BASE": Fault("III", "BASE", _baseless, _wrong_base),
    "MEASURED": Fault("III", "MEASURED", _codes("goals"), _unmeasured),
    "TRACE": Fault("III", "TRACE", _parted, _orphan),
    "IDLE_CONTENT": Fault("IV", "IDLE", _spare_contents, _idle_content),
    "REUSE": Fault("IV", "REUSE", _codes("contents"), _rebuilt),
    "LEVEL": Fault("IV", "LEVEL", _codes("contents"), _abolished),
    "REASON": Fault("V", "REASON", _codes("refusals"), _unreasoned),
    "PATH": Fault("VI", "PATH", _codes("goals"), _wrong_path),
    "SUM_CONTENT": Fault("VII", "SUM", lambda p: p.totals.contents, _wrong_sum("contents")),
    "SUM_SOURCE": Fault("VII", "SUM", lambda p: p.totals.sources, _wrong_sum("sources")),
    "SUM_YEAR": Fault("VII", "SUM", lambda p: map(str, p.totals.years), _wrong_sum("years")),
    "SUM_WHOLE": Fault("VII", "SUM", lambda _: [WHOLE], _wrong_whole),
    "CEILING": Fault("VII", "CEILING", lambda plan: plan.frame.ceilings, _overspent),
    "SECURITY": Fault("VII", "SECURITY", lambda _: [SECURITY], _unguarded),
    "COST": Fault("VIII", "COST", _codes("projects"), _wrong_cost),
    "IDLE_PROJECT": Fault("VIII", "IDLE", _spare_projects, _idle_project),
    "LATE": Fault("VIII", "PERIOD", _hurried, _late),
    "OUTSIDE": Fault("VIII", "PERIOD", _codes("projects"), _outside),
    "BENEFIT": Fault("IX", "BENEFIT", _codes("benefits"), _wrong_benefit),
}
"""The classes of faults by name."""
