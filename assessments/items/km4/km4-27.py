"""Variants of KM4-27: overpayment by line, hidden in part by a line that is still owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five lines in triệu đồng: two overpaid, one owed, two that fit."""
    accepted = [rng.randrange(low, low + 900, 10) for low in (2200, 1400, 800, 300, 350)]
    contracts = [amount + rng.randrange(60, 400, 10) for amount in accepted]
    low, high = rng.randrange(12, 60), rng.randrange(61, 130)
    owed = rng.randrange(10, low + high - 5)
    gaps = [low, high, -owed, 0, 0]
    rng.shuffle(gaps)
    values: dict[str, str] = {}
    for place, (contract, amount, gap) in enumerate(
        zip(contracts, accepted, gaps, strict=True), start=1
    ):
        values |= {f"h{place}": vietnamese(contract, 0), f"a{place}": vietnamese(amount, 0)}
        values |= {f"p{place}": vietnamese(amount + gap, 0)}
    return values | {
        "o1": str(low),
        "o2": str(high),
        "owed": str(owed),
        "net": str(low + high - owed),
        "most": str(high),
        "answer": str(low + high),
    }
