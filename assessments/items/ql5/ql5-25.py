"""Variants of QL5-25: rounds left when the list grows and only accepted points count."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw points a round; five to twenty-one rounds are left, each as likely."""
    while True:
        rounds, growth = rng.randint(4, 8), rng.randint(3, 8)
        pace, ahead = growth + rng.randint(7, 16), rng.randint(4, 9)
        net, answer = pace - growth, rng.randint(5, 21)
        left = net * answer - rng.randrange(net)
        no_growth = ceil(left / pace)
        claimed_pace = ceil((left - rounds * ahead) / (pace + ahead - growth))
        if claimed_pace > 0 and no_growth < answer:
            break
    return {
        "rounds": str(rounds),
        "growth": str(growth),
        "pace": str(pace),
        "net": str(net),
        "left": str(left),
        "total": str(left + pace * rounds),
        "accepted": str(pace * rounds),
        "claimed": str((pace + ahead) * rounds),
        "answer": str(answer),
        "no_growth": str(no_growth),
        "claimed_pace": str(claimed_pace),
    }
