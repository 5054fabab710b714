"""Variants of KM3-17: an estimate from a random sample that both sides classified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a sample and a total that it divides."""
    sample, times = rng.choice([20, 25, 30, 40]), rng.randint(7, 24)
    part, none = rng.randint(6, sample // 2), rng.randint(2, 5)
    typing = sample - part - none
    return {
        "all": vietnamese(sample * times, 0),
        "sample": str(sample),
        "part": str(part),
        "typing": str(typing),
        "none": str(none),
        "faulty": str(part + typing),
        "answer": str(part * times),
    }
