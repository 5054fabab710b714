"""Variants of QL2-27: the price of a file not lost when copies are made more often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 1.0  # nghìn đồng between the answer and what the named mistakes give


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a rate, two periods in hours, losses a year and a cost in triệu đồng a year."""
    while True:
        rate, times = rng.randint(8, 40), rng.randint(11, 29) / 10
        h1, h2 = rng.choice([12, 18, 24]), rng.choice([1, 2, 3, 4, 6])
        cost = rng.randrange(40, 260, 5)
        saved = times * rate * (h1 - h2) / 2
        price = 1000 * cost / saved
        whole, after = price / 2, 2000 * cost / (times * rate * h2)
        if min(abs(price - mistake) for mistake in (whole, after)) > _CLEAR:
            break
    return {
        "rate": str(rate),
        "times": vietnamese(times, 1),
        "h1": str(h1),
        "h2": str(h2),
        "cost": str(cost),
        "saved": vietnamese(saved, 1),
        "answer": exact(price),
        "shown": vietnamese(price, 1),
        "whole": vietnamese(whole, 1),
        "after": vietnamese(after, 1),
    }
