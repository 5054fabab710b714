"""Variants of KT1-02: what an obligation costs in risk, best plan against best plan with it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_LETTERS = "ABCDE"
_MUST = "D"
_LEAST, _MOST = 0.3, 9.0  # points that the obligation takes away
_CLEAR = 0.2  # points between the key and what a wrong way gives

Reductions = dict[str, float]


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five measures and a cap so that the free plan leaves D out; points of risk."""
    while True:
        levels = dict(zip(_LETTERS, rng.sample(range(8, 26), 5), strict=True))
        effects = {letter: rng.randrange(45, 85, 5) for letter in _LETTERS}
        costs = {letter: rng.randrange(250, 1000, 50) for letter in _LETTERS}
        cap = rng.randrange(1300, 2100, 100)
        cuts = {letter: levels[letter] * effects[letter] / 100 for letter in _LETTERS}
        plans = [plan for plan in _plans() if sum(costs[one] for one in plan) <= cap]
        free = max(plans, key=lambda plan: _cut(plan, cuts))
        bound = max((plan for plan in plans if _MUST in plan), key=lambda plan: _cut(plan, cuts))
        lost = _cut(free, cuts) - _cut(bound, cuts)
        wrong = {"own": cuts[_MUST], "kept": _cut(free, cuts) - _swapped(free, cuts, costs, cap)}
        apart = min(abs(lost - other) for other in wrong.values())
        if _MUST not in free and _LEAST <= lost <= _MOST and apart > _CLEAR:
            break
    values = {"cap": vietnamese(cap, 0), "answer": exact(lost), "shown": vietnamese(lost, 1)}
    for letter in _LETTERS:
        values |= {
            f"r_{letter.lower()}": str(levels[letter]),
            f"c_{letter.lower()}": str(costs[letter]),
        }
        values[f"e_{letter.lower()}"] = str(effects[letter])
    for name, plan in (("free", free), ("bound", bound)):
        values |= {name: " + ".join(plan), f"{name}_cut": vietnamese(_cut(plan, cuts), 1)}
        values[f"{name}_cost"] = vietnamese(sum(costs[one] for one in plan), 0)
    return values | {name: vietnamese(points, 1) for name, points in wrong.items()}


def _plans() -> list[tuple[str, ...]]:
    return [plan for count in range(1, 6) for plan in combinations(_LETTERS, count)]


def _cut(plan: tuple[str, ...], cuts: Reductions) -> float:
    return sum(cuts[letter] for letter in plan)


def _swapped(free: tuple[str, ...], cuts: Reductions, costs: dict[str, int], cap: int) -> float:
    """What is cut by D with those of the free plan, the greatest first, that still fit."""
    taken, spent = cuts[_MUST], costs[_MUST]
    for letter in sorted(free, key=lambda one: -cuts[one]):
        if spent + costs[letter] <= cap:
            taken, spent = taken + cuts[letter], spent + costs[letter]
    return taken
