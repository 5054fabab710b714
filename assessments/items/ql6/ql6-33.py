"""Variants of QL6-33: hours of reading that reports by event save against daily ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_HOUR, _WEEK = 60, 5  # minutes, working days


def variant(rng: random.Random) -> dict[str, str]:
    """Draw communes, events and minutes; the answer is in hours a week."""
    x, m1, m2 = rng.randint(41, 96), rng.randint(4, 9), rng.randint(3, 12)
    events, k = rng.randint(4, 18), rng.randrange(15, 46, 5)
    before, events_read = x * _WEEK * m1 / _HOUR, events * k / _HOUR
    after = events_read + x * m2 / _HOUR
    return {
        "x": str(x),
        "m1": str(m1),
        "m2": str(m2),
        "events": str(events),
        "k": str(k),
        "before": vietnamese(before, 1),
        "after": vietnamese(after, 1),
        "answer": exact(before - after),
        "shown": vietnamese(before - after, 1),
        "no_summary": vietnamese(before - events_read, 1),
        "one_day": vietnamese(before / _WEEK - after, 1),
    }
