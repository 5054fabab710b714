"""Variants of KT1-29: machines lost by waiting while encryption doubles at a steady pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw machines, a doubling time and two decisions; the answer is in machines."""
    start, double = rng.randint(3, 17), rng.choice([8, 10, 12, 15, 20])
    k1 = rng.randint(1, 3)
    k2 = k1 + rng.randint(2, 4)
    early, late = start * 2**k1, start * 2**k2
    return {
        "start": str(start),
        "double": str(double),
        "k1": str(k1),
        "k2": str(k2),
        "early": str(k1 * double),
        "late": str(k2 * double),
        "at_early": str(early),
        "at_late": vietnamese(late, 0),
        "answer": str(late - early),
        "shown": vietnamese(late - early, 0),
        "linear": str(start * (k2 - k1)),
        "all_of_them": vietnamese(late, 0),
        "from_now": str(start * 2 ** (k2 - k1) - start),
    }
