"""Variants of QL1-36: a group's mean once it has the other group's mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 0.8  # points between the answer and what the named mistakes give


def variant(rng: random.Random) -> dict[str, str]:
    """Draw numbers of provinces and scores; the answer is a score."""
    while True:
        a, b, k, m = (rng.randint(*span) for span in ((6, 13), (2, 6), (2, 6), (6, 13)))
        s1, s2 = rng.randint(68, 92), rng.randint(40, 66)
        t1, t2 = s1 + rng.randint(-4, 4), s2 + rng.randint(-4, 4)
        score = (k * s1 + m * s2) / (k + m)
        mistakes = [(a * s1 + b * s2) / (a + b), (s1 + s2) / 2, (k * t1 + m * t2) / (k + m)]
        if min(abs(score - mistake) for mistake in mistakes) > _CLEAR:
            break
    raw, plain, other = mistakes
    numbers = {"a": a, "b": b, "k": k, "m": m, "n": k + m, "s1": s1, "s2": s2, "t1": t1, "t2": t2}
    return {
        **{name: str(value) for name, value in numbers.items()},
        "answer": exact(score),
        "shown": vietnamese(score, 1),
        "raw": vietnamese(raw, 1),
        "plain": vietnamese(plain, 1),
        "other": vietnamese(other, 1),
    }
