"""Variants of KT2-36: the rate that the rest of a year needs to meet its target."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, rounded, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 1.0  # per cent between the answer and the mirrored rate
_HIGHEST = 99.5  # a target out of reach teaches another lesson


def variant(rng: random.Random) -> dict[str, str]:
    """Draw totals and rates; the answer is a rate in per cent, below 100."""
    while True:
        total, target = rng.randrange(4000, 9000, 200), rng.randint(85, 95)
        done, now = rng.randrange(1200, 3000, 100), rng.randint(68, 84)
        rest = (total * target - done * now) / (total - done)
        if rest < _HIGHEST and abs(rest - (2 * target - now)) > _CLEAR:
            break
    return {
        "total": vietnamese(total, 0),
        "target": str(target),
        "done": vietnamese(done, 0),
        "now": str(now),
        "need": vietnamese(total * target / 100, 0),
        "ontime": vietnamese(done * now / 100, 0),
        "missing": vietnamese((total * target - done * now) / 100, 0),
        "left": vietnamese(total - done, 0),
        "answer": exact(rest),
        "shown": vietnamese(float(rounded(Decimal(exact(rest)), 1, "up")), 1),
        "mirror": str(2 * target - now),
    }
