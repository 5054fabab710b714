"""Variants of QL3-36: the goal that is left when what remains of the money is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_LEAST = 3  # points that the rest of the money still buys


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a target half way, fixed and unit costs in tỷ đồng; the answer is in per cent."""
    while True:
        actual, way = rng.randint(34, 58), rng.randint(18, 36)
        fixed, unit = rng.randint(4, 14), rng.randint(6, 16) / 10
        cut = rng.choice([15, 20, 25, 30, 35, 40])
        budget = fixed + unit * way
        left = budget * (100 - cut) / 100
        points = (left - fixed) / unit
        if points >= _LEAST:
            break
    return {
        "actual": str(actual),
        "goal": str(actual + way),
        "fixed": str(fixed),
        "unit": vietnamese(unit, 1),
        "cut": str(cut),
        "budget": vietnamese(budget, 1),
        "left": vietnamese(left, 2),
        "variable": vietnamese(left - fixed, 2),
        "points": vietnamese(points, 1),
        "answer": exact(actual + points),
        "shown": vietnamese(actual + points, 1),
        "way": vietnamese(actual + way * (100 - cut) / 100, 1),
        "of_goal": vietnamese((actual + way) * (100 - cut) / 100, 1),
        "no_fixed": vietnamese(actual + left / unit, 1),
    }
