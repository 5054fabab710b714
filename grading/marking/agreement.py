"""From two markers' levels to one agreed mark; a third decides where they differ too much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from assessments.bank.rubric import Rubric

PAIR = 2

STATE_NAMES = {
    "open": "chưa đủ hai lượt chấm",
    "agreed": "đã thống nhất",
    "disputed": "lệch, chờ giám khảo thứ ba",
    "adjudicated": "giám khảo thứ ba đã chấm",
    "remarked": "đã chấm lại",
}


@dataclass(frozen=True)
class Pairing:
    """Who marks, and how far two marks may differ (points) before the adjudicator decides.

    ``remarker`` has marked the script anew, by order and on a ground, after the others.
    """

    markers: tuple[str, str]
    adjudicator: str
    tolerance: Decimal
    remarker: str = ""


@dataclass(frozen=True)
class Agreement:
    """Where the marking of one essay stands.

    ``points`` is the agreed mark, None until there is one; ``state`` is ``agreed`` (mean of
    two), ``adjudicated`` (a third decided), ``remarked`` (the mark given anew stands),
    ``disputed`` (a third is needed) or ``open``.
    """

    state: Literal["agreed", "adjudicated", "remarked", "disputed", "open"]
    points: Decimal | None = None


def agree(levels: Mapping[str, Mapping[str, int]], rubric: Rubric, pairing: Pairing) -> Agreement:
    """Agree on one essay.

    The mean of the two markers when they differ by at most ``pairing.tolerance`` points;
    otherwise the mean of the adjudicator's mark and the nearer of the two. Nothing is rounded.

    Args:
        levels: by marker, the level (0-3) of each criterion.
        rubric: turns levels into points.
        pairing: who marks, and the tolerance.
    """
    if pairing.remarker in levels:
        return Agreement("remarked", rubric.score(dict(levels[pairing.remarker])))
    given = [rubric.score(dict(levels[m])) for m in pairing.markers if m in levels]
    if len(given) < PAIR:
        return Agreement("open")
    if abs(given[0] - given[1]) <= pairing.tolerance:
        return Agreement("agreed", _mean(*given))
    if pairing.adjudicator not in levels:
        return Agreement("disputed")
    third = rubric.score(dict(levels[pairing.adjudicator]))
    nearer = min(given, key=lambda points: (abs(points - third), -points))
    return Agreement("adjudicated", _mean(third, nearer))


def _mean(one: Decimal, other: Decimal) -> Decimal:
    """Between the two to the last digit, which half of their rounded sum need not be."""
    lower, upper = sorted((one, other))
    return lower + (upper - lower) / PAIR
