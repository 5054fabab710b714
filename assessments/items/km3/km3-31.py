"""Variants of KM3-31: minutes that a broken promise costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.notices import Outage

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw what is left of an outage after a promise was broken; calls come out whole."""
    while True:
        every, parts = rng.choice([1, 2]), rng.randint(2, 4)
        places, urge = rng.randrange(20, 110, 10), rng.choice([0.1, 0.2])
        factor, call = rng.choice([2, 3]), rng.randint(3, 9)
        outage = Outage(places, every * parts, urge, call, 20)
        calls = outage.calls(every)
        more = outage.after_broken_promise(factor).calls(every)
        if round(calls, 9).is_integer():
            break
    return {
        "left": str(every * parts),
        "every": str(every),
        "places": str(places),
        "urge": vietnamese(urge),
        "factor": str(factor),
        "call": str(call),
        "calls": vietnamese(calls, 0),
        "more": vietnamese(more, 0),
        "extra": vietnamese(more - calls, 0),
        "whole": vietnamese(more * call, 0),
        "answer": str(round((more - calls) * call)),
        "shown": vietnamese((more - calls) * call, 0),
    }
