"""Variants of QL4-16: an obligation met now while the project it displaces waits a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw NPVs in tỷ đồng and a rate in per cent; the answer is the cost left by phasing."""
    percent = rng.choice([6, 8, 10, 12])
    p, q = rng.choice([9.5, 10.5, 11.5]), rng.randint(62, 90) / 10
    s = rng.randint(12, 24) / 10
    factor = 1 / (1 + percent / 100)
    free, forced = p + q + s * factor, p + s + q * factor
    return {
        "p": vietnamese(p, 1),
        "q": vietnamese(q, 1),
        "s": vietnamese(s, 1),
        "rate": str(percent),
        "factor": vietnamese(factor, 4),
        "free": vietnamese(free),
        "forced": vietnamese(forced),
        "answer": exact(free - forced),
        "shown": vietnamese(free - forced),
        "dropped": vietnamese(q - s, 1),
        "half": vietnamese(q * (1 - factor)),
    }
