"""Variants of QL4-25: what a rent by the account costs when accounts grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.investment import present_value

if TYPE_CHECKING:
    import random

_YEARS = 4


def variant(rng: random.Random) -> dict[str, str]:
    """Draw accounts, a price in triệu đồng and a set-up in tỷ đồng; the answer is in tỷ đồng."""
    percent, price = rng.choice([6, 7, 8, 9, 10]), rng.randint(12, 24) / 10
    first, more = rng.randrange(600, 1201, 50), rng.randrange(100, 301, 20)
    setup = rng.randint(8, 22) / 10
    fees = [(first + more * year) * price / 1000 for year in range(_YEARS)]
    rate = percent / 100
    cost = setup + present_value(fees, rate)
    return {
        "setup": vietnamese(setup, 1),
        "price": vietnamese(price, 1),
        "first": vietnamese(first, 0),
        "more": str(more),
        "rate": str(percent),
        **{f"f{year}": vietnamese((1 + rate) ** -year, 4) for year in range(1, _YEARS + 1)},
        "fees": "; ".join(vietnamese(fee, 3) for fee in fees),
        "answer": exact(cost),
        "shown": vietnamese(cost),
        "flat": vietnamese(setup + present_value([fees[0]] * _YEARS, rate)),
        "plain": vietnamese(setup + sum(fees)),
        "no_setup": vietnamese(cost - setup),
    }
