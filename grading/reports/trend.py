"""The trend across sittings: equated means, and what each gives away of the scores under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import TYPE_CHECKING

from grading.disclosure.people import Figure
from grading.disclosure.sums import FULL
from grading.reports.cohort_means import PRINTED, scores

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping


@dataclass(frozen=True)
class Raw:
    """What a mean is made from, and never printed: shares by enrolment, before equating.

    ``form`` names it among those of all sittings; one of its scale is ``slope`` of the first's.
    """

    form: str
    shares: Mapping[str, float]
    slope: float

    @property
    def key(self) -> str:
        """What is left out together."""
        return f"trend:{self.form}"

    @property
    def fact(self) -> str:
        """What the scores add up to."""
        return f"sum:{self.form}"

    @property
    def squares(self) -> str:
        """What their squares add up to."""
        return f"sum:{self.form}, bình phương"


@dataclass(frozen=True)
class TrendPoint:
    """Mean of an area at a sitting on the first sitting's scale; ``mean`` None when not equated.

    ``n`` are first-takers with a score; ``mean`` and ``se`` are shares of the scale.
    """

    sitting: str
    area: str
    n: int
    mean: float | None
    se: float | None
    method: str
    raw: Raw | None = None


def trend_scores(points: Iterable[TrendPoint]) -> dict[str, dict[str, int]]:
    """The scores under every mean, and under every standard error their squares."""
    found = {}
    for point in points:
        if point.raw:
            shares = point.raw.shares
            found[point.raw.fact] = scores(shares)
            found[point.raw.squares] = scores({one: share**2 for one, share in shares.items()})
    return found


def trend_figures(points: Iterable[TrendPoint]) -> Iterator[Figure]:
    """What the printed means and standard errors say that scores and their squares add up to.

    The outsider is taken to know how forms were equated.
    """
    for point in points:
        if point.raw and point.mean is not None and point.se is not None:
            n, who = point.n, frozenset(point.raw.shares)
            mean = sum(point.raw.shares.values()) / n
            reach, se = PRINTED / abs(point.raw.slope), point.se / abs(point.raw.slope)
            told = ("Điểm trung bình đã quy chuẩn", f"{point.area}, {point.sitting}", who)
            ends = _ends(n * (mean - reach), n * (mean + reach), n)
            yield Figure(point.raw.key, *told, point.raw.fact, *ends)
            least, most = (
                n * (n - 1) * max(0.0, se + side) ** 2 + n * (mean + side) ** 2
                for side in (-reach, reach)
            )
            yield Figure(point.raw.key, *told, point.raw.squares, *_ends(least, most, n))


def without(points: Iterable[TrendPoint], keys: Collection[str]) -> Iterator[TrendPoint]:
    """The trend with the points of these keys unpublished."""
    for point in points:
        lost = point.raw and point.raw.key in keys
        untold = replace(point, mean=None, se=None, method=f"không công bố (n = {point.n})")
        yield untold if lost else point


def _ends(low: float, high: float, n: int) -> tuple[int, int]:
    """In ten-thousandths, each of ``n`` scores rounded."""
    return max(0, floor(low * FULL) - n), min(FULL * n, ceil(high * FULL) + n)
