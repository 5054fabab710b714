"""Variants of KT2-19: minutes of waiting saved at a single counter by a shorter form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.service_desk import Desk, mean_wait

if TYPE_CHECKING:
    import random

_CLEAR = 0.5  # minutes between the answer and what the named mistakes give


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a counter before and after; the answer is the difference of mean waits in minutes."""
    while True:
        m1, m2 = rng.choice([(10, 8), (12, 10), (15, 12), (12, 8), (15, 10), (20, 15), (20, 16)])
        busy = rng.randrange(60, 94, 2) / 100
        arrivals = busy * 60 / m1
        now, then = Desk(arrivals, 60 / m1, 1), Desk(arrivals, 60 / m2, 1)
        before, after = mean_wait(now), mean_wait(then)
        linear = before * (m1 - m2) / m1
        if min(abs(before - after - trap) for trap in (linear, m1 - m2, before)) > _CLEAR:
            break
    return {
        "arrivals": vietnamese(arrivals),
        "m1": str(m1),
        "m2": str(m2),
        "rate": vietnamese(now.rate, 1),
        "rate2": vietnamese(then.rate, 2),
        "busy": vietnamese(now.utilisation, 2),
        "busy2": vietnamese(then.utilisation, 3),
        "before": vietnamese(before, 1),
        "after": vietnamese(after, 1),
        "answer": exact(before - after),
        "shown": vietnamese(before - after, 1),
        "linear": vietnamese(linear, 1),
        "cut": str(m1 - m2),
    }
