"""Variants of KT2-44: waiting saved when every stage passes its files on more often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw stages and rhythms in minutes; the answer is the mean wait saved, in minutes."""
    while True:
        stages = rng.randint(3, 7)
        old, new = rng.randrange(120, 300, 10), rng.randrange(20, 100, 10)
        saved, left = stages * (old - new) // 2, stages * new // 2
        if len({saved, left, old, new}) == len((saved, left, old, new)):
            break
    return {
        "stages": str(stages),
        "old": str(old),
        "new": str(new),
        "answer": str(saved),
        "whole": vietnamese(stages * (old - new), 0),
        "one": str((old - new) // 2),
        "left": str(left),
    }
