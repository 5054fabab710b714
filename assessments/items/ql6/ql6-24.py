"""Variants of QL6-24: years of hiring until every commune has a qualified officer."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from courses.models.staffing import years_to_fill

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Posts, officers, hiring and leaving that take two to eight years to meet."""
    while True:
        communes, per_officer = rng.randrange(48, 125), rng.choice((2, 3))
        need, qualified = ceil(communes / per_officer), rng.randrange(6, 20)
        hired, leaving = rng.randrange(4, 10), rng.randrange(1, 4)
        if hired - leaving > 1 and need - qualified > hired:
            years = years_to_fill(need, qualified, hired, leaving)
            if years in range(2, 9) and (need - qualified) % (hired - leaving):
                break
    return {
        "x": str(communes),
        "per": str(per_officer),
        "qualified": str(qualified),
        "hired": str(hired),
        "leaving": str(leaving),
        "need": str(need),
        "gap": str(need - qualified),
        "net": str(hired - leaving),
        "answer": str(years),
    }
