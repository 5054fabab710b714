"""Variants of KM3-18: two lists of faulty files put together without counting twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw two overlapping lists; list A is the longer one."""
    b, both, wrong = rng.randint(140, 260), rng.randint(60, 120), rng.randint(8, 30)
    a = b + rng.randint(15, 90)
    union = a + b - both
    return {
        "a": str(a),
        "b": str(b),
        "both": str(both),
        "wrong": str(wrong),
        "union": str(union),
        "answer": str(union - wrong),
    }
