"""Variants of KT2-27: fields left to ask when some are useless and some are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw counts of fields; the answer is how many are left to ask."""
    total = rng.randint(36, 84)
    unused, known = rng.randint(8, total // 3), rng.randint(10, total // 3)
    both = rng.randint(3, min(unused, known) - 2)
    return {
        "total": str(total),
        "unused": str(unused),
        "known": str(known),
        "both": str(both),
        "answer": str(total - unused - known + both),
        "twice": str(total - unused - known),
        "used": str(total - unused),
        "asked": str(total - known),
    }
