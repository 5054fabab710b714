"""Whether a desk that collates reports is on time, when reports come back and people are away.

``courses.models.staffing`` counts the hours of a period in which nothing goes wrong. Here two
things may: each report is sent back for correction with a chance q and then has to be collated
once more, and each officer is away in the period with a chance a, all independently::

    R ~ Bin(reports, q)      reports collated twice
    P ~ Bin(staff, 1 - a)    officers present; a standby takes the place of one who is away
    hours = sign + ceil((reports + R) / max(1, P)) x collate

(with nobody left, the head of the room collates). Both distributions are summed exactly. A
decision costs its price in every period; a late period costs a penalty on top. Units: office
hours (giờ làm việc), million đồng a period; all values are simulated.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import ceil, comb, fsum

from courses.foundation.errors import ContentError

DEADLINE = 48.0  # office hours after the communes begin: six working days
PENALTY = 100.0  # what a late period costs the province
EXTRA_OFFICER, STANDBY, FORM = 30.0, 10.0, 25.0  # prices a period
_DUST = 1e-9


@dataclass(frozen=True)
class Desk:
    """The desk at the provincial office, and what may go wrong in a period.

    Raises:
        ContentError: unless chances lie within 0 to 1, and hours, reports and staff are positive.
    """

    reports: int
    staff: int
    sign: float
    collate: float
    returned: float
    away: float
    standby: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.returned <= 1 and 0 <= self.away <= 1):
            raise ContentError("xác suất phải từ 0 đến 1")
        if min(self.sign, self.collate) <= 0 or min(self.reports, self.staff) < 1:
            raise ContentError("số giờ, số báo cáo, số người phải lớn hơn 0")

    def hours(self, returns: int, present: int) -> float:
        """Office hours until the province's report is put together."""
        at_work = max(1, min(self.staff, present + self.standby))
        return self.sign + ceil((self.reports + returns) / at_work) * self.collate

    @property
    def average(self) -> float:
        """Hours when all are present and as many reports come back as on average."""
        return self.sign + self.reports * (1 + self.returned) / self.staff * self.collate


def hours_of(desk: Desk) -> dict[float, float]:
    """The chance of each number of hours."""
    chances: dict[float, float] = defaultdict(float)
    for present in range(desk.staff + 1):
        there = _binomial(desk.staff, 1 - desk.away, present)
        for returns in range(desk.reports + 1):
            chance = there * _binomial(desk.reports, desk.returned, returns)
            chances[desk.hours(returns, present)] += chance
    return dict(sorted(chances.items()))


def on_time(desk: Desk, deadline: float = DEADLINE) -> float:
    """The chance that the report is put together by the deadline."""
    return fsum(chance for hours, chance in hours_of(desk).items() if hours <= deadline + _DUST)


@dataclass(frozen=True)
class Decision:
    """What the head of the office decides before a period; each costs something."""

    officers: int = 0
    standby: bool = False
    form: bool = False

    @property
    def price(self) -> float:
        """Million đồng a period."""
        return EXTRA_OFFICER * self.officers + STANDBY * self.standby + FORM * self.form

    def applied(self, desk: Desk) -> Desk:
        """The desk afterwards: the common form halves the work and is rarely sent back."""
        changed = replace(
            desk, staff=desk.staff + self.officers, standby=desk.standby + self.standby
        )
        if not self.form:
            return changed
        return replace(changed, collate=desk.collate / 2, returned=desk.returned / 5)


def expected_cost(desk: Desk, decision: Decision, deadline: float = DEADLINE) -> float:
    """Price of the decision and the penalty, weighted with the chance to be late."""
    return decision.price + PENALTY * (1 - on_time(decision.applied(desk), deadline))


def _binomial(n: int, p: float, k: int) -> float:
    return comb(n, k) * p**k * (1 - p) ** (n - k)


DESK = Desk(reports=72, staff=2, sign=8, collate=1, returned=0.1, away=0.1)
"""The desk of the lesson: 60 communes and 12 departments report to two officers."""
