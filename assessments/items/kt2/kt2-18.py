"""Variants of KT2-18: the fewest counters that are not busier than a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw arrivals, minutes a file and a limit in per cent; the answer is a whole number."""
    while True:
        arrivals, minutes = rng.randrange(80, 300, 4), rng.choice([7, 8, 9, 10, 11, 12])
        limit = rng.choice([80, 82, 85, 88])
        # Whole numbers throughout: a float that should be 40 may stand a hair above it.
        fewest = -(-100 * arrivals * minutes // (60 * limit))
        kept = -(-arrivals * minutes // 60)
        if kept < fewest and (100 * arrivals * minutes) % (60 * limit):
            break
    load = arrivals * minutes / 60
    return {
        "arrivals": str(arrivals),
        "minutes": str(minutes),
        "limit": str(limit),
        "load": vietnamese(load),
        "exact": vietnamese(100 * load / limit),
        "answer": str(fewest),
        "kept": str(kept),
        "down": str(fewest - 1),
    }
