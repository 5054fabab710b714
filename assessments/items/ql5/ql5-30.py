"""Variants of QL5-30: the mean delay of two parallel activities, each with a threat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw chances in per cent and weeks; both threats can move the end."""
    slack, w2 = rng.randint(2, 5), rng.randint(2, 6)
    push = rng.randint(2, 6)
    p1, p2 = rng.randrange(20, 66, 5), rng.randrange(20, 61, 5)
    one, other = p1 / 100, p2 / 100
    added = one * push + other * w2
    mean = added - one * other * min(push, w2)
    return {
        "slack": str(slack),
        "w1": str(slack + push),
        "w2": str(w2),
        "p1": str(p1),
        "p2": str(p2),
        "push": str(push),
        "both": str(max(push, w2)),
        "answer": exact(mean),
        "shown": vietnamese(mean),
        "added": vietnamese(added),
        "no_slack": vietnamese(one * (slack + push) + other * w2),
    }
