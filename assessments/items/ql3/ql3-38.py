"""Variants of QL3-38: how many hard places the money reaches after the easy ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw places and costs in triệu đồng; the answer is a number of places."""
    while True:
        n, m = rng.randint(44, 90), rng.randint(60, 120)
        pn, pm = rng.randint(3, 9), rng.randint(2, 7)
        easy, hard = rng.randrange(210, 345, 5), rng.randrange(380, 560, 10)
        budget = (n - pn) * easy + round((m - pm) * hard * rng.uniform(0.2, 0.9))
        budget -= budget % 10
        rest = budget - (n - pn) * easy
        answer = rest // hard
        mean = (pn * easy + pm * hard) / (pn + pm)
        wrong = [(budget - n * easy) // hard, int(budget / mean) - (n - pn), budget // hard]
        if answer not in wrong:
            break
    return {
        "n": str(n),
        "m": str(m),
        "pn": str(pn),
        "pm": str(pm),
        "easy": str(easy),
        "hard": str(hard),
        "budget": vietnamese(budget, 0),
        "easy_left": str(n - pn),
        "easy_cost": vietnamese((n - pn) * easy, 0),
        "rest": vietnamese(rest, 0),
        "answer": str(answer),
        "forgot": vietnamese(wrong[0], 0),
        "by_mean": vietnamese(wrong[1], 0),
        "hard_only": vietnamese(wrong[2], 0),
    }
