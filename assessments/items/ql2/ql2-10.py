"""Variants of QL2-10: what repairing faster is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.availability import Stage, availability, downtime, repairable

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw times in hours and one availability in per cent; the answer is hours a year."""
    mtbf = rng.choice([380, 450, 520, 640])
    slow, fast = rng.choice([10, 12, 14, 16]), rng.choice([3, 4, 5])
    software = rng.choice([97.6, 98.0, 98.5])  # low enough that forgetting it shows
    lines = [repairable(mtbf, repair) for repair in (slow, fast)]
    hours = [
        downtime(availability([Stage("l", line), Stage("s", software / 100)])) for line in lines
    ]
    return {
        "mtbf": str(mtbf),
        "slow": str(slow),
        "fast": str(fast),
        "software": vietnamese(software, 1),
        "before": vietnamese(100 * lines[0], 2),
        "after": vietnamese(100 * lines[1], 2),
        "forgotten": vietnamese(downtime(lines[0]) - downtime(lines[1]), 1),
        "answer": exact(hours[0] - hours[1]),
        "shown": vietnamese(hours[0] - hours[1], 1),
    }
