"""The figures of a cohort report, each with the number of people it is over."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from grading.reports.disclosure import MINIMUM, Cell
from grading.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

CONFIDENCE = 0.95
FUNNEL_LEVELS = (0.95, 0.998)
_NARROW = 0.04  # a bin beside the cut is wider than this, or cannot be read


@dataclass(frozen=True)
class Rate:
    """``passed`` of ``n`` people; ``passed`` is None when it may not be printed."""

    n: int
    passed: int | None

    @property
    def share(self) -> float | None:
        """``passed / n``, 0 to 1."""
        return None if self.passed is None else self.passed / self.n

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's score interval at 95 % (Wilson 1927, no continuity correction)."""
        if self.passed is None:
            return None
        bounds = wilson(self.passed, self.n, CONFIDENCE)
        return bounds.low, bounds.high


@dataclass(frozen=True)
class Mean:
    """The mean share of ``n`` people, 0 to 1, or None when it may not be printed."""

    n: int
    value: float | None


@dataclass(frozen=True)
class Bin:
    """``n`` people with ``low`` <= share < ``high``; the last bin also holds a share of 1."""

    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Outcome:
    """One attempt group: people, statuses (None when withheld) and the pass rate.

    The rate is PASS among PASS + FAIL; ``pending`` are the others.
    """

    n: int
    statuses: dict[str, int | None]
    rate: Rate

    @property
    def pending(self) -> int:
        """People without a decision of pass or fail."""
        return self.n - self.rate.n


@dataclass(frozen=True)
class AreaResult:
    """One area; cut and SEM on the 0-1 scale, None where nobody sat or none was given.

    ``again`` is None where even how many sat it again would tell who had not passed it before.
    Cuts may differ between equivalent forms, hence the two ends. ``bins`` is empty when the
    distribution may not be printed.
    """

    code: str
    name: str
    first: Rate
    again: Rate | None
    cut_low: float | None
    cut_high: float | None
    sem: float | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class CompetencyRow:
    """Mean shares of one competency, first-takers only.

    ``cells`` has an entry for each agency type printed on its own (and for those nobody sat
    from); ``joined`` is the mean of the other types together.
    """

    code: str
    name: str
    area: str
    total: Mean
    cells: dict[str, Mean]
    joined: Mean | None


@dataclass(frozen=True)
class FunnelPoint:
    """Agencies counted together: an agency by name, or ``agencies`` of them joined.

    ``members`` names them; it is not printed.
    """

    label: str
    agencies: int
    rate: Rate
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Funnel:
    """Pass rates of first-takers by agency around their common rate ``centre``."""

    centre: Rate
    agencies: int
    points: tuple[FunnelPoint, ...]

    @property
    def told(self) -> list[FunnelPoint]:
        """The points whose rate is printed."""
        return [point for point in self.points if point.rate.share is not None]


def rate(passed: int, n: int) -> Rate:
    """A rate, withheld below ``MINIMUM`` people and at 0 % or 100 %."""
    return Rate(n, passed if Cell(n, passed).printable() else None)


def mean(cell: Cell) -> Mean:
    """A mean, withheld below ``MINIMUM`` people and at 0 % or 100 %."""
    return Mean(cell.n, cell.amount / cell.n if cell.printable() else None)


def histogram(shares: Sequence[float], cut: float) -> tuple[Bin, ...]:
    """Bins of at least ``MINIMUM`` people that never straddle the cut.

    Steps of ten points, and the cut, are joined until enough people stand in each bin. A side
    of the cut with fewer people is one bin: its size follows from the pass rate anyway.
    """
    below = [share for share in shares if share < cut]
    above = [share for share in shares if share >= cut]
    if not below or not above or not 0 < cut < 1:
        return _bins(shares, 0.0, 1.0)
    return _bins(below, 0.0, cut) + _bins(above, cut, 1.0)


def _bins(shares: Sequence[float], low: float, high: float) -> tuple[Bin, ...]:
    steps = [s / 10 for s in range(1, 10) if low + _NARROW < s / 10 < high - _NARROW]
    edges = [low]
    for step in steps:
        here = sum(edges[-1] <= share < step for share in shares)
        beyond = sum(share >= step for share in shares)
        if here >= MINIMUM and beyond >= MINIMUM:
            edges.append(step)
    edges.append(high)
    return tuple(
        Bin(a, b, sum(a <= share < b or (b == 1 == share) for share in shares))
        for a, b in pairwise(edges)
    )
