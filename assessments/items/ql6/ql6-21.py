"""Variants of QL6-21: how much slower or faster reports become without the district tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.staffing import Pace, Province, three_tiers, two_tiers

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """A province and a pace for which the two arrangements differ by at least an hour."""
    while True:
        pace = Pace(rng.choice((4, 5, 6, 10)), rng.choice((0.5, 1.5)), rng.choice((2, 3, 4)))
        place = Province(
            departments=rng.randrange(11, 16),
            districts=rng.randrange(6, 12),
            communes_per_district=rng.randrange(9, 19),
            communes=rng.randrange(40, 101),
        )
        old, new = three_tiers(place, pace).total, two_tiers(place, pace).total
        merged = place.communes < 0.7 * place.districts * place.communes_per_district
        if merged and abs(new - old) >= 1:
            break
    return {
        "sign": str(pace.sign),
        "collate": vietnamese(pace.collate, 1),
        "n": str(pace.staff),
        "s": str(place.departments),
        "h": str(place.districts),
        "m": str(place.communes_per_district),
        "x": str(place.communes),
        "old": vietnamese(old, 1),
        "new": vietnamese(new, 1),
        "shown": vietnamese(new - old, 1),
        "answer": exact(new - old),
    }
