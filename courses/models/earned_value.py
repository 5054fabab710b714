"""Earned value of an IT project: what has been got for the money, and what the rest will cost.

Money is in million đồng (triệu đồng), time in weeks from the start of the project. Formulas:
ANSI/PMI 19-006-2019, *The Standard for Earned Value Management*, and ISO 21508:2018. Value is
planned evenly over the weeks of an activity: a simplification that the reader of the results
has to know.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import fsum, inf
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError
from courses.models.critical_path import Activity, add_change, baseline, delay

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROUNDING = 1e-9  # million đồng; a sum of shares may exceed a budget that it meets exactly


@dataclass(frozen=True)
class Status:
    """The four figures of a control date, in million đồng.

    Args:
        budget: BAC, the approved budget of all the work.
        planned: PV, budget of the work that was to be done by now.
        earned: EV, budget of the work that has been accepted.
        actual: AC, what that work has cost, paid or not; advances are not cost.

    Raises:
        ContentError: when budget, PV or AC is not positive, or EV is not within 0 and BAC.
    """

    budget: float
    planned: float
    earned: float
    actual: float

    def __post_init__(self) -> None:
        if min(self.budget, self.planned, self.actual) <= 0:
            raise ContentError("BAC, PV và AC phải lớn hơn 0")
        if not 0 <= self.earned <= self.budget + _ROUNDING:
            raise ContentError("EV phải từ 0 đến BAC")

    @property
    def cost_variance(self) -> float:
        """CV = EV − AC; negative means that the work costs more than planned."""
        return self.earned - self.actual

    @property
    def schedule_variance(self) -> float:
        """SV = EV − PV in million đồng of work, not in days; negative means behind."""
        return self.earned - self.planned

    @property
    def cpi(self) -> float:
        """CPI = EV / AC: value of the work got for one đồng of cost."""
        return self.earned / self.actual

    @property
    def spi(self) -> float:
        """SPI = EV / PV: share of the planned work that has been done."""
        return self.earned / self.planned

    @property
    def remaining(self) -> float:
        """BAC − EV, the budget of the work still to be done."""
        return self.budget - self.earned

    @property
    def forecast_at_trend(self) -> float:
        """EAC = BAC / CPI: the rest costs as much as the work so far; infinite when EV is 0."""
        return self.budget / self.cpi if self.earned else inf

    @property
    def forecast_at_plan(self) -> float:
        """EAC = AC + BAC − EV: the overrun was a single event, the rest costs what was planned."""
        return self.actual + self.remaining

    @property
    def forecast_under_pressure(self) -> float:
        """EAC = AC + (BAC − EV) / (CPI × SPI): the delay has to be caught up with money."""
        return self.actual + self.remaining / (self.cpi * self.spi) if self.earned else inf

    def to_complete(self, limit: float | None = None) -> float:
        """TCPI = (BAC − EV) / (limit − AC), the CPI that the rest needs to end within ``limit``.

        ``limit`` is BAC unless given. Infinite when nothing of the limit is left.
        """
        left = (self.budget if limit is None else limit) - self.actual
        return self.remaining / left if left > 0 else inf


def planned_value(activities: Sequence[Activity], week: float) -> float:
    """PV at the end of ``week``, in million đồng, each budget spread evenly over its weeks."""
    begins = baseline(activities)
    return fsum(
        a.budget * min(1.0, max(0.0, (week - begins[a.code].start) / a.weeks)) for a in activities
    )


def status(activities: Sequence[Activity], week: float) -> Status:
    """Earned value at the end of ``week``, from the share done and the cost of each activity."""
    return Status(
        budget=fsum(a.budget for a in activities),
        planned=planned_value(activities, week),
        earned=fsum(a.budget * a.done for a in activities),
        actual=fsum(a.spent for a in activities),
    )


def forecast_cost(activities: Sequence[Activity], week: float) -> float:
    """EAC at the present CPI plus what crashing costs, in million đồng."""
    return status(activities, week).forecast_at_trend + fsum(a.premium for a in activities)


TODAY = 16
"""The control date of the lesson, in weeks."""

PROJECT = (
    Activity("A", "Khảo sát, chốt yêu cầu", 6, 900, (), done=1, spent=950),
    Activity("B", "Thiết kế chi tiết", 6, 1200, ("A",), done=1, spent=1250),
    Activity(
        "C", "Mua sắm, lắp hạ tầng", 8, 2400, ("B",), 0.5, 1200, crash_weeks=3, crash_price=120
    ),
    Activity(
        "D", "Phần mềm, tích hợp", 12, 3600, ("B",), 0.25, 1200, crash_weeks=4, crash_price=180
    ),
    Activity("E", "Chuyển đổi dữ liệu", 10, 900, ("A",), done=1 / 3, spent=400),
    Activity("F", "Kiểm thử, kiểm tra an toàn", 4, 1200, ("C", "D", "E")),
    Activity("G", "Đào tạo, vận hành thử", 4, 1200, ("F",)),
    Activity("H", "Nghiệm thu, bàn giao", 2, 600, ("G",)),
)
"""The project of the lesson at the end of week ``TODAY`` (dữ liệu mô phỏng)."""


def scenario(
    *,
    software_done: float = 0.25,
    actual: float = 5000,
    supplier_late: float = 0,
    change_weeks: float = 0,
) -> tuple[Activity, ...]:
    """``PROJECT`` when the control date shows other figures and events happen.

    Args:
        software_done: share of activity D that has been accepted, 0 to 1.
        actual: cost of the whole project so far, million đồng.
        supplier_late: weeks that the supplier of activity C adds.
        change_weeks: weeks of new work after D that are asked for, at 300 million đồng each.
    """
    others = fsum(a.spent for a in PROJECT if a.code != "D")
    measured = tuple(
        replace(a, done=software_done, spent=actual - others) if a.code == "D" else a
        for a in PROJECT
    )
    late = delay(measured, "C", supplier_late)
    if not change_weeks:
        return late
    change = Activity("K", "Yêu cầu thay đổi", change_weeks, 300 * change_weeks, ("D",))
    return add_change(late, change, before="F")
