"""Variants of QL1-23: which document of a chain was in force on a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date
from courses.models.legal_validity import Document, in_force, register

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """On the day the next decision is already signed, but takes effect only later."""
    year = rng.randint(2010, 2014)
    chain = [_decision(rng, year + offset) for offset in (0, 3, 6, 9)]
    asked = rng.randrange(3)
    following = chain[asked + 1]
    day = following.issued + timedelta(days=rng.randint(2, 9))
    book = register(
        [
            *(_ended(old, new) for old, new in pairwise(chain)),
            chain[-1],
        ]
    )
    (number,) = in_force(book, book, day)
    rows = [f"| {d.number} | {short_date(d.issued)} | {short_date(d.start)} |" for d in chain]
    rng.shuffle(rows)
    return {
        "rows": "\n".join(rows),
        "day": short_date(day),
        "number": number,
    }


def _decision(rng: random.Random, year: int) -> Document:
    signed = date(year, rng.randint(2, 11), rng.randint(1, 28))
    number = f"{rng.randint(11, 49)}/{year}/QĐ-UBND"
    return Document(number, "Quyết định", signed, signed + timedelta(days=rng.randint(12, 45)))


def _ended(old: Document, new: Document) -> Document:
    return Document(old.number, old.title, old.issued, old.start, new.start, new.number)
