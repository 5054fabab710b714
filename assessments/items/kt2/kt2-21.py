"""Variants of KT2-21: utilisation of a desk today and after each of three measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.service_desk import Desk

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a busy desk; the answers are four utilisations in per cent."""
    counters, minutes = rng.randint(5, 10), rng.randrange(18, 29) / 2
    arrivals = int(counters * 60 / minutes * rng.uniform(0.85, 0.98))
    less, fewer = minutes - rng.choice([1.5, 2, 2.5]), round(arrivals * rng.uniform(0.75, 0.88))
    busy = [
        100 * Desk(a, 60 / m, c).utilisation
        for a, m, c in (
            (arrivals, minutes, counters),
            (arrivals, minutes, counters + 1),
            (arrivals, less, counters),
            (fewer, minutes, counters),
        )
    ]
    return {
        "arrivals": str(arrivals),
        "minutes": vietnamese(minutes, 1),
        "counters": str(counters),
        "more": str(counters + 1),
        "less": vietnamese(less, 1),
        "fewer": str(fewer),
        **{
            name: f"{value:.4f}"
            for name, value in zip(("now", "counter", "form", "net"), busy, strict=True)
        },
        "shown": vietnamese(busy[0], 1),
        "low": vietnamese(min(busy[1:]), 0),
        "high": vietnamese(max(busy[1:]), 0),
    }
