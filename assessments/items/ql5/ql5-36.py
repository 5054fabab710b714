"""Variants of QL5-36: what a swap of modules adds when part of the old one is already paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw points and a price a point in million đồng; the contract always grows."""
    rate, done = rng.randint(4, 9), rng.choice([20, 25, 40, 50, 60])
    dropped = rng.randrange(60, 161, 20)
    saved = dropped * (100 - done) // 100
    undo = rng.randint(5, 19)
    added = saved + rng.randint(10, 120)
    net = added + undo - saved
    return {
        "rate": str(rate),
        "done": str(done),
        "undone": str(100 - done),
        "dropped": str(dropped),
        "saved": str(saved),
        "undo": str(undo),
        "added": str(added),
        "answer": str(net * rate),
        "shown": vietnamese(net * rate, 0),
        "all_back": vietnamese((added + undo - dropped) * rate, 0),
        "no_rework": vietnamese((added - saved) * rate, 0),
    }
