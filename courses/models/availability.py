"""How many hours a year a service stands still, and which upgrade is worth its price.

A service runs over a chain of stages and stands still when any of them does. Availability is
a share from 0 to 1, downtime is in hours of a year of 8,760, costs are in million đồng (triệu
đồng) a year::

    chain        A = a1 x a2 x ... x an                  stages in series, independent
    unlike ways  A = 1 - (1 - a1) x ... x (1 - an)       independent, any one is enough
    n copies     q(n) = b*q + ((1 - b)*q)**n             q = 1 - a, b = shared share of failures
    downtime     (1 - A) x hours
    repair       a = MTBF / (MTBF + MTTR)                mean times between failures, to repair

Series, parallel and repair are textbook reliability, for example Trivedi, *Probability and
Statistics with Reliability, Queuing, and Computer Science Applications*. The term ``b*q`` is
the beta-factor model of common-cause failure (IEC 61508-6, annex D): copies that share a
duct, a power supply or a software fault fail together. With b = 0 copies are independent, with
b = 1 a copy adds nothing. The model takes stages as independent of each other and
switching over as instant and sure: its hours are the best that a design can promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import fsum, prod
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HOURS_A_YEAR = 8760
MOST_UPGRADES = 16  # 65,536 plans at most: still at once on a desk computer


@dataclass(frozen=True)
class Stage:
    """One stage of a chain.

    Args:
        name: what the stage is called, unique in its chain.
        unit: availability of one copy, 0 to 1.
        copies: how many copies carry the stage, any one of which is enough.
        shared: share of a copy's failures that hit all copies at once, 0 to 1.

    Raises:
        ContentError: when a value lies outside its range.
    """

    name: str
    unit: float
    copies: int = 1
    shared: float = 0.0

    def __post_init__(self) -> None:
        if not (0 <= self.unit <= 1 and 0 <= self.shared <= 1):
            raise ContentError("độ sẵn sàng và phần hỏng chung phải từ 0 đến 1", key=self.name)
        if self.copies < 1:
            raise ContentError("mỗi chặng phải có ít nhất một bản", key=self.name)

    @property
    def availability(self) -> float:
        """Availability of the stage with all its copies, 0 to 1."""
        if self.copies == 1:
            return self.unit  # nothing to share with
        down = 1 - self.unit
        return 1 - (self.shared * down + ((1 - self.shared) * down) ** self.copies)


@dataclass(frozen=True)
class Upgrade:
    """An offer to replace the stage of the same name by ``stage``.

    Args:
        name: what the offer is called, unique among the offers.
        cost: million đồng a year, not negative.
        stage: the stage as it would be.

    Raises:
        ContentError: when the cost is negative.
    """

    name: str
    cost: float
    stage: Stage

    def __post_init__(self) -> None:
        if self.cost < 0:
            raise ContentError("chi phí không được âm", key=self.name)


@dataclass(frozen=True)
class Plan:
    """Upgrades taken, in the order of the chain, and the chain that they leave."""

    taken: tuple[Upgrade, ...]
    chain: tuple[Stage, ...]

    @property
    def cost(self) -> float:
        """Million đồng a year."""
        return fsum(upgrade.cost for upgrade in self.taken)

    @property
    def downtime(self) -> float:
        """Hours a year."""
        return downtime(availability(self.chain))


@dataclass(frozen=True)
class ServiceLevel:
    """A level of service on offer: its availability, 0 to 1, and price, million đồng a year."""

    name: str
    availability: float
    price: float


def availability(chain: Iterable[Stage]) -> float:
    """Availability of stages in series, 0 to 1; an empty chain never fails."""
    return prod(stage.availability for stage in chain)


def parallel(units: Iterable[float]) -> float:
    """Availability of unlike, independent ways of which any one is enough, 0 to 1."""
    return 1 - prod(1 - unit for unit in units)


def downtime(share: float, hours: float = HOURS_A_YEAR) -> float:
    """Hours out of ``hours`` in which a service of availability ``share`` stands still."""
    return (1 - share) * hours


def repairable(between_failures: float, to_repair: float) -> float:
    """Availability from the mean times between failures and to repair, both in hours.

    Raises:
        ContentError: when a time is negative, or both are zero.
    """
    if min(between_failures, to_repair) < 0 or not between_failures + to_repair:
        raise ContentError("thời gian giữa hai lần hỏng và thời gian sửa không được âm")
    return between_failures / (between_failures + to_repair)


def upgraded(chain: Sequence[Stage], taken: Sequence[Upgrade]) -> Plan:
    """The plan that takes these upgrades and leaves the other stages as they are.

    Raises:
        ContentError: when an upgrade is for a stage that is not in the chain, or two upgrades
            are for the same stage.
    """
    offers = {upgrade.stage.name: upgrade for upgrade in taken}
    unknown = offers.keys() - {stage.name for stage in chain}
    if unknown or len(offers) != len(taken):
        raise ContentError("mỗi nâng cấp phải ứng với một chặng riêng của chuỗi")
    stages = tuple(offers[stage.name].stage if stage.name in offers else stage for stage in chain)
    return Plan(tuple(offers[s.name] for s in chain if s.name in offers), stages)


def cost_per_hour(chain: Sequence[Stage], plan: Plan) -> float | None:
    """Million đồng for each hour of downtime that ``plan`` avoids; None when it avoids none."""
    # Rounded, so that a copy which adds nothing does not seem to avoid a billionth of an hour.
    avoided = round(downtime(availability(chain)) - plan.downtime, 9)
    return plan.cost / avoided if avoided > 0 else None


def best_plan(chain: Sequence[Stage], upgrades: Sequence[Upgrade], cap: float) -> Plan:
    """The affordable plan of least downtime, by trying every one; among equals the cheapest.

    Each stage takes at most one of its upgrades; ``cap`` is in million đồng a year.

    Raises:
        ContentError: when there are more than ``MOST_UPGRADES`` upgrades.
    """
    if len(upgrades) > MOST_UPGRADES:
        raise ContentError(f"có {len(upgrades)} nâng cấp; nhiều nhất {MOST_UPGRADES}")
    affordable = (plan for plan in _plans(chain, upgrades) if plan.cost <= cap)
    # Rounded, so that the order of multiplying does not decide between equal plans.
    return min(
        affordable,
        key=lambda plan: (round(plan.downtime, 9), plan.cost),
        default=Plan((), tuple(chain)),
    )


def _plans(chain: Sequence[Stage], upgrades: Sequence[Upgrade]) -> Iterator[Plan]:
    offers = [[None, *(u for u in upgrades if u.stage.name == stage.name)] for stage in chain]
    for choice in product(*offers):
        yield upgraded(chain, [upgrade for upgrade in choice if upgrade is not None])


def yearly_cost(level: ServiceLevel, loss: float, hours: float = HOURS_A_YEAR) -> float:
    """Price of a level plus what its downtime costs, in million đồng a year.

    ``loss`` is million đồng for each hour of downtime, ``hours`` the hours of service a year.
    """
    return level.price + loss * downtime(level.availability, hours)


def cheapest_level(
    levels: Sequence[ServiceLevel], loss: float, hours: float = HOURS_A_YEAR
) -> ServiceLevel:
    """The level of least yearly cost; between equals the more available one.

    Raises:
        ContentError: when there is no level to choose from.
    """
    if not levels:
        raise ContentError("phải có ít nhất một mức dịch vụ để so sánh")
    return min(levels, key=lambda level: (yearly_cost(level, loss, hours), -level.availability))


def province_chain(trunk: float = 0.99) -> tuple[Stage, ...]:
    """The chain of the lesson, of a made-up province; its weakest stage may be moved."""
    return (
        Stage("Đường truy nhập", 0.995),
        Stage("Đường trục", trunk),
        Stage("Trung tâm dữ liệu", 0.999),
        Stage("Nền tảng tích hợp", 0.998),
    )


def province_upgrades(trunk: float = 0.99, shared: float = 0.3) -> tuple[Upgrade, ...]:
    """The offers of the lesson; ``shared`` is the common share of two lines in one duct."""
    return (
        Upgrade("Đường trục thứ hai, cùng cống cáp", 260, Stage("Đường trục", trunk, 2, shared)),
        Upgrade("Đường trục thứ hai, khác tuyến", 480, Stage("Đường trục", trunk, 2, 0.05)),
        Upgrade("Đường truy nhập, cam kết cao hơn", 240, Stage("Đường truy nhập", 0.998)),
        Upgrade("Nền tảng hai cụm máy", 300, Stage("Nền tảng tích hợp", 0.998, 2, 0.1)),
        Upgrade("Trung tâm dữ liệu, nguồn kép", 650, Stage("Trung tâm dữ liệu", 0.9997)),
    )
