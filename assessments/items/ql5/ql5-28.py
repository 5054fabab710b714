"""Variants of QL5-28: one team for two activities, and the order that costs least."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw weeks; the check E is shorter than C, so that B first hides it altogether."""
    a, b, d = rng.randint(3, 9), rng.randint(4, 12), rng.randint(3, 9)
    e = rng.randint(3, 6)
    c = e + rng.randint(1, 6)
    weeks = {"a": a, "b": b, "c": c, "d": d, "e": e}
    weeks |= {
        "answer": a + b + max(c, e) + d,
        "wrong_order": a + c + b + e + d,
        "parallel": a + max(b + e, c) + d,
        "gain": min(c, e),
    }
    return {name: str(week) for name, week in weeks.items()}
