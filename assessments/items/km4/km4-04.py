"""Variants of KM4-04: accepted work that is not yet paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five amounts in triệu đồng; the answer is what is owed for work."""
    estimate = rng.randrange(4000, 12000, 100)
    contract = estimate - rng.randrange(150, 900, 10)
    accepted = int(contract * rng.uniform(0.45, 0.8)) // 10 * 10
    owed, advance = rng.randrange(120, 900, 10), rng.randrange(300, 1100, 10)
    if advance == owed:
        advance += 40
    for_work = accepted - owed
    return {
        "estimate": vietnamese(estimate, 0),
        "contract": vietnamese(contract, 0),
        "accepted": vietnamese(accepted, 0),
        "paid": vietnamese(for_work + advance, 0),
        "advance": vietnamese(advance, 0),
        "for_work": vietnamese(for_work, 0),
        "answer": str(owed),
        "by_money": vietnamese(owed - advance, 0),
        "by_contract": vietnamese(contract - for_work, 0),
    }
