"""Variants of QL3-11: communes to connect this year, arrears included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.models.target_path import Target, linear_path

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """A whole number of communes a year, and fewer than planned so far."""
    base, pace, year = rng.randint(15, 40), rng.randint(13, 34), rng.choice([2027, 2028, 2029])
    units = base + 5 * pace
    path = linear_path(Target("M", "xã, phường", base, units, 2025, 2030))
    actual = path[year - 1] - rng.randint(3, 14)
    return {
        "units": str(units),
        "base": str(base),
        "pace": str(pace),
        "before": str(year - 1),
        "year": str(year),
        "actual": f"{actual:g}",
        "due": f"{path[year]:g}",
        "answer": f"{path[year] - actual:g}",
    }
