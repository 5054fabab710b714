"""Variants of KM1-35: what a successor is worth in a year, less what he costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a risk of which every share asked for is whole; preparing always pays."""
    chance, weeks = rng.choice([10, 20, 30]), rng.choice([4, 5, 6, 8])
    loss, cut = rng.randrange(100, 400, 50), rng.choice([60, 80])
    risk = chance * weeks * loss // 100
    saved = risk * cut // 100
    cost = rng.randint(saved // 4, 3 * saved // 4)
    return {
        "chance": str(chance),
        "weeks": str(weeks),
        "loss": str(loss),
        "cut": str(cut),
        "cost": str(cost),
        "risk": str(risk),
        "saved": str(saved),
        "sure": vietnamese(weeks * loss * cut / 100 - cost, 0),
        "answer": str(saved - cost),
    }
