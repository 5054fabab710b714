"""Variants of KM1-04: the chance of failure from which stopping at once is not the dearer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw amounts in triệu đồng; the answer is a whole per cent, never exactly met."""
    while True:
        late, loss = rng.randrange(60, 205, 5), rng.randrange(900, 2000, 50)
        stop = late + rng.randrange(80, 700, 10)
        gap, stake = stop - late, loss - late
        answer = -(-100 * gap // stake)
        if gap < stake and 100 * gap % stake and answer != -(-100 * gap // loss):
            break
    return {
        "stop": vietnamese(stop, 0),
        "late": vietnamese(late, 0),
        "loss": vietnamese(loss, 0),
        "gap": vietnamese(gap, 0),
        "stake": vietnamese(stake, 0),
        "exact": vietnamese(100 * gap / stake),
        "answer": str(answer),
    }
