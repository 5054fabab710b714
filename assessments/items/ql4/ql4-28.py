"""Variants of QL4-28: two machines of unlike lives, compared by their even cost a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.investment import present_value

if TYPE_CHECKING:
    import random

_CLEAR = 0.08  # tỷ đồng a year, far above the tolerance
_LIVES = (4, 6)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw capitals and running costs in tỷ đồng; the answer is B less A, a year."""
    while True:
        percent = rng.choice([6, 7, 8, 9, 10])
        fa, fb = (present_value([1] * years, percent / 100) for years in _LIVES)
        ca, cb = rng.randint(60, 110) / 10, rng.randint(90, 170) / 10
        ra, rb = rng.randint(6, 18) / 10, rng.randint(6, 18) / 10
        each_a, each_b = ca / fa + ra, cb / fb + rb
        extra = each_b - each_a
        total = cb + rb * fb - ca - ra * fa
        plain = cb / _LIVES[1] + rb - ca / _LIVES[0] - ra
        wrong = [total, plain, cb / fb - ca / fa]
        if min(abs(extra), *(abs(extra - value) for value in wrong)) > _CLEAR:
            break
    return {
        "ca": vietnamese(ca, 1),
        "cb": vietnamese(cb, 1),
        "ra": vietnamese(ra, 1),
        "rb": vietnamese(rb, 1),
        "rate": str(percent),
        "fa": vietnamese(fa, 4),
        "fb": vietnamese(fb, 4),
        "each_a": vietnamese(each_a),
        "each_b": vietnamese(each_b),
        "answer": exact(extra),
        "shown": vietnamese(extra),
        "total": vietnamese(wrong[0]),
        "plain": vietnamese(wrong[1]),
        "no_running": vietnamese(wrong[2]),
    }
