"""Variants of QL4-12: five projects and a cap under which ranking by ratio is not best."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.investment import Project, best_plan, npv, ratio_plan

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

_LETTERS = "GHKLM"
_CLEAR = 0.4  # tỷ đồng between the best portfolio and any other, far above the tolerance


def variant(rng: random.Random) -> dict[str, str]:
    """Draw capitals, NPVs and a cap until one portfolio is clearly best; all in tỷ đồng."""
    while True:
        projects = [_project(letter, rng) for letter in _LETTERS]
        cap = rng.randrange(48, 78, 2)
        first, second = sorted(_values(projects, cap))[:-3:-1]
        naive = [_taken(projects, cap, by) for by in (_by_value, _by_capital, _by_ratio)]
        if min(first - second, first - max(naive)) >= _CLEAR:
            break
    best, habit = best_plan(projects, [cap], 0), ratio_plan(projects, cap, 0)
    values = {"cap": str(cap), "best": ", ".join(best.starts), "habit": ", ".join(habit.starts)}
    for project in projects:
        letter = project.code.lower()
        values |= {f"c_{letter}": f"{project.capital:.0f}"}
        values |= {f"v_{letter}": vietnamese(npv(project, 0), 1)}
    return values | {
        "answer": exact(best.npv),
        "shown": vietnamese(best.npv, 1),
        "spent": vietnamese(best.capital, 0),
        "trap": vietnamese(habit.npv, 1),
        "left": vietnamese(cap - habit.capital, 0),
    }


def _by_value(project: Project) -> float:
    return -npv(project, 0)


def _by_capital(project: Project) -> float:
    return project.capital


def _by_ratio(project: Project) -> float:
    return -npv(project, 0) / project.capital


def _taken(projects: Sequence[Project], cap: float, by: Callable[[Project], float]) -> float:
    """NPV of the portfolio that takes one project after another in an order, while money lasts."""
    value = 0.0
    for project in sorted(projects, key=by):
        if project.capital <= cap:
            cap, value = cap - project.capital, value + npv(project, 0)
    return value


def _project(letter: str, rng: random.Random) -> Project:
    """At rate 0 one inflow of capital and value together is worth the value."""
    capital, value = rng.randrange(12, 34, 2), rng.randrange(30, 110, 2) / 10
    return Project(letter, letter, capital, (capital + value,))


def _values(projects: Sequence[Project], cap: float) -> list[float]:
    """NPV of every portfolio under the cap."""
    sets = (taken for n in range(1, 6) for taken in combinations(projects, n))
    within = (taken for taken in sets if sum(project.capital for project in taken) <= cap)
    return [sum(npv(project, 0) for project in taken) for taken in within]
