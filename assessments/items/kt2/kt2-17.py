"""Variants of KT2-17: how busy the counters are once a file takes less time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.service_desk import Desk, shorter_form

if TYPE_CHECKING:
    import random

_FULL = 0.98  # a desk that cannot keep up today has no utilisation to compare with


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a desk and seconds saved; the answer is its utilisation afterwards, in per cent."""
    counters, minutes = rng.randint(3, 8), rng.choice([9, 10, 12, 14, 15, 16])
    most = counters * 60 / minutes
    arrivals = int(most * rng.uniform(0.8, _FULL))
    seconds = rng.choice([60, 90, 120, 150, 180])
    now = Desk(arrivals, 60 / minutes, counters)
    then = shorter_form(now, seconds)
    return {
        "counters": str(counters),
        "arrivals": str(arrivals),
        "minutes": str(minutes),
        "seconds": str(seconds),
        "after": vietnamese(60 / then.rate, 1),
        "able": vietnamese(counters * then.rate),
        "answer": exact(100 * then.utilisation),
        "shown": vietnamese(100 * then.utilisation, 1),
        "before": vietnamese(100 * now.utilisation, 1),
        "one": vietnamese(100 * then.load, 1),
    }
