"""Variants of QL3-13: which lines of money serve no target that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.models.target_path import Target
from courses.models.traceability import Content, MoneyLine, Plan, idle_money

if TYPE_CHECKING:
    import random

_SERVED = (
    ("M1", "M2"),
    ("M2",),
    ("M3", "M5"),
    ("M4",),
    ("M5",),
    ("hiện đại hoá công sở",),
    ("M1", "M3"),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Purposes dealt to seven lines at random, two of them idle, with amounts of 6 to 48."""
    served = rng.sample(_SERVED, len(_SERVED))
    amounts = rng.sample(range(6, 49), len(served))
    codes = [f"N{number}" for number in range(1, len(served) + 1)]
    plan = Plan(
        targets=tuple(Target(f"M{n}", f"M{n}", 0, 100, 2025, 2030) for n in range(1, 5)),
        contents=tuple(Content(c, c, s) for c, s in zip(codes, served, strict=True)),
        milestones=(),
        money=tuple(MoneyLine(c, "tỉnh", a) for c, a in zip(codes, amounts, strict=True)),
        projects=(),
    )
    idle = idle_money(plan)
    shown = {f"a{number}": str(amount) for number, amount in enumerate(amounts, start=1)}
    shown |= {f"s{number}": ", ".join(text) for number, text in enumerate(served, start=1)}
    total = sum(line.amount for line in idle)
    return shown | {"idle": " và ".join(line.content for line in idle), "answer": f"{total:g}"}
