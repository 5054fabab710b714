"""Variants of KM4-13: the work that a disbursement target takes once the advance is out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, rounded, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a contract in triệu đồng and shares in per cent; the answer is in per cent."""
    while True:
        value, rate = rng.randrange(6000, 16000, 500), rng.choice([15, 20, 25, 30])
        full, target = rng.choice([80, 85, 90]), rng.choice([85, 90, 95])
        plan = int(value * rng.uniform(0.55, 0.85)) // 100 * 100
        goal, advance = plan * target / 100, value * rate / 100
        each = value * (1 - rate / full) / 100
        volume = (goal - advance) / each
        if volume < full:
            break
    return {
        "value": vietnamese(value, 0),
        "rate": str(rate),
        "full": str(full),
        "plan": vietnamese(plan, 0),
        "target": str(target),
        "goal": vietnamese(goal, 0),
        "advance": vietnamese(advance, 0),
        "need": vietnamese(goal - advance, 0),
        "each": vietnamese(each),
        "answer": exact(volume),
        "shown": vietnamese(float(rounded(Decimal(exact(volume)), 1, "up")), 1),
        "no_keep": vietnamese(100 * (goal - advance) / value, 1),
        "no_advance": vietnamese(100 * goal / value, 1),
    }
