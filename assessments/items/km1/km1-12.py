"""Variants of KM1-12: hours and loads of three people from a list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw hours free and hours needed; loads in per cent, unrounded."""
    room, hours = [rng.randint(12, 30) for _ in range(3)], [rng.randint(3, 14) for _ in range(6)]
    given = [hours[0] + hours[4], hours[1] + hours[3], hours[2] + hours[5]]
    loads = [100 * g / r for g, r in zip(given, room, strict=True)]
    return {
        **{f"h{n}": str(hour) for n, hour in enumerate(hours)},
        **{f"l{n}": str(free) for n, free in enumerate(room)},
        **{f"g{n}": str(load) for n, load in enumerate(given)},
        **{f"p{n}": f"{load:.6f}" for n, load in enumerate(loads)},
        **{f"s{n}": vietnamese(load, 1) for n, load in enumerate(loads)},
    }
