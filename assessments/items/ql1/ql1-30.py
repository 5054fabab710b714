"""Variants of QL1-30: the last day to publish a draft that must take effect on a given day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date

if TYPE_CHECKING:
    import random

_WAIT = 10  # days from signing to effect, at least (64/2025/QH15, Điều 53)
_FIRST = date(2027, 5, 1)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw the day of effect and four steps in days; the answer is a day of 2027."""
    effective = _FIRST + timedelta(days=rng.randint(0, 230))
    opinions, editing = rng.randint(20, 34), rng.randint(5, 13)
    review, signing = rng.randint(10, 19), rng.randint(3, 9)
    steps = opinions + editing + review + signing
    signed = effective - timedelta(days=_WAIT)
    return {
        "effective": short_date(effective),
        "o": str(opinions),
        "a": str(editing),
        "t": str(review),
        "s": str(signing),
        "steps": str(steps),
        "total": str(steps + _WAIT),
        "signed": short_date(signed),
        "day": short_date(signed - timedelta(days=steps)),
    }
