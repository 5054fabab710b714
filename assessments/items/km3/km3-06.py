"""Variants of KM3-06: people not served while a system stood still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw an outage in quarters of an hour; all counts are whole."""
    begin, quarters = rng.randint(28, 40), rng.randint(5, 15)
    places, rate = rng.randint(20, 60), rng.choice([4, 8, 12])
    total = places * rate * quarters // 4
    paper = rng.randint(total // 5, total // 2)
    clock = (f"{at // 4} giờ {15 * (at % 4):02}" for at in (begin, begin + quarters))
    return {
        **dict(zip(("start", "end"), clock, strict=True)),
        "shown": vietnamese(quarters / 4),
        "places": str(places),
        "rate": str(rate),
        "paper": vietnamese(paper, 0),
        "all": vietnamese(total, 0),
        "answer": str(total - paper),
        "left": vietnamese(total - paper, 0),
    }
