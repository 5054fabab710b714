"""Variants of QL5-14: a reserve after a treatment; one line of the register has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.critical_path import Threat, expected_cost

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw chances (per cent) and costs in million đồng; the answer is treatment plus reserve."""
    chances = (rng.choice([40, 50, 60]), rng.choice([20, 30]), rng.choice([50, 70]))
    costs = (rng.choice([600, 800, 900]), rng.choice([300, 400]), rng.choice([200, 240]))
    lower, price, fine = rng.choice([10, 15]), rng.choice([90, 120, 150]), rng.choice([70, 85])
    left = (lower, *chances[1:])
    threats = [Threat("D", p / 100, cost=c) for p, c in zip(left, costs, strict=True)]
    total = price + expected_cost(threats)
    numbers = {f"p{n}": chance for n, chance in enumerate(chances, start=1)}
    numbers |= {f"c{n}": cost for n, cost in enumerate((*costs, fine), start=1)}
    numbers |= {"lower": lower, "price": price}
    return {name: str(number) for name, number in numbers.items()} | {
        "answer": f"{total:.1f}",
        "answer_shown": vietnamese(total, 1),
        "trap": vietnamese(total + fine, 1),
    }
