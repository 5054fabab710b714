"""Variants of KM4-11: the advance that a guarantee still has to cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a contract in triệu đồng and shares in per cent; the answer is in triệu đồng."""
    value, rate = rng.randrange(4000, 16000, 400), rng.choice([15, 20, 25, 30])
    full, volume = rng.choice([75, 80, 85, 90]), rng.randrange(15, 65, 5)
    advance = value * rate / 100
    left = advance * (1 - volume / full)
    return {
        "value": vietnamese(value, 0),
        "rate": str(rate),
        "full": str(full),
        "volume": str(volume),
        "advance": vietnamese(advance, 0),
        "recovered": vietnamese(advance - left, 1),
        "answer": exact(left),
        "shown": vietnamese(left, 1),
        "whole": vietnamese(advance, 0),
        "plain": vietnamese(advance * (1 - volume / 100), 0),
    }
