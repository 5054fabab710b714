"""Variants of QL3-19: the least money that saves one more target after a cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.models.target_path import Target
from courses.models.traceability import Content, MoneyLine, Plan, selective_cut

if TYPE_CHECKING:
    import random

_SERVES = {"a": ("P", "S"), "b": ("P", "Q"), "c": ("Q",), "d": ("R",), "e": ("S",)}
_REACHED = 2  # of four targets: neither hopeless nor almost whole


def variant(rng: random.Random) -> dict[str, str]:
    """Costs of 11 to 39 tỷ đồng and a budget that reaches two of the four targets."""
    while True:
        costs = dict(zip(_SERVES, rng.sample(range(11, 40), len(_SERVES)), strict=True))
        plan = _plan(costs)
        left = round(sum(costs.values()) * rng.uniform(0.55, 0.8))
        now = selective_cut(plan, 1 - left / plan.total)
        more = next(
            found
            for budget in range(left, round(plan.total) + 1)
            if len((found := selective_cut(plan, 1 - budget / plan.total)).reached)
            > len(now.reached)
        )
        if len(now.reached) == len(more.reached) - 1 == _REACHED:
            break
    return {code: str(cost) for code, cost in costs.items()} | {
        "left": str(left),
        "reached": str(len(now.reached)),
        "more": str(len(more.reached)),
        "kept": ", ".join(more.kept),
        "needed": f"{more.amount:g}",
        "answer": f"{more.amount - left:g}",
    }


def _plan(costs: dict[str, int]) -> Plan:
    return Plan(
        targets=tuple(Target(code, code, 0, 100, 2025, 2030) for code in "PQRS"),
        contents=tuple(Content(code, code, serves) for code, serves in _SERVES.items()),
        milestones=(),
        money=tuple(MoneyLine(code, "tỉnh", cost) for code, cost in costs.items()),
        projects=(),
    )
