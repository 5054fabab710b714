"""Variants of QL4-16: an obligation met now while the project it displaces waits a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw NPVs in tỷ đồng and a rate in per cent; the answer is the cost left by phasing."""
    percent = rng.choice([6, 8, 10, 12])
    p, q = rng.choice([9.5, 10.5, 11.5]), rng.choice([6.2, 7.0, 7.8, 8.6])
    s = rng.choice([1.2, 1.6, 2.0])
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
        "answer": f"{free - forced:.2f}",
        "shown": vietnamese(free - forced),
        "dropped": vietnamese(q - s, 1),
        "half": vietnamese(q * (1 - factor)),
    }
