"""Variants of KM1-18: a year's expected cost of faults that are or are not reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.bad_news import Line, Stakes

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a year of faults; amounts in triệu đồng."""
    n, arrives = rng.randint(4, 12), rng.randint(20, 80)
    known, unknown = rng.randrange(50, 350, 50), rng.randrange(800, 2600, 100)
    cost = n * Stakes(known, unknown).expected(Line(1, arrives / 100))
    return {
        "n": str(n),
        "arrives": str(arrives),
        "lost": str(100 - arrives),
        "known": str(known),
        "unknown": vietnamese(unknown, 0),
        "early": vietnamese(n * known, 0),
        "shown": vietnamese(cost, 0),
        "answer": f"{cost:.6f}",
    }
