"""Variants of KM4-01: the disbursed share of a contract whose advance is being recovered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a contract in triệu đồng and shares in per cent; the answer is in per cent."""
    value, rate = rng.randrange(3000, 18000, 600), rng.choice([15, 20, 25, 30])
    full, volume = rng.choice([75, 80, 85, 90]), rng.randrange(12, 70, 2)
    advance, accepted = value * rate / 100, value * volume / 100
    left = advance * (1 - volume / full)
    return {
        "value": vietnamese(value, 0),
        "rate": str(rate),
        "full": str(full),
        "volume": str(volume),
        "advance": vietnamese(advance, 0),
        "accepted": vietnamese(accepted, 0),
        "recovered": vietnamese(advance - left, 1),
        "left": vietnamese(left, 1),
        "out": vietnamese(accepted + left, 1),
        "answer": exact(100 * (accepted + left) / value),
        "shown": vietnamese(100 * (accepted + left) / value, 1),
        "added": vietnamese(volume + rate, 1),
        "plain": vietnamese(volume + rate * (1 - volume / 100), 1),
    }
