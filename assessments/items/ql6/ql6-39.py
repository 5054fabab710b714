"""Variants of QL6-39: how many people keep desks staffed outside office hours."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_WEEK, _OFFICE = 168, 40  # hours
_EDGE = 0.05  # of a person: nearer to a whole number, slips of rounding would decide


def variant(rng: random.Random) -> dict[str, str]:
    """Draw desks, hours a person and absence in per cent; no division on the edge."""
    while True:
        desks, most = rng.randint(3, 12), rng.randint(10, 20)
        absent = rng.choice([10, 12, 15, 20])
        hours, each = desks * (_WEEK - _OFFICE), most * (100 - absent) / 100
        if _EDGE < hours / each % 1 < 1 - _EDGE:
            break
    return {
        "desks": str(desks),
        "most": str(most),
        "absent": str(absent),
        "hours": vietnamese(hours, 0),
        "each": vietnamese(each, 1),
        "answer": str(ceil(hours / each)),
        "whole_week": str(ceil(desks * _WEEK / each)),
        "no_absence": str(ceil(hours / most)),
    }
