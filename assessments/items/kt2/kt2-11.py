"""Variants of KT2-11: hours a day saved when fewer files come back for completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw files a day, minutes a pass and two shares of returns; the answer is in hours."""
    files, touch = rng.randrange(120, 420, 10), rng.randint(9, 18)
    p, q = rng.randrange(20, 41, 2), rng.randrange(4, 15, 2)
    now, then = 1 / (1 - p / 100), 1 / (1 - q / 100)
    hours = files * touch / 60
    return {
        "files": str(files),
        "touch": str(touch),
        "p": str(p),
        "q": str(q),
        "now": vietnamese(now, 3),
        "then": vietnamese(then, 3),
        "answer": exact(hours * (now - then)),
        "shown": vietnamese(hours * (now - then), 1),
        "plain": vietnamese(hours * (p - q) / 100, 1),
        "all": vietnamese(hours * (now - 1), 1),
    }
