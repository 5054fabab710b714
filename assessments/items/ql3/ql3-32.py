"""Variants of QL3-32: what is short of the least share for cyber security."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, rounded, vietnamese

if TYPE_CHECKING:
    import random

_SHARE = Decimal("0.15")
_LEAST = 2  # tỷ đồng short, so that the named mistakes stand clear


def variant(rng: random.Random) -> dict[str, str]:
    """Draw lines of a plan in tỷ đồng; the answer is what the security line lacks."""
    while True:
        a, b, c, d = (rng.randint(low, low + 34) for low in (24, 18, 12, 6))
        safe, house = rng.randint(5, 14), rng.randint(10, 40)
        total = a + b + c + d + safe
        short = _SHARE * total - safe
        if short >= _LEAST:
            break
    return {
        **{name: str(value) for name, value in zip("abcd", (a, b, c, d), strict=True)},
        "safe": str(safe),
        "house": str(house),
        "total": str(total),
        "least": vietnamese(float(_SHARE * total), 2),
        "answer": exact(float(short)),
        "shown": vietnamese(float(rounded(short, 1, "up")), 1),
        "building": vietnamese(float(rounded(_SHARE * (total + house) - safe, 1, "up")), 1),
        "others": vietnamese(float(rounded(_SHARE * (total - safe) - safe, 1, "up")), 1),
        "added": vietnamese(float(rounded(short / (1 - _SHARE), 1, "up")), 1),
    }
