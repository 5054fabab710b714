"""Variants of QL6-37: how many officers a shared support team needs, with the road included."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_MONTH = 160  # working hours
_TEAM = range(5, 31)
_EDGE = 0.05  # of a person: nearer to a whole number, slips of rounding would decide


def variant(rng: random.Random) -> dict[str, str]:
    """Draw communes, calls and minutes; a team of five to thirty, and no rounding on the edge."""
    while True:
        x, calls = rng.randint(45, 120), rng.randint(8, 20)
        minutes, travel = rng.randrange(30, 66, 5), rng.randrange(50, 121, 5)
        share, part = rng.choice([20, 25, 30, 40]), rng.choice([50, 60, 70, 75])
        hours = x * calls * (minutes + share * travel / 100) / 60
        each = _MONTH * part / 100
        answer = ceil(hours / each)
        no_travel, all_time = ceil(x * calls * minutes / 60 / each), ceil(hours / _MONTH)
        if answer in _TEAM and answer - no_travel > 0 and _EDGE < hours / each % 1 < 1 - _EDGE:
            break
    return {
        "x": str(x),
        "calls": str(calls),
        "minutes": str(minutes),
        "travel": str(travel),
        "share": str(share),
        "part": str(part),
        "hours": vietnamese(hours, 1),
        "each": vietnamese(each, 0),
        "answer": str(answer),
        "no_travel": str(no_travel),
        "all_time": str(all_time),
    }
