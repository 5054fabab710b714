"""Variants of QL2-02: a doubled stage with failures in common, between two single ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.availability import HOURS_A_YEAR, Stage, availability, downtime

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw three availabilities and the shared part in per cent; the answer is hours a year."""
    line, software = rng.choice([97.4, 98.0, 98.5]), rng.choice([97.6, 98.2, 98.6])
    balancer, shared = rng.choice([97.5, 98.0, 98.4]), rng.choice([15, 20, 25, 40])

    def hours(copies: int, common: float) -> float:
        pair = Stage("pair", balancer / 100, copies, common)
        return downtime(availability([Stage("l", line / 100), pair, Stage("s", software / 100)]))

    right = hours(2, shared / 100)
    one, common = 1 - balancer / 100, shared / 100
    pair = common * one + ((1 - common) * one) ** 2
    added = HOURS_A_YEAR * (2 - (line + software) / 100 + pair)
    return {
        "line": vietnamese(line, 1),
        "software": vietnamese(software, 1),
        "balancer": vietnamese(balancer, 1),
        "shared": str(shared),
        "answer": exact(right),
        "shown": vietnamese(right, 1),
        "trap": vietnamese(hours(2, 0), 1),
        "added": vietnamese(added, 1),
        "single": vietnamese(hours(1, 0), 1),
    }
