"""Variants of KT2-02: lead time of a procedure that asks two agencies at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.process_cards import Card, measure

if TYPE_CHECKING:
    import random

_CLEAR = 20  # minutes between the two branches, so that the longer one is never in doubt


def variant(rng: random.Random) -> dict[str, str]:
    """Draw minutes of four steps, two of them side by side; the answer is the lead time."""
    while True:
        first = Card("nhận", "Quầy", rng.randint(6, 15), rng.randrange(10, 60, 5), "cần")
        one = Card("A", "A", rng.randint(10, 40), rng.randrange(120, 480, 10), "cần")
        two = Card("B", "B", rng.randint(10, 40), rng.randrange(120, 480, 10), "cần")
        last = Card("ký", "Lãnh đạo", rng.randint(8, 25), rng.randrange(60, 240, 10), "cần")
        branches = sorted(card.wait + card.touch for card in (one, two))
        if branches[1] - branches[0] >= _CLEAR:
            break
    lead = measure([[first], [one, two], [last]]).lead
    ends = lead - branches[1]
    return {
        "w1": str(first.wait),
        "t1": str(first.touch),
        "wa": str(one.wait),
        "ta": str(one.touch),
        "wb": str(two.wait),
        "tb": str(two.touch),
        "w2": str(last.wait),
        "t2": str(last.touch),
        "first": str(first.wait + first.touch),
        "last": str(last.wait + last.touch),
        "slow": str(branches[1]),
        "fast": str(branches[0]),
        "answer": str(lead),
        "added": vietnamese(ends + sum(branches), 0),
        "shorter": str(ends + branches[0]),
        "mean": f"{ends + sum(branches) / 2:.0f}",
    }
