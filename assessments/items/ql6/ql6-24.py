"""Variants of QL6-24: years of hiring until every commune has a qualified officer."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from courses.models.staffing import years_to_fill

if TYPE_CHECKING:
    import random


_COMMUNES = range(48, 169)  # communes and wards of a province since 2025


def variant(rng: random.Random) -> dict[str, str]:
    """Posts, officers, hiring and leaving: three to eighteen years, each as likely."""
    while True:
        per_officer, qualified, leaving = (
            rng.choice((2, 3)),
            rng.randrange(6, 20),
            rng.randrange(1, 4),
        )
        years, net = rng.randrange(3, 19), rng.choice((2, 3, 4))
        gap, hired = net * years - rng.randrange(1, net), net + leaving
        need = gap + qualified
        communes = need * per_officer - rng.randrange(per_officer)
        if communes in _COMMUNES and ceil(gap / hired) < years:
            break
    return {
        "x": str(communes),
        "per": str(per_officer),
        "qualified": str(qualified),
        "hired": str(hired),
        "leaving": str(leaving),
        "need": str(need),
        "gap": str(gap),
        "net": str(net),
        "forgotten": str(ceil(gap / hired)),
        "answer": str(years_to_fill(need, qualified, hired, leaving)),
    }
