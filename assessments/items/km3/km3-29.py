"""Variants of KM3-29: three deadlines from one moment of discovery."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw the hour of discovery and the hours since; none of the notices is late."""
    found, passed = rng.randint(0, 23), rng.randint(1, 22)
    return {
        "h0": str(found),
        "d0": str(rng.randint(3, 25)),
        "passed": str(passed),
        "now": str(found + passed),
        "due24": str(found + 24),
        "due72": str(found + 72),
        "left24": str(24 - passed),
        "left72": str(72 - passed),
    }
