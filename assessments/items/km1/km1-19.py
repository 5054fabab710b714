"""Variants of KM1-19: what a direct line is worth on one fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.bad_news import Line, Stakes

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw chances in per cent and stakes in triệu đồng."""
    arrives, direct = rng.randint(35, 80), rng.randrange(20, 75, 5)
    known, unknown = rng.randrange(100, 400, 50), rng.randrange(900, 2500, 100)
    line = Line(1, arrives / 100, direct / 100)
    worth = Stakes(known, unknown).worth_of_direct_line(line)
    return {
        "arrives": str(arrives),
        "lost": str(100 - arrives),
        "direct": str(direct),
        "gain": vietnamese((100 - arrives) * direct / 100, 1),
        "known": str(known),
        "unknown": vietnamese(unknown, 0),
        "stake": vietnamese(unknown - known, 0),
        "shown": vietnamese(worth, 1),
        "answer": exact(worth),
    }
