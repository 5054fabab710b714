"""Choosing IT projects under a cap on capital, and what a mandatory project costs.

Amounts are in tỷ đồng, rates are per year (0.10 is 10 %), flows fall at the end of a year.
Capital of a project is paid in full in the year it starts; year 0 is the current budget year.
A yearly cap that is not used lapses. All figures of ``PROJECTS`` are simulated.

Source of the formulas: net present value and exhaustive capital rationing as in any textbook
of capital budgeting, for example Brealey, Myers, Allen, *Principles of Corporate Finance*.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ROUNDING = 1e-9  # tỷ đồng; sums of floats may exceed a cap they meet exactly


@dataclass(frozen=True)
class Project:
    """A project: ``capital`` and, for each year after its start, benefit net of running cost."""

    code: str
    name: str
    capital: float
    inflows: tuple[float, ...]


@dataclass(frozen=True)
class Plan:
    """Projects with the year each starts in, capital paid in each year, and total NPV."""

    starts: dict[str, int]
    spend: tuple[float, ...]
    npv: float

    @property
    def capital(self) -> float:
        """Capital of all years together, in tỷ đồng."""
        return sum(self.spend)


@dataclass(frozen=True)
class Comparison:
    """The best plan without obligations and the best one that meets them."""

    free: Plan
    forced: Plan

    @property
    def opportunity_cost(self) -> float:
        """NPV given up to meet the obligations, in tỷ đồng, never negative."""
        return self.free.npv - self.forced.npv


PROJECTS = (
    Project("A", "Một cửa điện tử liên thông", 30, (9, 12, 14, 14, 12)),
    Project("B", "Quản lý văn bản và điều hành", 25, (6, 10, 12, 12, 10)),
    Project("C", "Nền tảng dữ liệu dùng chung", 45, (5, 15, 20, 22, 22)),
    Project("D", "Giám sát, sao lưu an toàn thông tin", 35, (0, 12, 15, 15, 14)),
    Project("E", "Phòng họp trực tuyến", 20, (7, 7, 6, 4, 2)),
)
"""The simulated portfolio of the lesson (dữ liệu mô phỏng)."""


def present_value(inflows: Sequence[float], rate: float) -> float:
    """Value today of ``inflows`` at the ends of years 1, 2, …: Σ Fₜ / (1 + r)ᵗ, in tỷ đồng."""
    return sum(flow / (1 + rate) ** year for year, flow in enumerate(inflows, start=1))


def npv(project: Project, rate: float, start: int = 0) -> float:
    """Net present value of ``project`` in tỷ đồng, seen from year 0.

    NPV = (Σ Fₜ / (1 + r)ᵗ − K) / (1 + r)ˢ, with K the capital and s the year of ``start``:
    a later start moves capital and benefits alike, at unchanged prices.
    """
    return (present_value(project.inflows, rate) - project.capital) / (1 + rate) ** start


def realised(projects: Iterable[Project], share: float) -> tuple[Project, ...]:
    """The projects when only ``share`` (1 is all) of each planned net benefit comes about."""
    return tuple(
        replace(project, inflows=tuple(flow * share for flow in project.inflows))
        for project in projects
    )


def best_plan(
    projects: Sequence[Project],
    caps: Sequence[float],
    rate: float,
    required: frozenset[str] = frozenset(),
) -> Plan:
    """The feasible plan of highest NPV, by trying every one of them.

    ``caps`` holds the cap of each budget year from year 0 on, so a single cap chooses a
    portfolio and several phase it. ``required`` projects start in year 0: an obligation cannot
    wait for next year's money. Between equal NPVs the plan with less capital wins. There are
    (years + 1) to the power of projects plans: meant for a dozen projects at most.

    Raises:
        ContentError: when the ``required`` projects are unknown or exceed the caps.
    """
    unknown = required - {project.code for project in projects}
    if unknown:
        raise ContentError(f"dự án bắt buộc không có trong danh mục: {', '.join(sorted(unknown))}")
    plans = list(_plans(projects, caps, rate, required))
    if not plans:
        raise ContentError("vốn của các dự án bắt buộc vượt trần vốn; nâng trần hoặc bỏ bớt dự án")
    return max(plans, key=lambda plan: (plan.npv, -plan.capital))


def _plans(
    projects: Sequence[Project], caps: Sequence[float], rate: float, required: frozenset[str]
) -> Iterator[Plan]:
    years = range(len(caps))
    values = {(p.code, year): npv(p, rate, year) for p in projects for year in years}
    capital = {project.code: project.capital for project in projects}
    choices = [(0,) if p.code in required else (None, *years) for p in projects]
    for choice in product(*choices):
        starts = {
            project.code: year
            for project, year in zip(projects, choice, strict=True)
            if year is not None
        }
        spend = tuple(sum(capital[c] for c, y in starts.items() if y == year) for year in years)
        if all(paid <= cap + _ROUNDING for paid, cap in zip(spend, caps, strict=True)):
            yield Plan(starts, spend, sum(values[start] for start in starts.items()))


def ratio_plan(projects: Sequence[Project], cap: float, rate: float) -> Plan:
    """What a committee gets that ranks by NPV per đồng of capital and takes what still fits.

    Only projects of positive NPV are taken, all in year 0. Never better than ``best_plan``.
    """
    starts: dict[str, int] = {}
    spent = total = 0.0
    for project in sorted(projects, key=lambda p: npv(p, rate) / p.capital, reverse=True):
        value = npv(project, rate)
        if value > 0 and spent + project.capital <= cap + _ROUNDING:
            starts[project.code] = 0
            spent, total = spent + project.capital, total + value
    return Plan(starts, (spent,), total)


def compare(
    projects: Sequence[Project], caps: Sequence[float], rate: float, required: frozenset[str]
) -> Comparison:
    """The best plan when nothing is mandatory beside the best one with ``required``."""
    free = best_plan(projects, caps, rate)
    return Comparison(free, best_plan(projects, caps, rate, required))


def rate_sensitivity(
    projects: Sequence[Project],
    caps: Sequence[float],
    rates: Iterable[float],
    required: frozenset[str],
) -> list[Comparison]:
    """The comparison at each discount rate, other things equal."""
    return [compare(projects, caps, rate, required) for rate in rates]


def cap_sensitivity(
    projects: Sequence[Project],
    caps: Iterable[Sequence[float]],
    rate: float,
    required: frozenset[str],
) -> list[Comparison]:
    """The comparison under each set of yearly caps, other things equal."""
    return [compare(projects, yearly, rate, required) for yearly in caps]
