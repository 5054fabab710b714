"""Variants of QL4-03: what waiting two years costs, with an old system kept alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.investment import present_value

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw NPV and upkeep in tỷ đồng and a rate in per cent; the answer is in tỷ đồng."""
    percent = rng.choice([7, 8, 9, 10, 12])
    rate = percent / 100
    worth, upkeep = rng.choice([9, 10, 12, 14, 15]), rng.choice([0.9, 1.2, 1.5, 1.8])
    second = (1 + rate) ** -2
    lost, kept = worth * (1 - second), present_value((upkeep, upkeep), rate)
    return {
        "worth": str(worth),
        "upkeep": vietnamese(upkeep, 1),
        "rate": str(percent),
        "d1": vietnamese(1 / (1 + rate), 4),
        "d2": vietnamese(second, 4),
        "answer": exact(lost + kept),
        "shown": vietnamese(lost + kept),
        "later": vietnamese(worth * second),
        "lost": vietnamese(lost),
        "kept": vietnamese(kept),
        "plain": vietnamese(lost + 2 * upkeep),
    }
