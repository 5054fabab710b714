"""Variants of QL3-07: the pace still needed after two slow years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.target_path import Target, linear_path, required_pace

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """A plan of five years that lags by three to twelve points after two, yet has moved."""
    base, pace = rng.randint(18, 40), rng.randint(6, 12)
    target = Target("M", "báo cáo điện tử", base, base + 5 * pace, 2025, 2030)
    actual = linear_path(target)[2027] - rng.randint(3, min(12, 2 * pace - 1))
    return {
        "base": str(base),
        "goal": vietnamese(target.goal, 0),
        "actual": vietnamese(actual, 0),
        "left": vietnamese(target.goal - actual, 0),
        "done": vietnamese((actual - base) / 2, 1),
        "answer": exact(required_pace(target, 2027, actual)),
    }
