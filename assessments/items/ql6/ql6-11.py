"""Variants of QL6-11: how much sooner the quicker of two lawful reports of an incident is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from courses.models.staffing import elapsed, route

if TYPE_CHECKING:
    import random

_PHONE = 5  # minutes of the call that informs, but reports nothing


def variant(rng: random.Random) -> dict[str, str]:
    """Minutes of each step; either way may be the quicker one, by ten to a hundred minutes."""
    apart = rng.randrange(10, 101, 5)
    while True:
        check, draft = rng.randrange(10, 31, 5), rng.randrange(20, 51, 5)
        deputy, read = rng.randrange(20, 76, 5), rng.choice((5, 10))
        later = rng.choice((apart, -apart))  # the chairman's way less the deputy's
        away, book = check + draft + deputy - read + later, rng.choice((5, 10, 15))
        by_deputy = _minutes(check + draft, deputy + book)
        by_head = _minutes(max(check + draft, away), read + book)
        if abs(by_deputy - by_head) == apart and away > check + draft:
            break
    sooner_deputy = by_deputy < by_head
    return {
        "check": str(check),
        "draft": str(draft),
        "deputy": str(deputy),
        "read": str(read),
        "away": str(away),
        "book": str(book),
        "call": str(check + _PHONE),
        "by_deputy": str(by_deputy),
        "by_head": str(by_head),
        "way": "Phó Chủ tịch được uỷ quyền ký" if sooner_deputy else "chờ Chủ tịch ký nhanh hơn",
        "sooner": str(min(by_deputy, by_head)),
        "answer": str(apart),
    }


def _minutes(officer: int, signing: int) -> int:
    chain = route("xã", date(2026, 1, 15))
    return int(elapsed(chain, {chain[0]: officer, chain[1]: signing}))
