"""Variants of KM4-20: what next year's running budget needs beyond this year's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw yearly costs in triệu đồng and months; the answer is next year less this year."""
    old, new = rng.randrange(120, 620, 10), rng.randrange(480, 1680, 12)
    months = rng.randint(2, 7)
    now = old + new * months // 12
    return {
        "old": str(old),
        "new": vietnamese(new, 0),
        "months": str(months),
        "now": vietnamese(now, 0),
        "answer": str(new - now),
        "shown": vietnamese(new - now, 0),
        "no_old": vietnamese(new - new * months // 12, 0),
        "full": vietnamese(new - old, 0),
    }
