"""Variants of QL2-29: minutes a desk may be down while three suppliers all keep their word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_DAY = 8 * 60  # minutes of work
_MONTH = 30 * 24 * 60


def variant(rng: random.Random) -> dict[str, str]:
    """Draw three promises in tenths of a per cent and days of work; the answer is in minutes."""
    gaps = rng.sample(range(1, 14), 3)
    days = rng.randint(18, 23)
    minutes = days * _DAY
    total = sum(gaps)
    return {
        **{f"s{place}": vietnamese(100 - gap / 10, 1) for place, gap in enumerate(gaps, start=1)},
        "days": str(days),
        "minutes": vietnamese(minutes, 0),
        "gap": vietnamese(total / 10, 1),
        "answer": exact(total * minutes / 1000),
        "shown": vietnamese(total * minutes / 1000, 1),
        "weakest": vietnamese(max(gaps) * minutes / 1000, 1),
        "mean": vietnamese(total * minutes / 3000, 1),
        "month": vietnamese(total * _MONTH / 1000, 1),
    }
