"""Variants of QL4-09: a table of net benefits, present values and the NPV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.investment import present_value

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw flows in tỷ đồng and a rate in per cent; the answers fill the table, in tỷ đồng."""
    percent = rng.choice([6, 8, 9, 12])
    rate, running = percent / 100, rng.choice([0.8, 1.1, 1.4])
    gross = [rng.choice([3.2, 3.6, 4.0]), rng.choice([5.0, 5.4, 5.8]), rng.choice([6.2, 6.6, 7.0])]
    net = [benefit - running for benefit in gross]
    total = present_value(net, rate)
    capital = round(total + rng.choice([-1.6, -1.1, 0.9, 1.4]), 1)
    values = {"capital": vietnamese(capital, 1), "running": vietnamese(running, 1)}
    for year, (benefit, flow) in enumerate(zip(gross, net, strict=True), start=1):
        factor = (1 + rate) ** -year
        values |= {f"g{year}": vietnamese(benefit, 1), f"f{year}": vietnamese(factor, 4)}
        values |= {f"n{year}": f"{flow:.1f}", f"p{year}": f"{flow * factor:.2f}"}
    return values | {
        "rate": str(percent),
        "npv": f"{total - capital:.2f}",
        "plain": vietnamese(sum(net) - capital, 1),
        "shown": vietnamese(total - capital),
    }
