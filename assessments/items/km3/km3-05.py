"""Variants of KM3-05: minutes that a shorter brief saves its readers, less the writer's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw lengths in syllables; a reader saves whole minutes."""
    speed, each, readers = rng.choice([180, 200, 220, 240]), rng.randint(3, 9), rng.randint(6, 25)
    short = rng.randrange(300, 520, 20)
    saved = each * readers
    work = rng.randint(10, min(60, saved - 5))
    return {
        "long": vietnamese(short + each * speed, 0),
        "short": str(short),
        "speed": str(speed),
        "readers": str(readers),
        "work": str(work),
        "each": str(each),
        "saved": str(saved),
        "answer": str(saved - work),
    }
