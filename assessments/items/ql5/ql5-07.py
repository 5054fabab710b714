"""Variants of QL5-07: a late supplier overtakes the path that was critical."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.models.critical_path import Activity, delay, end_week

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw durations and a delay beyond the slack; the answer is the week in which all ends."""
    a, b, d = rng.randint(2, 8), rng.randint(4, 9), rng.randint(8, 14)
    e, f, slack = rng.randint(3, 8), rng.randint(2, 8), rng.choice([3, 4, 5])
    late = slack + rng.choice([1, 2, 3])
    plan = (
        Activity("A", "Chốt yêu cầu", a),
        Activity("B", "Thiết kế", b, after=("A",)),
        Activity("C", "Mua, lắp máy chủ", b + d - slack, after=("A",)),
        Activity("D", "Lập trình", d, after=("B",)),
        Activity("E", "Tích hợp, kiểm thử", e, after=("C", "D")),
        Activity("F", "Vận hành thử", f, after=("E",)),
    )
    now = delay(delay(plan, "C", late), "D", -1)
    weeks = {"a": a, "b": b, "c": b + d - slack, "d": d, "e": e, "f": f, "late": late}
    weeks |= {"plan": a + b + d + e + f, "other": a + b + d - 1 + e + f}
    weeks |= {"trap": weeks["plan"] + late - 1}
    return {name: str(week) for name, week in weeks.items()} | {"answer": f"{end_week(now):.0f}"}
