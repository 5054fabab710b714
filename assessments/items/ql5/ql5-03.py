"""Variants of QL5-03: one project fast and dear, one cheap and late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.earned_value import Status

if TYPE_CHECKING:
    import random

_FAST_DEAR = ((40, 44), (45, 50), (50, 56), (30, 34)), (0.78, 0.82, 0.86)
_CHEAP_LATE = ((60, 44), (55, 42), (50, 38), (40, 30)), (1.06, 1.1, 1.14)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw two projects; the answers are CPI, SPI and EAC (million đồng) of each."""
    values: dict[str, str] = {}
    for number, (shares, cpis) in enumerate((_FAST_DEAR, _CHEAP_LATE), start=1):
        budget, (due, done) = rng.choice([4200, 5600, 6400, 7800]), rng.choice(shares)
        earned = budget * done / 100
        actual = round(earned / rng.choice(cpis), -1)
        status = Status(budget, budget * due / 100, earned, actual)
        eac = status.forecast_at_trend
        values |= {
            f"b{number}": vietnamese(budget, 0),
            f"p{number}": str(due),
            f"e{number}": str(done),
            f"a{number}": vietnamese(actual, 0),
            f"cpi{number}": f"{status.cpi:.2f}",
            f"spi{number}": f"{status.spi:.2f}",
            f"eac{number}": f"{eac:.0f}",
            f"slip{number}": f"{eac * 0.008:.0f}",  # one who divides by a rounded CPI is right too
            f"cpi{number}_shown": vietnamese(status.cpi),
            f"spi{number}_shown": vietnamese(status.spi),
            f"eac{number}_shown": vietnamese(eac, 0),
        }
    return values
