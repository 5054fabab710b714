"""Variants of QL1-04: which of seven cited bases hold on the day of signing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date
from courses.models.legal_validity import (
    Amendment,
    Basis,
    Document,
    effective_day,
    holds,
    register,
)

if TYPE_CHECKING:
    import random

_WAIT = 45  # days from signing to effect of a central document
_CITED = {"F": "12", "G": "5"}


def variant(rng: random.Random) -> dict[str, str]:
    """The day falls before or after the law changes, the decision takes effect, G is cut."""
    year = rng.randint(2017, 2020)
    turn = date(year + rng.randint(2, 4), rng.choice((1, 7)), 1)
    day = turn + timedelta(days=rng.choice((-1, 1)) * rng.randint(4, 40))
    signed = day - timedelta(days=rng.choice((38, 40, 42, 49, 53, 60)))
    repealed = day + timedelta(days=rng.choice((-1, 1)) * rng.randint(3, 60))
    amended, passed = day - timedelta(days=rng.randint(30, 200)), turn - timedelta(days=190)
    book = _book(year, turn, passed, signed, (amended, repealed))
    valid = [n for n in book if holds(book, Basis(n, _CITED.get(n, "")), day)]
    return {
        "year": str(year),
        "turn": short_date(turn),
        "day": short_date(day),
        "signed": short_date(signed),
        "effective": short_date(effective_day(signed, _WAIT)),
        "passed": short_date(passed),
        "amended": short_date(amended),
        "repealed": short_date(repealed),
        **{f"ok_{name.lower()}": str(name in valid).lower() for name in "ABCEG"},
    }


def _book(
    year: int, turn: date, passed: date, signed: date, changed: tuple[date, date]
) -> dict[str, Document]:
    amended, repealed = changed
    first, spring, letter = date(year, 1, 1), date(year, 3, 1), date(year, 3, 12)
    cut = Amendment("H", repealed, frozenset({"5"}), repeals=True)
    other = Amendment("K", amended, frozenset({"8", "9"}))
    details = date(year, 5, 1)
    return register(
        [
            Document("A", "Luật", first, first, turn, "E"),
            Document("B", "Nghị định chi tiết", details, details, implements="A"),
            Document("C", "Quyết định", signed, effective_day(signed, _WAIT)),
            Document("D", "Công văn", letter, letter, binding=False),
            Document("E", "Luật", passed, turn),
            Document("F", "Nghị định", spring, spring, amendments=(other,)),
            Document("G", "Thông tư", date(year, 6, 1), date(year, 6, 1), amendments=(cut,)),
        ]
    )
