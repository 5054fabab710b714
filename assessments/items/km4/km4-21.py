"""Variants of KM4-21: book value of equipment worn evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a value in triệu đồng, a life and years used; the answer is what is left."""
    value, life = rng.randrange(300, 2600, 20), rng.choice([5, 6, 7, 8])
    used = rng.choice([n for n in range(2, life) if 2 * n != life])
    each = value / life
    return {
        "value": vietnamese(value, 0),
        "life": str(life),
        "used": str(used),
        "each": vietnamese(each, 1),
        "worn": vietnamese(each * used, 1),
        "answer": exact(value - each * used),
        "shown": vietnamese(value - each * used, 1),
        "one": vietnamese(value - each, 0),
    }
