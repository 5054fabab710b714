"""Variants of KT1-16: how many calls an hour an account may make before too many are exposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw people that may be exposed, records a call and times; the answer is calls an hour."""
    while True:
        units, records = rng.randint(6, 15), rng.randint(2, 6)
        detect, lock = rng.randint(2, 7), rng.choice([20, 30, 40, 45, 50])
        people = rng.randrange(900, 6000, 100)
        minutes = 60 * detect + lock
        most = 60 * people // (records * minutes)
        no_lock = people // (records * detect)
        if no_lock != most and 60 * people % (records * minutes):
            break
    return {
        "units": str(units),
        "records": str(records),
        "detect": str(detect),
        "lock": str(lock),
        "minutes": str(minutes),
        "people": vietnamese(people, 0),
        "exact": vietnamese(60 * people / (records * minutes), 2),
        "answer": str(most),
        "shown": vietnamese(most, 0),
        "above": vietnamese(most + 1, 0),
        "one_record": vietnamese(60 * people // minutes, 0),
        "no_lock": vietnamese(no_lock, 0),
        "shared": vietnamese(60 * people // (records * minutes * units), 0),
    }
