"""Variants of KM4-10: what a contractor receives for a stage once the advance is kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a contract in triệu đồng and shares in per cent; the answer is in triệu đồng."""
    value, rate = rng.randrange(4000, 16000, 400), rng.choice([15, 20, 25, 30])
    full, before = rng.choice([75, 80, 85]), rng.randrange(10, 40, 5)
    after = before + rng.randrange(12, 30, 3)
    advance, work = value * rate / 100, value * (after - before) / 100
    kept = advance * (after - before) / full
    return {
        "value": vietnamese(value, 0),
        "rate": str(rate),
        "full": str(full),
        "before": str(before),
        "after": str(after),
        "advance": vietnamese(advance, 0),
        "work": vietnamese(work, 0),
        "kept": vietnamese(kept, 1),
        "answer": exact(work - kept),
        "shown": vietnamese(work - kept, 1),
        "whole": vietnamese(work, 0),
        "plain": vietnamese(work * (1 - rate / 100), 0),
    }
