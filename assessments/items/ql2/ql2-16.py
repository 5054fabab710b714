"""Variants of QL2-16: the loss per hour from which a higher level of service is worth it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.availability import downtime

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw two levels in per cent, their prices and the hours of service a year."""
    low, high = rng.choice([98.5, 99.0, 99.2]), rng.choice([99.6, 99.8, 99.9])
    hours = rng.choice([2000, 2080, 2400, 3000])
    cheap, extra = rng.choice([240, 300, 360]), rng.choice([90, 120, 150, 210])
    avoided = downtime(low / 100, hours) - downtime(high / 100, hours)
    loss = extra / avoided
    return {
        "low": vietnamese(low, 1),
        "high": vietnamese(high, 1),
        "hours": vietnamese(hours, 0),
        "cheap": str(cheap),
        "dear": str(cheap + extra),
        "extra": str(extra),
        "avoided": vietnamese(avoided, 1),
        "answer": exact(loss),
        # One and a half per cent, and at least what rounding to one place takes.
        "tolerance": f"{max(loss * 0.015, 0.06):.2f}",
        "shown": vietnamese(loss, 1),
    }
