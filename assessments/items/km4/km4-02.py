"""Variants of KM4-02: the accepted share behind a disbursed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw shares in per cent, the advance still open; the answer is in per cent."""
    rate, full = rng.choice([15, 20, 25, 30, 35]), rng.choice([75, 80, 85, 90])
    step = 1 - rate / full
    out = round(rate + step * rng.randint(15, full - 10))
    return {
        "rate": str(rate),
        "full": str(full),
        "out": str(out),
        "step": vietnamese(step, 4),
        "answer": exact((out - rate) / step),
        "shown": vietnamese((out - rate) / step, 1),
        "subtracted": str(out - rate),
    }
