"""Variants of QL2-25: a line and a pool of three servers of which two must run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.availability import downtime, parallel

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw two availabilities in per cent; the answer is in hours a year."""
    line, unit = rng.randint(985, 996) / 10, rng.randint(955, 984) / 10
    a, way = unit / 100, line / 100
    pool = a**3 + 3 * a**2 * (1 - a)
    hours = downtime(way * pool)
    return {
        "line": vietnamese(line, 1),
        "unit": vietnamese(unit, 1),
        "pool": vietnamese(100 * pool, 3),
        "answer": exact(hours),
        "shown": vietnamese(hours, 1),
        "any": vietnamese(downtime(way * parallel([a, a, a])), 1),
        "three": vietnamese(downtime(way * a**3), 1),
        "cluster": vietnamese(downtime(pool), 1),
    }
