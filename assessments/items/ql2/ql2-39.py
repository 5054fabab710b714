"""Variants of QL2-39: servers for a peak hour with one of them broken and a limit on load."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_APART = 0.02  # of a server between the need and a whole number of servers


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a day and a server; the answer is a number of servers."""
    while True:
        daily, share = rng.randrange(60_000, 640_000, 10_000), rng.randint(12, 24)
        rate, load = rng.randrange(40, 95, 5), rng.choice([60, 65, 70, 75, 80])
        peak, able = daily * share / 6000, rate * load / 100
        need = peak / able
        mistakes = [ceil(peak / rate) + 1, ceil(daily / 1440 / able) + 1]
        clear = _APART < need % 1 < 1 - _APART
        if clear and ceil(need) + 1 not in mistakes and need < daily / 1000:
            break
    full, mean = mistakes
    return {
        "daily": vietnamese(daily, 0),
        "share": str(share),
        "rate": str(rate),
        "load": str(load),
        "peak": vietnamese(peak, 1),
        "able": vietnamese(able, 1),
        "needed": str(ceil(need)),
        "answer": str(ceil(need) + 1),
        "full": str(full),
        "mean": str(mean),
    }
