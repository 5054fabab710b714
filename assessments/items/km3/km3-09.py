"""Variants of KM3-09: remainders and shares of a summary table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw two rows of unequal size; shares in per cent, unrounded."""
    totals = [rng.randint(400, 900), rng.randint(1500, 4000)]
    done = [n * rng.randint(low, low + 20) // 100 for n, low in zip(totals, (30, 65), strict=True)]
    rows = [*zip(totals, done, strict=True), (sum(totals), sum(done))]
    shares = [100 * d / n for n, d in rows]
    values = {"s2": vietnamese(shares[2], 1), "mean": vietnamese(sum(shares[:2]) / 2, 1)}
    for at, (n, d) in enumerate(rows):
        values |= {f"n{at}": vietnamese(n, 0), f"d{at}": vietnamese(d, 0)}
        values |= {f"r{at}": str(n - d), f"p{at}": f"{shares[at]:.6f}"}
    return values
