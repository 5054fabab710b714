"""Variants of KM4-18: what a system costs in five years, added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_YEARS = 5


def variant(rng: random.Random) -> dict[str, str]:
    """Draw costs in triệu đồng and years of warranty; the answer is their sum."""
    buy, licence = rng.randrange(1200, 5200, 50), rng.randrange(90, 520, 10)
    upkeep, leave = rng.randrange(120, 480, 10), rng.randrange(80, 360, 10)
    warranty = rng.choice([1, 2, 3])
    total = buy + _YEARS * licence + (_YEARS - warranty) * upkeep + leave
    return {
        "buy": vietnamese(buy, 0),
        "licence": str(licence),
        "upkeep": str(upkeep),
        "leave": str(leave),
        "warranty": str(warranty),
        "years": str(_YEARS - warranty),
        "answer": str(total),
        "shown": vietnamese(total, 0),
        "all_years": vietnamese(total + warranty * upkeep, 0),
        "no_leave": vietnamese(total - leave, 0),
    }
