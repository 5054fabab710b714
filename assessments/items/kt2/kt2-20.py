"""Variants of KT2-20: visits that are left when files go online and fewer come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.service_desk import Desk, fewer_returns, online

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw visits an hour and three shares in per cent; the answer is visits an hour."""
    arrivals = rng.randrange(32, 121, 2)
    p, q, s = rng.randrange(14, 31, 2), rng.randrange(4, 11), rng.randrange(10, 41, 5)
    left = fewer_returns(online(Desk(arrivals, 5, 1), s / 100), p / 100, q / 100).arrivals
    files = arrivals * (1 - p / 100)
    return {
        "arrivals": str(arrivals),
        "p": str(p),
        "q": str(q),
        "s": str(s),
        "files": vietnamese(files),
        "at_desk": vietnamese(files * (1 - s / 100)),
        "answer": exact(left),
        "shown": vietnamese(left, 1),
        "only_online": vietnamese(arrivals * (1 - s / 100), 1),
        "subtracted": vietnamese(arrivals * (1 - s / 100 - (p - q) / 100), 1),
    }
