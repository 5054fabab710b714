"""What the risks of a register may cost in a year, and whether it pays to measure before buying.

Points on a scale from 1 to 5 say which risk is the larger, not what it costs. Here each threat
happens at most once a year, on its own, with a chance p, and then costs a loss L (triệu đồng).
A treatment costs c once, lasts ``YEARS`` and takes the share e off the chance::

    expected loss of a year = sum(p_i (1 - e_i) L_i)      e_i = 0 where nothing was bought
    total                   = sum(c_i of what was bought) + YEARS x expected loss of a year

The chances of all yearly losses come from trying every set of events, so that a bad year is
exact and not drawn. A *probe* (a penetration test) tells which of several chances a threat
really has: it is paid before anything is bought, and each finding then gets its own best set
(expected value of information; Raiffa, Schlaifer, *Applied Statistical Decision Theory*, 1961).
Assumptions that the reader of a result must know: threats are independent, a loss is one
number, the probe does not err, money of later years is not discounted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from math import fsum, inf
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

YEARS = 3
BAD = 3000  # triệu đồng lost in one year: what the province of the lesson cannot carry
CAP = 1500


@dataclass(frozen=True)
class Threat:
    """A threat: its chance in a year, what it costs, and its treatment (million đồng, shares).

    Raises:
        ContentError: when a chance or a share lies outside 0 to 1, or money is negative.
    """

    name: str
    chance: float
    loss: float
    cost: float
    effect: float

    def __post_init__(self) -> None:
        if not (0 <= self.chance <= 1 and 0 <= self.effect <= 1):
            raise ContentError("xác suất và hiệu quả phải từ 0 đến 1", key=self.name)
        if min(self.loss, self.cost) < 0:
            raise ContentError("thiệt hại và chi phí không được âm", key=self.name)

    def chance_when(self, bought: Collection[str]) -> float:
        """Its chance in a year, given the names of what was bought."""
        return self.chance * (1 - self.effect) if self.name in bought else self.chance


@dataclass(frozen=True)
class Probe:
    """What can be found of the chance of ``threat``: (how likely the finding, the chance)."""

    threat: str
    price: float
    findings: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Found:
    """One finding of a probe, and the set that is cheapest then."""

    likelihood: float
    chance: float
    bought: frozenset[str]
    total: float


def losses(threats: Sequence[Threat], bought: Collection[str]) -> dict[float, float]:
    """The chance of each loss of a year, by trying every set of events."""
    chances: dict[float, float] = {0.0: 1.0}
    for threat in threats:
        p = threat.chance_when(bought)
        after: dict[float, float] = defaultdict(float)
        for loss, chance in chances.items():
            after[loss] += chance * (1 - p)
            after[loss + threat.loss] += chance * p
        chances = after
    return dict(sorted(chances.items()))


def expected(threats: Sequence[Threat], bought: Collection[str]) -> float:
    """Expected loss of a year."""
    return fsum(threat.chance_when(bought) * threat.loss for threat in threats)


def chance_between(
    threats: Sequence[Threat], bought: Collection[str], least: float, below: float = inf
) -> float:
    """The chance that a year costs ``least`` or more, but less than ``below``."""
    return fsum(p for loss, p in losses(threats, bought).items() if least <= loss < below)


def spent(threats: Sequence[Threat], bought: Collection[str]) -> float:
    """What the bought treatments cost."""
    return fsum(threat.cost for threat in threats if threat.name in bought)


def total(threats: Sequence[Threat], bought: Collection[str]) -> float:
    """What is bought, and the expected losses of ``YEARS``."""
    return spent(threats, bought) + YEARS * expected(threats, bought)


def cheapest(threats: Sequence[Threat], cap: float) -> frozenset[str]:
    """The set within ``cap`` with the least total; among equals the one that spends less."""
    affordable = (each for each in _sets(threats) if spent(threats, each) <= cap)
    return min(affordable, key=lambda b: (round(total(threats, b), 6), spent(threats, b)))


def after_probe(threats: Sequence[Threat], probe: Probe, cap: float) -> tuple[Found, ...]:
    """What to buy after each finding of ``probe``, whose price comes out of the same cap."""
    found = []
    for likelihood, chance in probe.findings:
        known = [replace(t, chance=chance) if t.name == probe.threat else t for t in threats]
        bought = cheapest(known, cap - probe.price)
        found.append(Found(likelihood, chance, bought, probe.price + total(known, bought)))
    return tuple(found)


def total_with(found: Sequence[Found]) -> float:
    """What it costs on average to probe first."""
    return fsum(one.likelihood * one.total for one in found)


def _sets(threats: Sequence[Threat]) -> Iterator[frozenset[str]]:
    names = [threat.name for threat in threats]
    for size in range(len(names) + 1):
        yield from map(frozenset, combinations(names, size))


THREATS = (
    Threat("Cổng", 0.4, 1500, 800, 0.75),
    Threat("WAN", 0.2, 600, 300, 0.6),
    Threat("Mã độc", 0.2, 6000, 600, 0.7),
    Threat("Cán bộ", 0.4, 400, 150, 0.5),
    Threat("Dữ liệu", 0.1, 5000, 500, 0.8),
)
"""The five lines of the lesson's register in money; costs and effects as in the register."""
PORTAL_PROBE = Probe("Cổng", 100, ((0.5, 0.7), (0.5, 0.1)))
"""The portal's 4 of 5 hides two opinions: seven years in ten, or one in ten."""
