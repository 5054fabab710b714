"""Variants of QL6-11: the earliest report of an incident that a competent person has signed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from courses.models.staffing import elapsed, route

if TYPE_CHECKING:
    import random

_PHONE = 5  # minutes of the call that informs, but reports nothing


def variant(rng: random.Random) -> dict[str, str]:
    """Minutes of each step; waiting for the chairman and the deputy never take equally long."""
    while True:
        check, draft = rng.randrange(10, 31, 5), rng.randrange(20, 51, 5)
        deputy, read = rng.randrange(20, 61, 10), rng.choice((5, 10))
        away, book = rng.randrange(50, 181, 10), rng.choice((5, 10, 15))
        by_deputy = _minutes(check + draft, deputy + book)
        by_head = _minutes(max(check + draft, away), read + book)
        if by_deputy != by_head and away > check + draft:
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
        "answer": str(min(by_deputy, by_head)),
    }


def _minutes(officer: int, signing: int) -> int:
    chain = route("xã", date(2026, 1, 15))
    return int(elapsed(chain, {chain[0]: officer, chain[1]: signing}))
