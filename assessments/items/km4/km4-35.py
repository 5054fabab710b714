"""Variants of KM4-35: how much of the unspent money was saved and not late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw amounts in triệu đồng; the answer is a share in per cent."""
    plan, left = rng.randrange(4000, 12000, 100), rng.randrange(700, 2600, 20)
    saved = int(left * rng.uniform(0.12, 0.42)) // 10 * 10
    share = 100 * saved / left
    return {
        "plan": vietnamese(plan, 0),
        "paid": vietnamese(plan - left, 0),
        "saved": str(saved),
        "left": vietnamese(left, 0),
        "answer": exact(share),
        "shown": vietnamese(share, 1),
        "of_plan": vietnamese(100 * saved / plan, 1),
        "other": vietnamese(100 - share, 1),
    }
