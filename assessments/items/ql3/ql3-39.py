"""Variants of QL3-39: what a pilot changed, beyond what changed everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw four rates in per cent; the answer is a difference of differences in points."""
    before = rng.randint(620, 745) / 10
    apart = rng.choice([-1, 1]) * rng.randint(8, 42) / 10
    trend = rng.randint(12, 78) / 10
    effect = rng.choice([-1, 1, 1, 1]) * rng.randint(9, 84) / 10
    p2, c1 = before + trend + effect, before + apart
    return {
        "p1": vietnamese(before, 1),
        "p2": vietnamese(p2, 1),
        "c1": vietnamese(c1, 1),
        "c2": vietnamese(c1 + trend, 1),
        "trend": vietnamese(trend, 1),
        "answer": exact(effect),
        "shown": vietnamese(effect, 1),
        "before": vietnamese(trend + effect, 1),
        "between": vietnamese(effect - apart, 1),
    }
