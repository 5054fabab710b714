"""Variants of QL6-23: report time without clusters, with few and with many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.staffing import Pace, Province, two_tiers

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """A province whose three arrangements take three different times."""
    while True:
        pace = Pace(rng.choice((4, 6, 7, 9)), rng.choice((0.5, 1.5, 2)), rng.choice((2, 3)))
        place = Province(rng.randrange(11, 16), 1, 1, rng.randrange(40, 97))
        few, many = rng.randrange(4, 8), rng.randrange(12, 25)
        hours = [two_tiers(place, pace, clusters).total for clusters in (0, few, many)]
        if len(set(hours)) == len(hours):
            break
    none, with_few, with_many = hours
    return {
        "x": str(place.communes),
        "s": str(place.departments),
        "sign": str(pace.sign),
        "n": str(pace.staff),
        "collate": vietnamese(pace.collate, 1),
        "few": str(few),
        "many": str(many),
        "none": f"{none:.1f}",
        "with_few": f"{with_few:.1f}",
        "with_many": f"{with_many:.1f}",
        "shown_none": vietnamese(none, 1),
        "shown_few": vietnamese(with_few, 1),
        "shown_many": vietnamese(with_many, 1),
    }
