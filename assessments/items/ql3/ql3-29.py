"""Variants of QL3-29: what one part must reach so that the whole meets its goal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, rounded, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 0.5  # per cent between the answer and the mirrored share
_LEAST = 30  # a share that the countryside has long passed teaches nothing


def variant(rng: random.Random) -> dict[str, str]:
    """Draw files in thousands and shares in per cent; the answer is a share in per cent."""
    while True:
        urban, rural = rng.randrange(150, 421, 10), rng.randrange(120, 361, 10)
        goal = rng.randint(64, 82)
        top = goal + rng.randint(5, 15)
        rest = (goal * (urban + rural) - top * urban) / rural
        if rest > _LEAST and abs(rest - (2 * goal - top)) > _CLEAR:
            break
    return {
        "goal": str(goal),
        "urban": str(urban),
        "rural": str(rural),
        "top": str(top),
        "all": str(urban + rural),
        "need": vietnamese(goal * (urban + rural) / 100, 1),
        "town": vietnamese(top * urban / 100, 1),
        "rest": vietnamese(rest * rural / 100, 1),
        "answer": exact(rest),
        "shown": vietnamese(float(rounded(Decimal(exact(rest)), 1, "up")), 1),
        "mirror": str(2 * goal - top),
    }
