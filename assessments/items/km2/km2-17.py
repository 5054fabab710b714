"""Variants of KM2-17: Shapley shares when a greater need covers the smaller ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 0.1  # tỷ đồng between the answer and what the named mistakes give


def variant(rng: random.Random) -> dict[str, str]:
    """Draw three rising costs in tỷ đồng; the answer is the share of the middle need."""
    while True:
        c1 = rng.randrange(18, 80) / 10
        c2 = c1 + rng.randrange(10, 60) / 10
        c3 = c2 + rng.randrange(10, 60) / 10
        share = c1 / 3 + (c2 - c1) / 2
        equal, pro_rata = c3 / 3, c3 * c2 / (c1 + c2 + c3)
        if min(abs(share - equal), abs(share - pro_rata)) > _CLEAR:
            break
    return {
        "c1": vietnamese(c1, 1),
        "c2": vietnamese(c2, 1),
        "c3": vietnamese(c3, 1),
        "step": vietnamese(c2 - c1, 1),
        "answer": exact(share),
        "shown": vietnamese(share, 2),
        "equal": vietnamese(equal, 2),
        "pro_rata": vietnamese(pro_rata, 2),
    }
