"""Variants of QL3-16: money by content and source, with cells to reconstruct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.models.traceability import MoneyLine, Plan

if TYPE_CHECKING:
    import random

_SOURCES = {"p": (18, 46), "c": (5, 21), "h": (3, 14)}


def variant(rng: random.Random) -> dict[str, str]:
    """Amounts by source (tỉnh p, trung ương c, thuê h) and content, and the sums both ways."""
    contents = ("1", "2", "3")
    money = tuple(
        MoneyLine(content, source, rng.randint(*bounds))
        for content in contents
        for source, bounds in _SOURCES.items()
    )
    plan = Plan(targets=(), contents=(), milestones=(), money=money, projects=())
    values = {f"{line.source}{line.content}": line.amount for line in money}
    values |= {f"n{content}": plan.amount([content]) for content in contents}
    values |= {s: sum(line.amount for line in money if line.source == s) for s in _SOURCES}
    return {name: f"{value:g}" for name, value in (values | {"total": plan.total}).items()}
