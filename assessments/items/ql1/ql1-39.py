"""Variants of QL1-39: a common rate from three samples of one size and three totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_SAMPLE = 50
_CLEAR = 2.0  # per cent between the answer and what the named mistakes give


def variant(rng: random.Random) -> dict[str, str]:
    """Draw totals and numbers found in samples; the answer is a rate in per cent."""
    while True:
        totals = [rng.randrange(400, 9000, 100) for _ in range(3)]
        found = [rng.randint(15, 49) for _ in range(3)]
        signed = [n * k / _SAMPLE for n, k in zip(totals, found, strict=True)]
        rate = 100 * sum(signed) / sum(totals)
        rates = [100 * k / _SAMPLE for k in found]
        mistakes = [sum(rates) / 3, max(rates), min(rates)]
        if min(abs(rate - mistake) for mistake in mistakes) > _CLEAR:
            break
    plain, best, worst = mistakes
    return {
        **{f"n{place}": vietnamese(n, 0) for place, n in enumerate(totals, start=1)},
        **{f"k{place}": str(k) for place, k in enumerate(found, start=1)},
        "parts": vietnamese(sum(signed), 0),
        "all": vietnamese(sum(totals), 0),
        "answer": exact(rate),
        "shown": vietnamese(rate, 1),
        "plain": vietnamese(plain, 1),
        "best": vietnamese(best, 1),
        "worst": vietnamese(worst, 1),
    }
