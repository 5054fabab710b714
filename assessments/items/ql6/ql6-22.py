"""Variants of QL6-22: how many communes two tiers can serve in the time that three took."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.staffing import Pace, Province, most_communes, three_tiers

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """A province and a pace whose break-even lies between 20 and 120 communes."""
    while True:
        pace = Pace(rng.choice((4, 6, 7, 10)), rng.choice((0.4, 0.6, 0.8)), rng.choice((2, 3)))
        place = Province(rng.randrange(11, 16), rng.randrange(6, 13), rng.randrange(8, 20), 1)
        most, limit = most_communes(place, pace), three_tiers(place, pace).total
        each = (most + place.departments) // pace.staff
        if most in range(20, 121) and each == floor((limit - pace.sign) / pace.collate + 1e-6):
            break
    return {
        "limit": vietnamese(limit, 1),
        "sign": str(pace.sign),
        "n": str(pace.staff),
        "collate": vietnamese(pace.collate, 1),
        "s": str(place.departments),
        "room": vietnamese(limit - pace.sign, 1),
        "each": str(each),
        "all": str(each * pace.staff),
        "answer": str(most),
    }
