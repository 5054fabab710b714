"""The path of a measurable target over the years of a plan.

Values are percentages (points 0 to 100) at the end of a calendar year. A path starts at the
base of the base year and ends at the goal of the goal year.

Sources of the formulas: the straight line is arithmetic; the S-shape is the logistic curve of
diffusion (Z. Griliches, *Hybrid Corn*, Econometrica 25(4), 1957; E. M. Rogers, *Diffusion of
Innovations*, 1962), scaled so that it starts and ends where the straight line does.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from courses.foundation.errors import ContentError


@dataclass(frozen=True)
class Target:
    """A line of section III: ``base`` % in ``base_year`` is to become ``goal`` % in ``goal_year``.

    Raises:
        ContentError: when the goal year is not after the base year.
    """

    code: str
    name: str
    base: float
    goal: float
    base_year: int
    goal_year: int

    def __post_init__(self) -> None:
        if self.goal_year <= self.base_year:
            raise ContentError("năm đích phải sau năm gốc", key=self.code)

    @property
    def years(self) -> range:
        """Base year to goal year, both included."""
        return range(self.base_year, self.goal_year + 1)

    @property
    def pace(self) -> float:
        """Points a year on the straight line: (goal - base) / (goal year - base year)."""
        return (self.goal - self.base) / (self.goal_year - self.base_year)


def linear_path(target: Target) -> dict[int, float]:
    """Value in % of each year on the straight line: base + pace x (year - base year)."""
    return {year: target.base + target.pace * (year - target.base_year) for year in target.years}


def s_path(target: Target, steepness: float) -> dict[int, float]:
    """Value in % of each year on an S-shaped path with the same ends.

    With u = (year - base year) / (goal year - base year), L(x) = 1 / (1 + e^-x) and k the
    ``steepness`` (no unit, 0 is the straight line, 6 a usual roll-out)::

        value = base + (goal - base) x (L(k(u - 1/2)) - L(-k/2)) / (L(k/2) - L(-k/2))
    """
    if steepness == 0:
        return linear_path(target)
    low, high = _logistic(-steepness / 2), _logistic(steepness / 2)
    span = target.goal_year - target.base_year
    shares = {
        year: (_logistic(steepness * ((year - target.base_year) / span - 0.5)) - low) / (high - low)
        for year in target.years
    }
    return {year: target.base + (target.goal - target.base) * s for year, s in shares.items()}


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x))


def required_pace(target: Target, year: int, actual: float) -> float:
    """Points a year still needed after ``year`` stood at ``actual`` %.

    (goal - actual) / (goal year - year).

    Raises:
        ContentError: when ``year`` is not before the goal year.
    """
    if year >= target.goal_year:
        raise ContentError("đã tới năm đích, không còn năm nào để tăng nhịp", key=target.code)
    return (target.goal - actual) / (target.goal_year - year)


def forecast(target: Target, year: int, actual: float) -> float:
    """Value in % in the goal year if the mean pace from the base year to ``year`` goes on.

    actual + (actual - base) / (year - base year) x (goal year - year), held within 0 and 100.

    Raises:
        ContentError: when ``year`` is not after the base year.
    """
    if year <= target.base_year:
        raise ContentError("cần ít nhất một năm thực hiện để dự báo", key=target.code)
    pace = (actual - target.base) / (year - target.base_year)
    return min(100.0, max(0.0, actual + pace * (target.goal_year - year)))
