"""Variants of KM1-09: one person's load as a share of the hours really free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw hours; the answer is a load in per cent, sometimes above a hundred."""
    leave, duty = rng.choice([4, 8, 12]), rng.choice([3, 4, 5, 6])
    hours = [rng.randint(4, 11) for _ in range(3)]
    room, load = 40 - leave - duty, sum(hours)
    return {
        "who": rng.choice(["Mai", "Sơn", "Liên", "Quân"]),
        "week": "40",
        "leave": str(leave),
        "duty": str(duty),
        **dict(zip("abc", map(str, hours), strict=True)),
        "load": str(load),
        "room": str(room),
        "shown": vietnamese(100 * load / room, 1),
        "answer": exact(100 * load / room),
    }
