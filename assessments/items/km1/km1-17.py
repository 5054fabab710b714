"""Variants of KM1-17: the share of warnings that climb every level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.bad_news import Line

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw levels and the chance of each in per cent; the answer is a per cent, unrounded."""
    levels, p = rng.choice([3, 4, 5]), rng.randint(62, 95)
    share = 100 * Line(levels, p / 100).arrives
    return {
        "levels": str(levels),
        "p": str(p),
        "shown": vietnamese(share, 1),
        "minus": vietnamese(100 - levels * (100 - p), 0),
        "answer": exact(share),
    }
