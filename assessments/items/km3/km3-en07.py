"""Variants of KM3-EN07: a credit that an English clause gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a clause and an outage; the credit is a whole number of USD."""
    percent, free, charged = rng.choice([2, 3, 4, 5]), rng.randint(2, 6), rng.randint(3, 9)
    fee = rng.randrange(800, 4300, 100)
    return {
        "percent": str(percent),
        "free": str(free),
        "fee": vietnamese(fee, 0),
        "down": str(charged + free),
        "minutes": str(rng.randrange(10, 60, 5)),
        "charged": str(charged),
        "from_zero": vietnamese(fee * percent * (charged + free) // 100, 0),
        "rounded": vietnamese(fee * percent * (charged + 1) // 100, 0),
        "answer": str(fee * percent * charged // 100),
        "shown": vietnamese(fee * percent * charged // 100, 0),
    }
