"""Variants of KM4-34: a difference split into what price and what quantity made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw quantities and prices in triệu đồng; the answers are two effects and their sum."""
    q0, p0 = rng.randint(40, 120), rng.randint(12, 40)
    q1 = q0 + rng.choice([-1, 1]) * rng.randint(4, 25)
    p1 = p0 + rng.choice([-1, 1]) * rng.randint(1, 8)
    return {
        "q0": str(q0),
        "q1": str(q1),
        "p0": str(p0),
        "p1": str(p1),
        "price": str((p1 - p0) * q1),
        "price_shown": vietnamese((p1 - p0) * q1, 0),
        "volume": str((q1 - q0) * p0),
        "volume_shown": vietnamese((q1 - q0) * p0, 0),
        "total": str(p1 * q1 - p0 * q0),
        "total_shown": vietnamese(p1 * q1 - p0 * q0, 0),
    }
