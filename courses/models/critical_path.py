"""The critical path of a project, and what an event does to its end and its price.

Time is in weeks from the start of the project, money in million đồng (triệu đồng). The method
is that of Kelley and Walker, *Critical-Path Planning and Scheduling* (1959), applied to the
work that is still to be done; crashing, its trade of money for time, is by trying every
combination. What remains of an activity goes on at the planned pace, and threats happen
independently: simplifications that the reader of the results has to know.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from itertools import product
from math import fsum, prod
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_ROUNDING = 1e-9  # weeks; sums of fractions may exceed a deadline that they meet exactly


@dataclass(frozen=True)
class Activity:
    """A piece of work whose end can be accepted.

    Args:
        code: its name in ``after`` of others, unique in the project.
        name: what it is.
        weeks: planned duration.
        budget: million đồng.
        after: codes of the activities that have to end before it begins.
        done: share of the work that has been accepted, 0 to 1.
        spent: million đồng that this work has cost.
        shift: weeks that an event adds to what remains; crashing takes some away.
        premium: million đồng promised for crashing, on top of the budget.
        crash_weeks: whole weeks by which it can be shortened at most.
        crash_price: million đồng for each of them.

    Raises:
        ContentError: when the duration is not positive or ``done`` is not a share.
    """

    code: str
    name: str
    weeks: float
    budget: float = 0
    after: tuple[str, ...] = ()
    done: float = 0
    spent: float = 0
    shift: float = 0
    premium: float = 0
    crash_weeks: int = 0
    crash_price: float = 0

    def __post_init__(self) -> None:
        if self.weeks <= 0 or not 0 <= self.done <= 1:
            raise ContentError("thời gian phải lớn hơn 0; phần xong từ 0 đến 1", key=self.code)

    @property
    def remaining(self) -> float:
        """Weeks of work still to be done, at the planned pace."""
        return max(0.0, self.weeks * (1 - self.done) + self.shift)


@dataclass(frozen=True)
class Timing:
    """When the remaining work of an activity runs, and by how much it may slip (weeks)."""

    start: float
    finish: float
    slack: float

    @property
    def critical(self) -> bool:
        """Whether any slip of this activity moves the end of the project."""
        return self.slack < _ROUNDING


def schedule(activities: Sequence[Activity], week: float = 0) -> dict[str, Timing]:
    """Timing of what remains, by code, seen from ``week``.

    Forward pass: start = max(week, finish of what comes before). Backward pass: latest finish
    = min(latest start of what comes after), the end of the project where nothing does.
    Slack = latest finish − finish.

    Raises:
        ContentError: naming an activity that is given twice, unknown or waits for itself.
    """
    order = _order(activities)
    starts: dict[str, float] = {}
    finishes: dict[str, float] = {}
    for activity in order:
        starts[activity.code] = max((finishes[code] for code in activity.after), default=week)
        finishes[activity.code] = starts[activity.code] + activity.remaining
    latest = dict.fromkeys(finishes, max(finishes.values(), default=week))
    for activity in reversed(order):
        for code in activity.after:
            latest[code] = min(latest[code], latest[activity.code] - activity.remaining)
    return {c: Timing(starts[c], finishes[c], latest[c] - finishes[c]) for c in starts}


def _order(activities: Sequence[Activity]) -> list[Activity]:
    by_code = {activity.code: activity for activity in activities}
    twice = [code for code, n in Counter(a.code for a in activities).items() if n > 1]
    unknown = sorted({code for a in activities for code in a.after} - set(by_code))
    if twice or unknown:
        raise ContentError("mã công việc trùng hoặc không có", key=(twice + unknown)[0])
    try:
        order = TopologicalSorter({a.code: a.after for a in activities}).static_order()
        return [by_code[code] for code in order]
    except CycleError as error:
        raise ContentError("các công việc chờ nhau thành vòng", key=error.args[1][0]) from None


def end_week(activities: Sequence[Activity], week: float = 0) -> float:
    """The week in which the project ends, seen from ``week``."""
    return max((t.finish for t in schedule(activities, week).values()), default=week)


def baseline(activities: Iterable[Activity]) -> dict[str, Timing]:
    """The plan as approved: nothing done, nothing late, nothing crashed."""
    return schedule([replace(activity, done=0, shift=0) for activity in activities])


def delay(activities: Iterable[Activity], code: str, weeks: float) -> tuple[Activity, ...]:
    """The project when the supplier of one activity is ``weeks`` late.

    Raises:
        ContentError: when the project has no such activity; so do the other events.
    """
    activities = _holding(activities, {code})
    return tuple(replace(a, shift=a.shift + weeks) if a.code == code else a for a in activities)


def add_change(
    activities: Iterable[Activity], change: Activity, before: str
) -> tuple[Activity, ...]:
    """The project with an approved change: new work, with a budget, that ``before`` waits for."""
    waiting = (
        replace(a, after=(*a.after, change.code)) if a.code == before else a
        for a in _holding(activities, {before})
    )
    return (*waiting, change)


def _holding(activities: Iterable[Activity], codes: set[str]) -> tuple[Activity, ...]:
    """The activities, once it is sure that each of ``codes`` is one of them."""
    project = tuple(activities)
    unknown = sorted(codes - {activity.code for activity in project})
    if unknown:
        raise ContentError("dự án không có công việc này", key=unknown[0])
    return project


def crash(activities: Iterable[Activity], weeks: Mapping[str, int]) -> tuple[Activity, ...]:
    """The project with activities shortened by the ``weeks`` of each code, at their price.

    Raises:
        ContentError: naming an activity that cannot be shortened by so much.
    """
    project = _holding(activities, set(weeks))
    return tuple(_crashed(activity, weeks.get(activity.code, 0)) for activity in project)


def _crashed(activity: Activity, weeks: int) -> Activity:
    if not 0 <= weeks <= activity.crash_weeks:
        raise ContentError("số tuần rút ngắn vượt mức làm được", key=activity.code)
    premium = activity.premium + weeks * activity.crash_price
    return replace(activity, shift=activity.shift - weeks, premium=premium)


def cheapest_crash(
    activities: Sequence[Activity], deadline: float, week: float = 0
) -> dict[str, int] | None:
    """Weeks to take from each activity so that the project ends by ``deadline`` for least money.

    Tries every combination of whole weeks, so it is meant for a few activities that can be
    shortened by a few weeks; among equal prices the fewest weeks win. None when no
    combination is enough: then only scope or the deadline can give way.
    """
    enough = [
        (price, sum(taken.values()), taken)
        for taken, price in _crashings(activities)
        if end_week(crash(activities, taken), week) <= deadline + _ROUNDING
    ]
    return min(enough, key=lambda choice: choice[:2])[2] if enough else None


def _crashings(activities: Sequence[Activity]) -> Iterator[tuple[dict[str, int], float]]:
    soft = [a for a in activities if a.crash_weeks]
    for weeks in product(*(range(a.crash_weeks + 1) for a in soft)):
        price = fsum(n * a.crash_price for n, a in zip(weeks, soft, strict=True))
        yield {a.code: n for n, a in zip(weeks, soft, strict=True) if n}, price


@dataclass(frozen=True)
class Threat:
    """Something that may happen once: chance 0 to 1, weeks lost on ``code``, million đồng."""

    code: str
    chance: float
    weeks: float = 0
    cost: float = 0


def expected_cost(threats: Iterable[Threat]) -> float:
    """Expected monetary value Σ p × cost, in million đồng: the least the reserve should hold."""
    return fsum(threat.chance * threat.cost for threat in threats)


def chance_by(
    activities: Sequence[Activity], threats: Sequence[Threat], deadline: float, week: float = 0
) -> float:
    """Chance of ending by ``deadline`` when independent ``threats`` may happen.

    Adds up the 2ⁿ cases of n threats, so it is meant for a dozen at most.
    """
    chance = 0.0
    for case in product((True, False), repeat=len(threats)):
        late = tuple(activities)
        for happens, threat in zip(case, threats, strict=True):
            late = delay(late, threat.code, threat.weeks) if happens else late
        if end_week(late, week) <= deadline + _ROUNDING:
            chance += prod(
                t.chance if happens else 1 - t.chance
                for happens, t in zip(case, threats, strict=True)
            )
    return chance
