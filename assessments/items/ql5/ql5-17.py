"""Variants of QL5-17: what a change costs when part of it fits into slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.critical_path import Activity, add_change, delay, end_week

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw weeks and prices (million đồng); the answer is the price of the change and its delay."""
    slack, retest = rng.choice([2, 3, 4]), rng.choice([1, 2])
    work = slack + rng.choice([1, 2])
    price, keep = rng.randrange(300, 601, 10), rng.randrange(45, 96, 5)
    project = (
        Activity("C", "Hạ tầng", 9 - slack),
        Activity("D", "Phần mềm", 9),
        Activity("F", "Kiểm thử", 4, after=("C", "D")),
    )
    change = Activity("K", "Ký số hàng loạt", work, price, after=("C",))
    changed = delay(add_change(project, change, before="F"), "F", retest)
    weeks = round(end_week(changed) - end_week(project))
    total = price + weeks * keep
    numbers = {
        "slack": slack,
        "work": work,
        "wait": weeks - retest,
        "retest": retest,
        "weeks": weeks,
        "price": price,
        "keep": keep,
    }
    return {name: str(number) for name, number in numbers.items()} | {
        "answer": str(total),
        "answer_shown": vietnamese(total, 0),
        "trap": vietnamese(price + (work + retest) * keep, 0),
    }
