"""Variants of QL4-01: benefits, running cost, and two entries that are no cash flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.investment import Project, npv, present_value

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw flows in tỷ đồng and a rate in per cent; the answer is the NPV in tỷ đồng."""
    percent = rng.choice([7, 8, 9, 11])
    rate = percent / 100
    first = rng.choice([5.0, 5.5, 6.0])
    gross = (first, first + rng.choice([3.0, 3.5]), first + 4.5, first + 4.5)
    running, sunk = rng.choice([2.2, 2.4, 2.6]), rng.choice([0.7, 0.9, 1.1])
    net = tuple(benefit - running for benefit in gross)
    capital = round(present_value(net, rate)) - rng.choice([2, 3])
    value = npv(Project("P", "cấp phép", capital, net), rate)
    return {
        "capital": str(capital),
        "rate": str(percent),
        "running": vietnamese(running, 1),
        "sunk": vietnamese(sunk, 1),
        "wear": str(capital // 6),
        **{f"g{year}": vietnamese(benefit, 1) for year, benefit in enumerate(gross, start=1)},
        **{f"f{year}": vietnamese((1 + rate) ** -year, 4) for year in range(1, 5)},
        "answer": exact(value),
        "shown": vietnamese(value),
        "present": vietnamese(value + capital),
        "forgotten": vietnamese(present_value(gross, rate) - capital),
        "plain": vietnamese(sum(net) - capital),
        "with_sunk": vietnamese(value - sunk),
    }
