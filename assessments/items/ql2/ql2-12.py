"""Variants of QL2-12: minutes left of a monthly level of service in working hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.availability import downtime

if TYPE_CHECKING:
    import random

_HOURS_A_DAY = 8


def variant(rng: random.Random) -> dict[str, str]:
    """Draw level, working days and two outages; the answer is minutes and never negative."""
    level, days = rng.choice([99.2, 99.4, 99.5]), rng.choice([20, 21, 22, 23])
    first, second = rng.sample(range(9, 24), 2)
    minutes = days * _HOURS_A_DAY * 60
    allowed = downtime(level / 100, minutes)
    left = allowed - first - second
    return {
        "level": vietnamese(level, 1),
        "days": str(days),
        "hours": str(days * _HOURS_A_DAY),
        "total": vietnamese(minutes, 0),
        "allowed": vietnamese(allowed, 1),
        "first": str(first),
        "second": str(second),
        "used": str(first + second),
        "answer": exact(left),
        "shown": vietnamese(left, 1),
    }
