"""Which risks to treat when the budget does not treat them all.

A register holds risks; each has one treatment. With likelihood and impact on ordinal scales
from 1 to 5, and the cost in million đồng (triệu đồng)::

    exposure  = likelihood x impact            points, 1 to 25
    reduction = exposure x effect              points; effect is the share removed, 0 to 1
    residual  = sum(exposure) - sum(reduction of the treated)

The best plan maximises the reduction within the budget: a 0-1 knapsack, solved by trying every
set. Two habits of practice stand beside it: the largest risk first, and the best reduction per
đồng first (Dantzig's greedy rule, *Discrete-Variable Extremum Problems*, Operations Research
5(2), 1957), neither of which is sure to find the best set. Likelihood, impact and the four ways
of treating a risk follow ISO/IEC 27005. The model takes treatments as independent and points
as additive: a simplification that the reader of its results has to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

SCALE = range(1, 6)
MOST_RISKS = 16  # 65,536 sets: still at once on a desk computer


@dataclass(frozen=True)
class Risk:
    """One line of the register, with its treatment.

    Args:
        name: what the line is called, unique in its register.
        likelihood: 1 (rare) to 5 (almost certain).
        impact: 1 (slight) to 5 (very grave).
        cost: price of the treatment, million đồng, not negative.
        effect: share of the exposure that the treatment removes, 0 to 1.

    Raises:
        ContentError: when a value lies outside its scale.
    """

    name: str
    likelihood: int
    impact: int
    cost: float
    effect: float

    def __post_init__(self) -> None:
        if self.likelihood not in SCALE or self.impact not in SCALE:
            raise ContentError("khả năng và tác động phải là số nguyên từ 1 đến 5", key=self.name)
        if self.cost < 0 or not 0 <= self.effect <= 1:
            raise ContentError("chi phí không được âm; hiệu quả từ 0 đến 1", key=self.name)

    @property
    def exposure(self) -> int:
        """Likelihood times impact, in points."""
        return self.likelihood * self.impact

    @property
    def reduction(self) -> float:
        """Points that the treatment removes."""
        return self.exposure * self.effect

    @property
    def ratio(self) -> float:
        """Points removed per million đồng; infinite for a treatment that costs nothing."""
        return self.reduction / self.cost if self.cost else float("inf")


@dataclass(frozen=True)
class Plan:
    """The risks to be treated, in the order of the register."""

    treated: tuple[Risk, ...]

    @property
    def cost(self) -> float:
        """Million đồng spent."""
        return fsum(risk.cost for risk in self.treated)

    @property
    def reduction(self) -> float:
        """Points removed."""
        return fsum(risk.reduction for risk in self.treated)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the treated risks."""
        return tuple(risk.name for risk in self.treated)


def residual(risks: Sequence[Risk], plan: Plan) -> float:
    """Points that remain, and that someone has to accept in writing."""
    return fsum(risk.exposure for risk in risks) - plan.reduction


def best_plan(risks: Sequence[Risk], cap: float, required: Collection[str] = ()) -> Plan:
    """The set that removes most points within ``cap`` million đồng; among equals the cheapest.

    ``required`` names treatments that a legal duty puts into every set.

    Raises:
        ContentError: when the register is longer than ``MOST_RISKS``, does not hold a required
            risk, or the cap does not pay for what is required.
    """
    if len(risks) > MOST_RISKS:
        raise ContentError(f"sổ rủi ro có {len(risks)} dòng; nhiều nhất {MOST_RISKS} dòng")
    affordable = [plan for plan in _plans(risks, set(required)) if plan.cost <= cap]
    if not affordable:
        raise ContentError("hạn mức không đủ, hoặc sổ thiếu rủi ro, cho các biện pháp bắt buộc")
    # Rounded, so that the order of summing does not decide between equal plans.
    return max(affordable, key=lambda plan: (round(plan.reduction, 9), -plan.cost))


def ratio_plan(risks: Sequence[Risk], cap: float) -> Plan:
    """Take the best reduction per đồng first, skipping what no longer fits into ``cap``."""
    return _first_come(risks, cap, lambda risk: risk.ratio)


def largest_plan(risks: Sequence[Risk], cap: float) -> Plan:
    """Take the largest exposure first, skipping what no longer fits into ``cap``."""
    return _first_come(risks, cap, lambda risk: risk.exposure)


def province_register(web_likelihood: int = 4, web_cost: float = 800) -> tuple[Risk, ...]:
    """The register of the lesson, of a made-up province; two values may be moved."""
    return (
        Risk("Cổng", web_likelihood, 5, web_cost, 0.75),
        Risk("WAN", 3, 3, 300, 0.6),
        Risk("Mã độc", 3, 5, 600, 0.7),
        Risk("Cán bộ", 4, 2, 150, 0.5),
        Risk("Dữ liệu", 2, 5, 500, 0.8),
    )


def _plans(risks: Sequence[Risk], required: set[str]) -> Iterator[Plan]:
    for size in range(len(risks) + 1):
        for treated in combinations(risks, size):
            if required <= {risk.name for risk in treated}:
                yield Plan(treated)


def _first_come(risks: Sequence[Risk], cap: float, worth: Callable[[Risk], float]) -> Plan:
    left = cap
    taken = set()
    for index in sorted(range(len(risks)), key=lambda index: -worth(risks[index])):
        if risks[index].cost <= left:
            left -= risks[index].cost
            taken.add(index)
    return Plan(tuple(risk for index, risk in enumerate(risks) if index in taken))
