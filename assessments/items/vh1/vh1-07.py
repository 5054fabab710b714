"""Variants of VH1-07: files to be entered again when only the copy off the network is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw days, files a day and files of today."""
    days, rate = rng.randint(2, 4), 10 * rng.randint(9, 24)
    today = rng.randint(rate // 2, rate - 5)
    return {
        "days": str(days),
        "rate": str(rate),
        "today": str(today),
        "answer": vietnamese(days * rate + today, 0),
        "trap1": str(today),  # from the nightly copy, which is lost
        "trap2": vietnamese(days * rate, 0),  # forgot today
    }
