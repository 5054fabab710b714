"""Variants of QL5-27: the last week in which a tender may be issued without moving the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


_SPAN = range(6, 21)  # weeks that programming may take


def variant(rng: random.Random) -> dict[str, str]:
    """Draw weeks; the equipment branch keeps two to sixteen weeks of slack."""
    while True:
        a, b, slack = rng.randint(3, 12), rng.randint(4, 12), rng.randint(2, 16)
        bid, c = rng.randint(4, 9), rng.randint(3, 9)
        d = slack + bid + c - b
        if d in _SPAN and d != a + slack:
            break
    weeks = {"a": a, "b": b, "d": d, "bid": bid, "c": c, "join": a + b + d}
    weeks |= {"answer": a + slack, "earliest": a, "no_bid": a + slack + bid}
    return {name: str(week) for name, week in weeks.items()}
