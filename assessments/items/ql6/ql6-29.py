"""Variants of QL6-29: days beyond the limit, from the day in force to the day of receipt."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date

if TYPE_CHECKING:
    import random

_DAYS = 15
_NAMES = ("Khê Đông", "Lam Trà", "Ngọc Sơn", "Phú Mỹ")


def variant(rng: random.Random) -> dict[str, str]:
    """Draw dates of 2026; one commune is in time, three are five to forty days late."""
    signed = date(2026, 8, 1) + timedelta(days=rng.randrange(40))
    effect = signed + timedelta(days=rng.randint(11, 20))
    deadline = effect + timedelta(days=_DAYS - 1)
    early = -rng.randint(2, 9)
    apart = [early, *(rng.randint(5, 40) for _ in range(3))]
    rng.shuffle(apart)
    received = [deadline + timedelta(days=days) for days in apart]
    letters = [day - timedelta(days=rng.randint(2, 12)) for day in received]
    rows = zip(_NAMES, letters, received, strict=True)
    return {
        "signed": short_date(signed),
        "effect": short_date(effect),
        "deadline": short_date(deadline),
        "rows": "\n".join(f"| {n} | {short_date(a)} | {short_date(b)} |" for n, a, b in rows),
        "lates": ", ".join(str(max(0, days)) for days in apart),
        "answer": str(_late(received, deadline)),
        "from_signing": str(_late(received, signed + timedelta(days=_DAYS - 1))),
        "by_letter": str(_late(letters, deadline)),
    }


def _late(days: list[date], deadline: date) -> int:
    return sum(max(0, (day - deadline).days) for day in days)
