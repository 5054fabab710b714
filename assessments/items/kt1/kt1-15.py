"""Variants of KT1-15: what a platform saves against links between every two systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw systems and yearly costs in triệu đồng; the answer is saved a year."""
    n, each = rng.randint(9, 18), rng.randint(8, 24)
    pairs = n * (n - 1) // 2
    platform = rng.randrange(90, (pairs - n) * each - 40, 10)
    saved = (pairs - n) * each - platform
    return {
        "n": str(n),
        "each": str(each),
        "pairs": str(pairs),
        "fewer": str(pairs - n),
        "platform": vietnamese(platform, 0),
        "answer": str(saved),
        "shown": vietnamese(saved, 0),
        "no_platform": vietnamese(saved + platform, 0),
        "twice": vietnamese((2 * pairs - n) * each - platform, 0),
        "kept": vietnamese(pairs * each - platform, 0),
    }
