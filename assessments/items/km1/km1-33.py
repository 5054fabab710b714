"""Variants of KM1-33: weeks until a successor has worked beside the holder long enough."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw skills, hours and weeks away; dividing never comes out even."""
    while True:
        skills, each, pace = rng.randint(4, 12), rng.randint(6, 18), rng.randint(3, 7)
        away, hours = rng.randint(2, 5), skills * each
        if hours % pace:
            break
    work = ceil(hours / pace)
    return {
        "skills": str(skills),
        "each": str(each),
        "pace": str(pace),
        "away": str(away),
        "hours": str(hours),
        "work": str(work),
        "answer": str(work + away),
    }
