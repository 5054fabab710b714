"""Variants of KM3-22: minutes that calls and notices leave for repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a team and what it has done; something is always left."""
    while True:
        hours, people = rng.randint(4, 10), rng.randint(2, 5)
        calls, call = rng.randint(20, 150), rng.randint(3, 8)
        notices, notice = rng.randint(2, 12), rng.choice([10, 15, 20, 25])
        have, spent = 60 * hours * people, calls * call + notices * notice
        if spent < have:
            break
    return {
        "hours": str(hours),
        "people": str(people),
        "calls": str(calls),
        "call": str(call),
        "notices": str(notices),
        "notice": str(notice),
        "have": vietnamese(have, 0),
        "spent": vietnamese(spent, 0),
        "forgot": vietnamese(have - calls * call, 0),
        "one": str(60 * hours),
        "answer": str(have - spent),
        "shown": vietnamese(have - spent, 0),
    }
