"""Variants of QL5-02: the efficiency that the rest needs within a limit that holds a reserve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.earned_value import Status

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw the figures of a control date in million đồng; the answer is TCPI within the limit."""
    budget = rng.randrange(7600, 10600, 200)
    reserve, overhead = rng.randrange(300, 1000, 100), rng.choice([900, 1100, 1300])
    earned = rng.randrange(30, 56, 5) / 100 * budget
    actual = round(earned * rng.randrange(108, 131) / 100, -1)
    status, limit = Status(budget, earned, earned, actual), budget + reserve
    amounts = {
        "budget": budget,
        "overhead": overhead,
        "total": limit + overhead,
        "limit": limit,
        "earned": earned,
        "actual": actual,
    }
    ratios = {
        "cpi": status.cpi,
        "shown": status.to_complete(limit),
        "trap_total": status.to_complete(limit + overhead),
        "trap_budget": status.to_complete(),
    }
    return {
        **{name: vietnamese(amount, 0) for name, amount in amounts.items()},
        **{name: vietnamese(ratio) for name, ratio in ratios.items()},
        "answer": exact(status.to_complete(limit)),
    }
