"""Variants of KM2-16: an annual cost of which one part is split evenly, the other by use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_AGENCIES = 4
_CLEAR = 10  # triệu đồng between the answer and what the named mistakes give


def variant(rng: random.Random) -> dict[str, str]:
    """Draw two sums in triệu đồng and four volumes of use; the answer is what B pays."""
    while True:
        fixed, variable = rng.randrange(320, 900, 20), rng.randrange(260, 1200, 20)
        uses = [rng.randrange(15, 240, 5) for _ in range(_AGENCIES)]
        b, total = uses[1], sum(uses)
        share = fixed / _AGENCIES + variable * b / total
        equal, by_use = (fixed + variable) / _AGENCIES, (fixed + variable) * b / total
        if min(abs(share - equal), abs(share - by_use)) > _CLEAR:
            break
    return {
        "fixed": str(fixed),
        "variable": vietnamese(variable, 0),
        **dict(zip("abcd", map(str, uses), strict=True)),
        "all": str(total),
        "each": vietnamese(fixed / _AGENCIES, 1),
        "used": vietnamese(variable * b / total, 1),
        "answer": exact(share),
        "shown": vietnamese(share, 1),
        "equal": vietnamese(equal, 1),
        "by_use": vietnamese(by_use, 1),
    }
