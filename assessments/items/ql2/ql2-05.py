"""Variants of QL2-05: one copy and two copies of three stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.availability import Stage, downtime

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw availability and shared part, in per cent, of each stage; answers are hours a year."""
    units = (rng.choice([98.0, 98.5]), rng.choice([99.0, 99.2]), rng.choice([99.5, 99.6]))
    shared = rng.sample([10, 20, 30, 40], 3)
    values: dict[str, str] = {}
    for number, (unit, common) in enumerate(zip(units, shared, strict=True), start=1):
        hours = [downtime(Stage("", unit / 100, n, common / 100).availability) for n in (1, 2)]
        values |= {f"a{number}": vietnamese(unit, 1), f"b{number}": str(common)}
        values |= {f"s{number}": f"{hours[0]:.1f}", f"d{number}": f"{hours[1]:.1f}"}
    return values
