"""Variants of QL2-33: hours of looking up codes by hand after communes were divided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw numbers of records and shares in per cent; the answer is in hours."""
    whole, records = rng.randrange(20_000, 90_000, 1000), rng.randrange(4000, 19_000, 200)
    p, q = rng.randrange(35, 60, 5), rng.randrange(20, 40, 5)
    minutes = rng.choice([3, 4, 5, 6, 8])
    left = (100 - p) * (100 - q) / 10_000
    manual = records * left
    return {
        "whole": vietnamese(whole, 0),
        "records": vietnamese(records, 0),
        "p": str(p),
        "q": str(q),
        "minutes": str(minutes),
        "manual": vietnamese(manual, 0),
        "answer": exact(manual * minutes / 60),
        "shown": vietnamese(manual * minutes / 60, 1),
        "all": vietnamese((whole + records) * left * minutes / 60, 1),
        "added": vietnamese(records * (100 - p - q) / 100 * minutes / 60, 1),
    }
