"""Variants of QL5-08: two paths nearly equal, one activity that both share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError
from courses.models.critical_path import Activity, cheapest_crash, crash, end_week

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw durations and prices; the answer is the least price of three weeks, million đồng."""
    a, b, d = rng.choice([4, 5, 6]), rng.choice([9, 10, 11, 12]), rng.choice([3, 4])
    pb, pc = rng.randrange(80, 161, 10), rng.randrange(40, 91, 10)
    # Never the price of B and C together, so that one choice alone is the cheapest.
    pd = pb + pc + rng.choice([-60, -40, 35, 60])
    project = (
        Activity("A", "Thiết kế chi tiết", a),
        Activity("B", "Phần mềm", b, after=("A",), crash_weeks=3, crash_price=pb),
        Activity("C", "Chuyển đổi dữ liệu", b - 1, after=("A",), crash_weeks=2, crash_price=pc),
        Activity("D", "Đào tạo tập trung", d, after=("B", "C"), crash_weeks=1, crash_price=pd),
    )
    choice = cheapest_crash(project, end_week(project) - 3)
    if choice is None:
        raise ContentError("không rút ngắn được ba tuần")
    price = sum(activity.premium for activity in crash(project, choice))
    weeks = {"a": a, "b": b, "c": b - 1, "d": d, "pb": pb, "pc": pc, "pd": pd, "trap": 3 * pb}
    return {name: str(week) for name, week in weeks.items()} | {
        "choice": ", ".join(f"{code} {n} tuần" for code, n in choice.items()),
        "answer": f"{price:.0f}",
    }
