"""Variants of KM2-20: what going alone really costs over five years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_MONTHS = 60


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a price, a rate of upkeep and hours of double entry; the answer is in triệu đồng."""
    price, rate = rng.randrange(900, 3600, 100), rng.randint(8, 15)
    hours, wage = rng.randrange(30, 150, 5), rng.choice([50, 60, 70, 80])
    yearly, typing = price * rate // 100, hours * wage * _MONTHS // 1000
    total = price + 4 * yearly + typing
    return {
        "price": vietnamese(price, 0),
        "rate": str(rate),
        "hours": str(hours),
        "wage": str(wage),
        "upkeep": vietnamese(4 * yearly, 0),
        "typing": vietnamese(typing, 0),
        "answer": str(total),
        "shown": vietnamese(total, 0),
        "no_typing": vietnamese(price + 4 * yearly, 0),
        "five": vietnamese(total + yearly, 0),
    }
