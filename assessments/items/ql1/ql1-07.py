"""Variants of QL1-07: how many accounts fall under a decision that takes effect later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date
from courses.models.legal_validity import effective_day

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Six events around signing and effect, none on the day before or the day itself."""
    delay = rng.choice((10, 15, 20, 45))
    signed = date(rng.randint(2022, 2024), rng.randint(2, 9), rng.randint(12, 26))
    effective = effective_day(signed, delay)
    after = rng.randint(1, 4)
    later = [effective + timedelta(days=n) for n in rng.sample(range(2, 30), after)]
    between = [signed + timedelta(days=rng.randint(1, delay - 3)) for _ in range(5 - after)]
    before = signed - timedelta(days=rng.randint(3, 30))
    events = rng.sample([before, *between, *later], 6)
    accounts = [rng.randint(2, 29) for _ in events]
    found = zip(events, accounts, strict=True)
    return {
        "signed": short_date(signed),
        "delay": str(delay),
        "effective": short_date(effective),
        "minutes": short_date(max(events) + timedelta(days=5)),
        **{f"d{n}": short_date(event) for n, event in enumerate(events, start=1)},
        **{f"n{n}": str(count) for n, count in enumerate(accounts, start=1)},
        "answer": str(sum(count for event, count in found if event >= effective)),
    }
