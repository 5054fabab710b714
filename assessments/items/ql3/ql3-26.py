"""Variants of QL3-26: the base of a merged province from two shares of different bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 0.3  # per cent between the answer and what the named mistakes give


def variant(rng: random.Random) -> dict[str, str]:
    """Draw files in thousands and shares in per cent; the answer is one share in per cent."""
    while True:
        n1, n2 = rng.randrange(180, 521, 10), rng.randrange(120, 401, 10)
        p1, p2, c = rng.randint(30, 62), rng.randint(45, 78), rng.randint(50, 82)
        own = c * p2 / 100
        base = (n1 * p1 + n2 * own) / (n1 + n2)
        wrong = [(p1 + p2) / 2, (n1 * p1 + n2 * p2) / (n1 + n2), (p1 + own) / 2]
        if min(abs(base - value) for value in wrong) > _CLEAR:
            break
    return {
        "n1": str(n1),
        "p1": str(p1),
        "n2": str(n2),
        "c": str(c),
        "p2": str(p2),
        "b_all": vietnamese(own, 1),
        "answer": exact(base),
        "shown": vietnamese(base, 1),
        "mean": vietnamese(wrong[0], 1),
        "naive": vietnamese(wrong[1], 1),
        "half": vietnamese(wrong[2], 1),
    }
