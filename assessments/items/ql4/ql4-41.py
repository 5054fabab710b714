"""Variants of QL4-41: going on, going on smaller, or stopping, from today on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 0.4  # tỷ đồng between any two ways
_HALF = 0.5  # share of variants in which stopping is best
_RANGES = ((80, 180), (100, 200), (60, 190))  # spent, left to pay, left to gain; tenths


def variant(rng: random.Random) -> dict[str, str]:
    """Draw what is left to pay and to gain in tỷ đồng; the answer is best less whole."""
    stopping = rng.random() < _HALF
    while True:
        sunk, cf, bf = (rng.randint(low, high) / 10 for low, high in _RANGES)
        cc, bc = rng.randint(40, 90) / 10, rng.randint(20, 110) / 10
        cs = rng.randint(3, 18) / 10
        full, core, stop = bf - cf, bc - cc, -cs
        best, other = max(core, stop), min(core, stop)
        apart = min(best - full, best - other, abs(best), abs(full), abs(other - full))
        if apart >= _CLEAR and (stop > core) == stopping:
            break
    return {
        "sunk": vietnamese(sunk, 1),
        "cf": vietnamese(cf, 1),
        "bf": vietnamese(bf, 1),
        "cc": vietnamese(cc, 1),
        "bc": vietnamese(bc, 1),
        "cs": vietnamese(cs, 1),
        "full": vietnamese(full, 1),
        "core": vietnamese(core, 1),
        "stop": vietnamese(stop, 1),
        "answer": exact(best - full),
        "shown": vietnamese(best - full, 1),
        "other": vietnamese(other - full, 1),
        "best": vietnamese(best, 1),
        "with_sunk": vietnamese(best - full + sunk, 1),
    }
