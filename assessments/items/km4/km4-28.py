"""Variants of KM4-28: what is left to pay when work exceeds the contract and part was late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw amounts in triệu đồng and a fine in per cent; the answer is what is still owed."""
    contract, extra = rng.randrange(2000, 8000, 50), rng.randrange(60, 400, 10)
    late, percent = rng.randrange(300, 1500, 50), rng.choice([4, 5, 6, 8])
    fine = late * percent / 100
    paid = contract - rng.randrange(350, 900, 10)
    return {
        "contract": vietnamese(contract, 0),
        "accepted": vietnamese(contract + extra, 0),
        "extra": str(extra),
        "late": vietnamese(late, 0),
        "percent": str(percent),
        "fine": vietnamese(fine, 1),
        "paid": vietnamese(paid, 0),
        "answer": exact(contract - fine - paid),
        "shown": vietnamese(contract - fine - paid, 1),
        "beyond": vietnamese(contract + extra - fine - paid, 1),
        "no_fine": vietnamese(contract - paid, 0),
        "whole_fine": vietnamese(contract * (1 - percent / 100) - paid, 1),
    }
