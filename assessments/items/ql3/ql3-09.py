"""Variants of QL3-09: what the pace so far leaves undone in the goal year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.target_path import Target, forecast

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """A whole pace of three years so far, below the one that the plan asks for."""
    base, pace, done = rng.randint(16, 34), rng.randint(9, 12), rng.randint(5, 7)
    target = Target("M", "hồ sơ trực tuyến", base, base + 5 * pace, 2025, 2030)
    actual = base + 3 * done
    reached = forecast(target, 2028, actual)
    total = rng.randrange(200, 650, 50)
    return {
        "base": str(base),
        "goal": vietnamese(target.goal, 0),
        "actual": str(actual),
        "done": str(done),
        "forecast": vietnamese(reached, 0),
        "short": vietnamese(target.goal - reached, 0),
        "total": str(total),
        "answer": f"{(target.goal - reached) / 100 * total:g}",
    }
