"""Variants of KT2-35: the longest wait before a step that the legal time limit leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_DAY = 480  # working minutes


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a limit in days, a reserve in per cent and minutes; the answer is in minutes."""
    days, percent = rng.randint(3, 10), rng.choice([10, 15, 20, 25])
    limit = days * _DAY
    reserve = limit * percent // 100
    touch = rng.randrange(20, 95, 5)
    others = rng.randrange(limit // 4, limit // 2)
    return {
        "days": str(days),
        "day": str(_DAY),
        "percent": str(percent),
        "limit": vietnamese(limit, 0),
        "reserve": vietnamese(reserve, 0),
        "others": vietnamese(others, 0),
        "touch": str(touch),
        "answer": str(limit - reserve - others - touch),
        "shown": vietnamese(limit - reserve - others - touch, 0),
        "no_reserve": vietnamese(limit - others - touch, 0),
        "no_touch": vietnamese(limit - reserve - others, 0),
    }
