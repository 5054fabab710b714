"""Variants of KM1-20: warnings gained by taking two of four levels away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.bad_news import Line

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a year of warnings and the chance of each level in per cent."""
    n, p = rng.randrange(100, 620, 20), rng.randint(60, 92)
    many, few = (n * Line(levels, p / 100).arrives for levels in (4, 2))
    return {
        "n": str(n),
        "p": str(p),
        "many": vietnamese(many, 1),
        "few": vietnamese(few, 1),
        "half": vietnamese((n - many) / 2, 0),
        "shown": vietnamese(few - many, 0),
        "answer": exact(few - many),
    }
