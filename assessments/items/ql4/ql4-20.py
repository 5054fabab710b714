"""Variants of QL4-20: the share of planned benefit below which a project loses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.investment import present_value

if TYPE_CHECKING:
    import random


_YEARS = 5


def variant(rng: random.Random) -> dict[str, str]:
    """Draw yearly flows in tỷ đồng and a rate in per cent; the answer is a share in per cent."""
    percent, running = rng.choice([7, 8, 9, 10]), rng.choice([1.5, 2.0, 2.5])
    factor = present_value((1,) * _YEARS, percent / 100)
    benefit = rng.choice([8.0, 8.5, 9.0])
    share = rng.randint(700, 950) / 1000
    capital = round((share * benefit - running) * factor, 1)
    least = 100 * (capital / factor + running) / benefit
    return {
        "capital": vietnamese(capital, 1),
        "benefit": vietnamese(benefit, 1),
        "running": vietnamese(running, 1),
        "rate": str(percent),
        "factor": vietnamese(factor, 4),
        "answer": exact(least),
        "shown": vietnamese(least, 1),
        "needed": vietnamese(capital / factor + running),
        "net_trap": vietnamese(100 * capital / factor / (benefit - running), 1),
        "gross_trap": vietnamese(100 * capital / factor / benefit, 1),
    }
