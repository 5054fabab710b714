"""Variants of QL2-07: the price of an hour of downtime that a better line avoids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.availability import (
    HOURS_A_YEAR,
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
    centre, software = rng.choice([97.5, 98.0, 98.4]), rng.choice([96.0, 96.8, 97.4])
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
        "answer": exact(price),
        # One per cent: the hours may be worked with from one decimal place on. Forgetting the
        # other stages is off by four per cent and more.
        "tolerance": f"{price * 0.01:.4f}",
        "line_only": vietnamese(cost / ((better - line) / 100 * HOURS_A_YEAR), 2),
        "shown": vietnamese(price, 2),
    }
