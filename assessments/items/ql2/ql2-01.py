"""Variants of QL2-01: four stages in series and one component that is not in the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.availability import Stage, availability, downtime

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five availabilities in per cent; the answer is the downtime of four, hours a year."""
    drawn = {
        "line": rng.randint(976, 993) / 10,
        "portal": rng.choice([99.5, 99.6, 99.7]),
        "bus": rng.choice([98.8, 99.0, 99.2, 99.4]),
        "software": rng.choice([99.5, 99.7, 99.8, 99.9]),
    }
    store = rng.choice([95.0, 96.0, 97.0])
    chain = [Stage(name, percent / 100) for name, percent in drawn.items()]
    hours = downtime(availability(chain))
    trap = downtime(availability([*chain, Stage("store", store / 100)]))
    return {
        **{name: vietnamese(percent, 1) for name, percent in drawn.items()},
        "store": vietnamese(store, 1),
        "answer": exact(hours),
        "shown": vietnamese(hours, 1),
        "trap": vietnamese(trap, 1),
    }
