"""Variants of KM1-15: hours that a room lacks once leave is taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a room and its work; hours are whole and always too few."""
    staff, daily, days = rng.randint(3, 6), rng.randint(2, 5), rng.randint(8, 15)
    away, minutes = rng.randint(2, 6), rng.choice([12, 15, 20])
    have = (staff * days - away) * daily
    need = have + rng.randint(12, 60)
    return {
        "files": vietnamese(need * 60 // minutes, 0),
        "minutes": str(minutes),
        "staff": str(staff),
        "daily": str(daily),
        "days": str(days),
        "away": str(away),
        "need": str(need),
        "have": str(have),
        "forgot": vietnamese(need - have - away * daily, 0),
        "answer": str(need - have),
    }
