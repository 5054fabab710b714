"""Variants of QL5-39: what a month of a hired service is worth after its failures."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_BLOCK = 10  # minutes for which the contract deducts once


def variant(rng: random.Random) -> dict[str, str]:
    """Draw minutes, a fee in million đồng and a rate in per cent; ten deductions at the most."""
    fee, rate, free = rng.randrange(120, 481, 5), rng.choice([2, 3, 4]), rng.randrange(20, 61, 5)
    over = rng.randint(12, 98)
    t1 = rng.randint(15, free + over - 10)
    t2, t3, t4 = free + over - t1, rng.randrange(60, 181, 15), rng.randint(20, 95)
    steps = ceil(over / _BLOCK)
    return {
        "fee": str(fee),
        "rate": str(rate),
        "free": str(free),
        "t1": str(t1),
        "t2": str(t2),
        "t3": str(t3),
        "t4": str(t4),
        "faults": str(t1 + t2),
        "over": str(over),
        "steps": str(steps),
        "cut": str(steps * rate),
        "answer": exact(_paid(fee, steps * rate)),
        "shown": vietnamese(_paid(fee, steps * rate), 1),
        "all_events": vietnamese(_paid(fee, ceil((over + t3 + t4) / _BLOCK) * rate), 1),
        "no_free": vietnamese(_paid(fee, ceil((over + free) / _BLOCK) * rate), 1),
    }


def _paid(fee: int, cut: int) -> float:
    return fee * (100 - cut) / 100
