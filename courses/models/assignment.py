"""Who takes which task: every assignment of a small team within its hour limits.

Each task goes whole to one person, who needs a number of hours of his own for it. Units: hours.
Assumptions: hours are known, tasks are not split, people do not get slower when fully loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True)
class Team:
    """Hour limits by person, and for each task the hours that each person needs for it.

    Raises:
        ContentError: naming a task whose row does not speak of every person, or a limit
            that is not positive.
    """

    limits: Mapping[str, float]
    hours: Mapping[str, Mapping[str, float]]

    def __post_init__(self) -> None:
        for task, row in self.hours.items():
            if set(row) != set(self.limits):
                raise ContentError("phải ghi số giờ của từng người, không thừa ai", key=task)
        for person, limit in self.limits.items():
            if limit <= 0:
                raise ContentError("giới hạn giờ phải lớn hơn 0", key=person)

    @property
    def people(self) -> tuple[str, ...]:
        """The people, in the order of the limits."""
        return tuple(self.limits)

    @property
    def possible(self) -> int:
        """How many assignments there are before limits are looked at."""
        return len(self.people) ** len(self.hours)

    @cached_property
    def feasible(self) -> tuple[Assignment, ...]:
        """Every assignment that keeps everyone within the limit; empty when there is none."""
        return tuple(Assignment(self, who) for who in _within(self, self.limits, list(self.hours)))


@dataclass(frozen=True)
class Assignment:
    """One person for each task, in the order of the tasks."""

    team: Team
    who: tuple[str, ...]

    @property
    def loads(self) -> dict[str, float]:
        """Hours that each person gets."""
        loads = dict.fromkeys(self.team.people, 0.0)
        for row, person in zip(self.team.hours.values(), self.who, strict=True):
            loads[person] += row[person]
        return loads

    @property
    def total(self) -> float:
        """Hours of all tasks together."""
        return sum(self.loads.values())

    @property
    def shares(self) -> dict[str, float]:
        """Each person's load as a share of the limit; 1 is full."""
        return {person: load / self.team.limits[person] for person, load in self.loads.items()}

    @property
    def peak(self) -> float:
        """The greatest share of a limit that anyone carries."""
        return max(self.shares.values())

    @property
    def fits(self) -> bool:
        """Whether everyone stays within the limit."""
        return self.peak <= 1


def _within(
    team: Team, room: Mapping[str, float], tasks: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Assignments of ``tasks`` that fit the hours still free."""
    if not tasks:
        yield ()
        return
    task, *later = tasks
    for person, hours in team.hours[task].items():
        if hours <= room[person]:
            left = {**room, person: room[person] - hours}
            yield from ((person, *who) for who in _within(team, left, later))


def best_for_each(team: Team) -> Assignment:
    """Every task to the person who needs least for it, whatever the limits."""
    return Assignment(team, tuple(min(row, key=row.__getitem__) for row in team.hours.values()))


def in_list_order(team: Team) -> Assignment | None:
    """Task by task in the order of the list, to the quickest who still has room; None if stuck."""
    left, who = dict(team.limits), []
    for row in team.hours.values():
        able = [person for person in team.people if row[person] <= left[person]]
        if not able:
            return None
        who.append(min(able, key=row.__getitem__))
        left[who[-1]] -= row[who[-1]]
    return Assignment(team, tuple(who))


def cheapest(team: Team) -> Assignment | None:
    """The feasible assignment of least total hours, the gentler one of equals; None if none."""
    return min(team.feasible, key=lambda found: (found.total, found.peak), default=None)


def gentlest(team: Team) -> Assignment | None:
    """The feasible assignment of lowest peak, the cheaper one of equals; None if none."""
    return min(team.feasible, key=lambda found: (found.peak, found.total), default=None)


def without(team: Team, person: str) -> Team:
    """The team when ``person`` is away."""
    limits = {name: limit for name, limit in team.limits.items() if name != person}
    hours = {task: {name: row[name] for name in limits} for task, row in team.hours.items()}
    return replace(team, limits=limits, hours=hours)


_LIMITS = {"An": 24, "Bình": 20, "Cúc": 24, "Dũng": 16, "Hà": 20}
_HOURS = {
    "Rà tài khoản": (9, 8, 10, 5, 17),
    "Báo cáo sáu tháng": (12, 10, 13, 11, 18),
    "Tập huấn xã": (12, 12, 14, 16, 10),
    "Khôi phục thử": (15, 18, 15, 11, 12),
    "Chuẩn hoá danh mục": (9, 8, 18, 7, 15),
    "Kiểm tra đường truyền": (8, 12, 8, 6, 7),
    "Hồ sơ nghiệm thu": (15, 11, 14, 11, 14),
}
TEAM = Team(
    _LIMITS,
    {task: dict(zip(_LIMITS, row, strict=True)) for task, row in _HOURS.items()},
)
"""The simulated team of the lesson KM1: five people, seven tasks, one week."""
