"""Variants of KT2-01: minutes of work as a share of lead time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw minutes of wait and work at four steps; the answer is a share in per cent."""
    waits = [
        rng.randrange(5, 30, 5),
        rng.randrange(40, 130, 5),
        rng.randrange(90, 300, 10),
        rng.randrange(60, 200, 5),
    ]
    work = [rng.randint(5, 12), rng.randint(3, 8), rng.randint(18, 45), rng.randint(2, 9)]
    touch, wait = sum(work), sum(waits)
    share = 100 * touch / (touch + wait)
    return {
        **{f"w{step}": str(minutes) for step, minutes in enumerate(waits, start=1)},
        **{f"t{step}": str(minutes) for step, minutes in enumerate(work, start=1)},
        "touch": str(touch),
        "wait": str(wait),
        "lead": str(touch + wait),
        "answer": exact(share),
        "shown": vietnamese(share, 1),
        "over_wait": vietnamese(100 * touch / wait, 1),
        "longest": vietnamese(100 * work[2] / (touch + wait), 1),
    }
