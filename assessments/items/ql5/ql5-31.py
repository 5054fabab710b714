"""Variants of QL5-31: how likely a threat must be for its treatment to be worth its price."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, rounded, vietnamese

if TYPE_CHECKING:
    import random

_LEAST, _MOST = 10, 90  # per cent; beyond them nobody needs to compute


def variant(rng: random.Random) -> dict[str, str]:
    """Draw weeks and prices (million đồng); with the treatment the delay fits into the slack."""
    while True:
        slack, saved = rng.randint(2, 5), rng.randint(2, 6)
        less = rng.randint(1, slack - 1)
        keep, price = rng.randrange(60, 161, 10), rng.randrange(60, 401, 5)
        chance = 100 * price / (saved * keep)
        if _LEAST < chance < _MOST:
            break
    return {
        "slack": str(slack),
        "w": str(saved + slack),
        "less": str(less),
        "saved": str(saved),
        "keep": str(keep),
        "price": str(price),
        "gain": vietnamese(saved * keep, 0),
        "answer": exact(chance),
        "shown": vietnamese(float(rounded(Decimal(exact(chance)), 1, "up")), 1),
        "no_slack": vietnamese(100 * price / ((saved + slack - less) * keep), 1),
    }
