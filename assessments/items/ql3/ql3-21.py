"""Variants of QL3-21: the deepest cut that costs no target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact
from courses.models.target_path import Target
from courses.models.traceability import Content, MoneyLine, Plan, harmless_cut, idle_money

if TYPE_CHECKING:
    import random

_SERVES = (("X", "Y", "Z"), ("X",), ("X", "Y"), ("Z",), (), ())


def variant(rng: random.Random) -> dict[str, str]:
    """Six contents of 20 to 60, two idle ones of 6 to 24 tỷ đồng."""
    amounts = [rng.randint(20, 60) for _ in range(4)] + [rng.randint(6, 24) for _ in range(2)]
    codes = [f"n{number}" for number in range(1, len(amounts) + 1)]
    plan = Plan(
        targets=tuple(Target(code, code, 0, 100, 2025, 2030) for code in "XYZ"),
        contents=tuple(Content(c, c, serves) for c, serves in zip(codes, _SERVES, strict=True)),
        milestones=(),
        money=tuple(MoneyLine(c, "tỉnh", a) for c, a in zip(codes, amounts, strict=True)),
        projects=(),
    )
    idle = sum(line.amount for line in idle_money(plan))
    return {code: str(amount) for code, amount in zip(codes, amounts, strict=True)} | {
        "total": f"{plan.total:g}",
        "idle": f"{idle:g}",
        "needed": f"{plan.total - idle:g}",
        "answer": exact(harmless_cut(plan) * 100),
    }
