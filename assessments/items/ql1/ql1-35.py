"""Variants of QL1-35: the month in which a new department has caught up with an empowered one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw two starts in months and two paces in inspections a month; the answer is in months."""
    soon, late = rng.randint(1, 4), rng.randint(10, 22)
    slow, fast = rng.randint(6, 16) / 10, rng.randint(22, 40) / 10
    ahead, closing = slow * (late - soon), fast - slow
    chase = ahead / closing
    return {
        "soon": str(soon),
        "late": str(late),
        "slow": vietnamese(slow, 1),
        "fast": vietnamese(fast, 1),
        "ahead": vietnamese(ahead, 1),
        "closing": vietnamese(closing, 1),
        "chase": vietnamese(chase, 1),
        "answer": exact(late + chase),
        "shown": vietnamese(late + chase, 1),
    }
