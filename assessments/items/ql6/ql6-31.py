"""Variants of QL6-31: minutes that a night and one signature leave of twenty-four hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_DAY = 24 * 60  # minutes in which the first report is due
_OWN = 26 * 60  # what the agency's own rule says, longer than the law
_NIGHT = 15 * 60  # from 17.00 to 8.00
_CLOSING = 17 * 60
_LEFT = range(20, 361)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw clock times in minutes after midnight; twenty minutes to six hours are left."""
    while True:
        found, back = rng.randrange(600, 991, 5), rng.randrange(480, 601, 5)
        draft = rng.randrange(30, 56, 5)
        sign, book = rng.randrange(5, 31), rng.randrange(5, 21)
        left = found + _DAY - (_DAY + back + sign + book)
        if left in _LEFT and found + draft < _CLOSING:
            break
    return {
        "found": _clock(found),
        "back": _clock(back),
        "sent": _clock(back + sign + book),
        "draft": str(draft),
        "sign": str(sign),
        "book": str(book),
        "answer": str(left),
        "office": vietnamese(left + _NIGHT, 0),
        "own": vietnamese(left + _OWN - _DAY, 0),
    }


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} giờ {rest:02}" if rest else f"{hours} giờ"
