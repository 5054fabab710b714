"""Variants of KM3-21: calls expected between notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.notices import Outage

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw an outage whose number of intervals and of calls is whole."""
    while True:
        every, parts = rng.choice([1, 3, 4, 5]), rng.randint(2, 5)
        places, urge = rng.randrange(20, 125, 5), rng.choice([0.05, 0.1, 0.15, 0.2])
        outage = Outage(places, every * parts, urge, 6, 20)
        calls = outage.calls(every)
        if round(calls, 9).is_integer():
            break
    return {
        "hours": str(every * parts),
        "places": str(places),
        "urge": vietnamese(urge),
        "every": str(every),
        "mean": vietnamese(urge * every / 2, 3),
        "full": vietnamese(2 * calls, 0),
        "answer": str(round(calls)),
        "shown": vietnamese(calls, 0),
    }
