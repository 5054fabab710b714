"""Variants of QL2-07: the price of an hour of downtime that a better line avoids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.availability import (
    Stage,
    Upgrade,
    availability,
    cost_per_hour,
    downtime,
    upgraded,
)

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw the chain in per cent and the price; the answer is million đồng an hour avoided."""
    line, better = rng.choice([98.4, 98.7, 98.9, 99.0]), rng.choice([99.5, 99.6, 99.7])
    centre, software = rng.choice([99.8, 99.9]), rng.choice([99.3, 99.5, 99.6])
    cost = rng.choice([180, 220, 260, 340, 420])
    chain = [Stage("l", line / 100), Stage("c", centre / 100), Stage("s", software / 100)]
    plan = upgraded(chain, [Upgrade("better", cost, Stage("l", better / 100))])
    price = cost_per_hour(chain, plan) or 0.0
    return {
        "line": vietnamese(line, 1),
        "better": vietnamese(better, 1),
        "centre": vietnamese(centre, 1),
        "software": vietnamese(software, 1),
        "cost": str(cost),
        "avoided": vietnamese(downtime(availability(chain)) - plan.downtime, 1),
        "answer": f"{price:.2f}",
        # Two per cent: the hours may be worked with from one decimal place on.
        "tolerance": f"{max(price * 0.02, 0.02):.2f}",
        "shown": vietnamese(price, 2),
    }
