"""Variants of QL1-06: days a regulation carries a lapsed basis between half-yearly reviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date
from courses.models.legal_validity import Document, exposure, register

if TYPE_CHECKING:
    import random

_OLD = date(2012, 1, 1)
_HALF_YEAR = 6


def variant(rng: random.Random) -> dict[str, str]:
    """P and Q lapse in one half-year, so their days overlap; U lapses in the next year."""
    year = rng.choice((2017, 2018, 2021, 2022))  # neither it nor the next is a leap year
    first = date(year, rng.randint(2, 4), rng.choice((1, 10, 15)))
    second = first + timedelta(days=rng.choice((20, 31, 45)))
    third = date(year + 1, rng.randint(8, 11), rng.choice((1, 10, 20)))
    begin, after = date(year, 1, 1), date(year + 2, 1, 1)
    days = exposure(_book(first, second, third), "PQU", begin, after, _HALF_YEAR)
    review_one, review_two = date(year, 7, 1), date(year + 2, 1, 1)
    return {
        "year": str(year),
        "last_year": str(year + 1),
        "first": short_date(first),
        "second": short_date(second),
        "third": short_date(third),
        "review_one": short_date(review_one),
        "review_two": short_date(review_two),
        "wait_one": str((review_one - first).days),
        "wait_two": str((review_two - third).days),
        "answer": str(days),
    }


def _book(*lapses: date) -> dict[str, Document]:
    pairs = list(zip("PQU", lapses, strict=True))
    old = [Document(n, n, _OLD, _OLD, lapse, f"{n}2") for n, lapse in pairs]
    return register([*old, *(Document(f"{n}2", n, lapse, lapse) for n, lapse in pairs)])
