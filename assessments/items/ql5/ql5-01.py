"""Variants of QL5-01: milestones accepted, money moved in advance, work still owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.earned_value import Status

if TYPE_CHECKING:
    import random


_APART = 4  # million đồng between the right EAC and the one whose CPI was rounded on the way


def variant(rng: random.Random) -> dict[str, str]:
    """Draw budgets and payments in million đồng; the answer is EAC at the present CPI."""
    while True:
        drawn = _drawn(rng)
        budget, earned, actual = (drawn[name] for name in ("budget", "earned", "actual"))
        eac = Status(budget, earned, earned, actual).forecast_at_trend
        if abs(budget / round(earned / actual, 2) - eac) > _APART:
            break
    return {name: vietnamese(amount, 0) for name, amount in drawn.items()} | {"answer": exact(eac)}


def _drawn(rng: random.Random) -> dict[str, float]:
    survey, design = rng.choice([500, 600, 700]), rng.choice([900, 1000, 1100, 1200])
    software, rollout = rng.choice([2000, 2500, 3000]), rng.choice([1200, 1500, 1800])
    advance, owed = rng.choice([400, 500, 650]), rng.choice([120, 180, 240])
    earned = survey + design + 0.3 * software
    actual = round(earned * rng.choice([1.1, 1.15, 1.2, 1.3]), -1)
    budget = survey + design + software + rollout
    claimed = survey + design + 0.55 * software + 0.1 * rollout
    return {
        "b1": survey,
        "b2": design,
        "b3": software,
        "b4": rollout,
        "advance": advance,
        "owed": owed,
        "paid": actual + advance - owed,
        "actual": actual,
        "earned": earned,
        "budget": budget,
        "shown": Status(budget, earned, earned, actual).forecast_at_trend,
        "trap": Status(budget, claimed, claimed, actual).forecast_at_trend,
    }
