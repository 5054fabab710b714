"""Variants of KM4-19: hiring against buying, added up over some years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 60  # triệu đồng; a sign that is never in doubt


def variant(rng: random.Random) -> dict[str, str]:
    """Draw costs in triệu đồng; the answer is hiring less buying."""
    while True:
        years, buy = rng.randint(3, 6), rng.randrange(900, 3600, 20)
        running, leave = rng.randrange(90, 420, 10), rng.randrange(70, 300, 10)
        fee = running + round(buy / years * rng.uniform(0.7, 1.25), -1)
        rent, own = years * fee + leave, buy + years * running
        if abs(rent - own) >= _CLEAR:
            break
    return {
        "years": str(years),
        "buy": vietnamese(buy, 0),
        "running": str(running),
        "fee": vietnamese(fee, 0),
        "leave": str(leave),
        "rent": vietnamese(rent, 0),
        "own": vietnamese(own, 0),
        "answer": f"{rent - own:.0f}",
        "shown": vietnamese(rent - own, 0),
        "no_leave": vietnamese(rent - leave - own, 0),
        "no_running": vietnamese(rent - buy, 0),
    }
