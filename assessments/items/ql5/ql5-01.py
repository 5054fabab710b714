"""Variants of QL5-01: milestones accepted, money moved in advance, work still owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.earned_value import Status

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw budgets and payments in million đồng; the answer is EAC at the present CPI."""
    survey, design = rng.choice([500, 600, 700]), rng.choice([900, 1000, 1100, 1200])
    software, rollout = rng.choice([2000, 2500, 3000]), rng.choice([1200, 1500, 1800])
    advance, owed = rng.choice([400, 500, 650]), rng.choice([120, 180, 240])
    earned = survey + design + 0.3 * software
    actual = round(earned * rng.choice([1.1, 1.15, 1.2, 1.3]), -1)
    budget = survey + design + software + rollout
    claimed = survey + design + 0.55 * software + 0.1 * rollout
    eac = Status(budget, earned, earned, actual).forecast_at_trend
    amounts = {
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
        "shown": eac,
        "trap": Status(budget, claimed, claimed, actual).forecast_at_trend,
    }
    return {name: vietnamese(amount, 0) for name, amount in amounts.items()} | {
        "answer": f"{eac:.0f}"
    }
