"""Variants of QL4-11: buying against renting over five years, with a way out at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.investment import present_value

if TYPE_CHECKING:
    import random


_YEARS = 5
_CLEAR = 0.4  # tỷ đồng; far above the tolerance, so that the sign is never in doubt


def variant(rng: random.Random) -> dict[str, str]:
    """Draw prices in tỷ đồng and a rate in per cent; the answer is rent less purchase."""
    while True:
        percent, capital = rng.choice([7, 8, 9, 10]), rng.choice([10, 11, 12, 13])
        running, fee = rng.choice([1.2, 1.4, 1.6]), rng.choice([4.2, 4.4, 4.6, 4.8])
        way_out, rate = rng.choice([1.0, 1.3, 1.6]), percent / 100
        buying = capital + present_value((running,) * _YEARS, rate)
        renting = present_value((fee,) * _YEARS, rate)
        leaving = way_out / (1 + rate) ** _YEARS
        if abs(renting + leaving - buying) >= _CLEAR:
            break
    return {
        "capital": str(capital),
        "rate": str(percent),
        "running": vietnamese(running, 1),
        "fee": vietnamese(fee, 1),
        "way_out": vietnamese(way_out, 1),
        "sum_factor": vietnamese(present_value((1,) * _YEARS, rate), 4),
        "last_factor": vietnamese((1 + rate) ** -_YEARS, 4),
        "buying": vietnamese(buying),
        "renting": vietnamese(renting + leaving),
        "answer": exact(renting + leaving - buying),
        "shown": vietnamese(renting + leaving - buying),
        "stay": vietnamese(renting - buying),
        "plain": vietnamese(_YEARS * (fee - running) + way_out - capital),
    }
