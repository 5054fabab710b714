"""Variants of KM1-03: what waiting costs more than stopping, in triệu đồng."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw chance in per cent and amounts in triệu đồng; waiting is always the dearer."""
    chance, loss = rng.randrange(20, 65, 5), rng.randrange(800, 2400, 100)
    waiting = chance * loss // 100
    stop = waiting - rng.randrange(15, 120, 5)
    return {
        "chance": str(chance),
        "loss": vietnamese(loss, 0),
        "stop": vietnamese(stop, 0),
        "waiting": vietnamese(waiting, 0),
        "answer": str(waiting - stop),
    }
