"""Variants of KT1-28: hours until a system is restored over a line of so many Mb/s."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_MEGABITS = 8000  # in one GB
_HOUR = 3600  # seconds


def variant(rng: random.Random) -> dict[str, str]:
    """Draw data, a line and the work before and after; the answer is in hours."""
    data, speed = rng.randrange(400, 2400, 20), rng.choice([200, 250, 300, 400, 500])
    share = rng.choice([50, 55, 60, 65, 70, 75])
    setup, check = rng.randrange(4, 14) / 2, rng.randrange(3, 12) / 2
    real = speed * share / 100
    copy = data * _MEGABITS / real / _HOUR
    total = setup + copy + check
    return {
        "data": vietnamese(data, 0),
        "speed": str(speed),
        "share": str(share),
        "setup": vietnamese(setup, 1),
        "check": vietnamese(check, 1),
        "real": vietnamese(real, 1),
        "megabits": vietnamese(data * _MEGABITS, 0),
        "copy": vietnamese(copy, 2),
        "answer": exact(total),
        "shown": vietnamese(total, 1),
        "bytes": vietnamese(setup + copy / 8 + check, 1),
        "copy_only": vietnamese(copy, 1),
        "full_speed": vietnamese(setup + copy * share / 100 + check, 1),
    }
