"""Variants of KT2-10: what software for the steps as they stand saves of the lead time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw minutes of wait and work and a cut in per cent; the answer is in per cent of lead."""
    wait, touch = rng.randrange(400, 1900, 20), rng.randrange(60, 200, 5)
    cut = rng.choice([60, 65, 70, 75, 80, 85])
    lead, saved = wait + touch, touch * cut / 100
    return {
        "wait": vietnamese(wait, 0),
        "touch": str(touch),
        "cut": str(cut),
        "lead": vietnamese(lead, 0),
        "saved": vietnamese(saved, 1),
        "answer": exact(100 * saved / lead),
        "shown": vietnamese(100 * saved / lead, 1),
        "over_wait": vietnamese(100 * saved / wait, 1),
        "left": vietnamese(100 * (touch - saved) / lead, 1),
    }
