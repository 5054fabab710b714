"""Variants of QL3-06: a yearly result on the straight path to a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.target_path import Target, linear_path

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Base share given as two counts, a whole pace, and one of the years between."""
    base, pace, span = rng.randint(14, 32), rng.randint(7, 11), rng.choice([4, 5])
    first, total = 2025, rng.randrange(150_000, 420_000, 10_000)
    target = Target("M", "hồ sơ trực tuyến", base, base + pace * span, first, first + span)
    year = first + rng.randint(2, span - 1)
    return {
        "first": str(first),
        "last": str(target.goal_year),
        "total": vietnamese(total, 0),
        "online": vietnamese(total * base / 100, 0),
        "goal": vietnamese(target.goal, 0),
        "year": str(year),
        "base": str(base),
        "pace": vietnamese(target.pace, 0),
        "answer": f"{linear_path(target)[year]:g}",
    }
