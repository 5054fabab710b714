"""Variants of KM3-23: minutes saved by speaking more often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.notices import Outage

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw an outage in which speaking more often saves minutes."""
    while True:
        slow, fast = rng.choice([(4, 2), (4, 1), (3, 1), (6, 2), (6, 3)])
        outage = Outage(
            rng.randrange(30, 125, 5), 12, rng.choice([0.1, 0.2]), rng.randint(4, 8), 15
        )
        gain = outage.minutes(slow) - outage.minutes(fast)
        if gain > 0 and round(gain, 9).is_integer():
            break
    costs = {"slow": slow, "fast": fast}
    values = {
        "places": str(outage.places),
        "hours": "12",
        "urge": vietnamese(outage.urge),
        "call": f"{outage.call:.0f}",
        "notice": f"{outage.notice:.0f}",
        "calls_only": vietnamese(outage.call * (outage.calls(slow) - outage.calls(fast)), 0),
        "answer": str(round(gain)),
        "shown": vietnamese(gain, 0),
    }
    for name, every in costs.items():
        values[name] = str(every)
        values[f"{name}_calls"] = vietnamese(outage.calls(every), 0)
        values[f"{name}_notices"] = f"{outage.notices(every):.0f}"
        values[f"{name}_cost"] = vietnamese(outage.minutes(every), 0)
    return values
