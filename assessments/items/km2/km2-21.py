"""Variants of KM2-21: the most files to take over as a concession, within a limit of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw hours, a share and minutes a file; dividing never comes out even."""
    while True:
        hours, percent = rng.randrange(40, 180, 5), rng.choice([20, 25, 30, 35, 40, 45])
        minutes = rng.choice([7, 8, 9, 11, 12, 13, 14])
        # Whole numbers throughout: minutes to spend, times a hundred.
        spend = hours * 12 * 60 * percent
        if spend % (100 * minutes):
            break
    year = hours * 12
    return {
        "hours": str(hours),
        "percent": str(percent),
        "minutes": str(minutes),
        "year": vietnamese(year, 0),
        "budget": vietnamese(year * percent / 100),
        "exact": vietnamese(spend / 100 / minutes, 1),
        "answer": str(spend // (100 * minutes)),
        "shown": vietnamese(spend // (100 * minutes), 0),
        "month": vietnamese(spend // 12 // (100 * minutes), 0),
        "whole": vietnamese(year * 60 // minutes, 0),
    }
