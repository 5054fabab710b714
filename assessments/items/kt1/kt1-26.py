"""Variants of KT1-26: months until people with sensitive data reach the threshold of level 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_SENSITIVE, _BASIC = 10_000, 100_000  # people, NĐ 331/2026/NĐ-CP, Điều 13 khoản 2 điểm c
_SOONEST = 3  # months


def variant(rng: random.Random) -> dict[str, str]:
    """Draw people with either kind of sensitive data and growth; the answer is in months."""
    while True:
        face, health = rng.randrange(2500, 6500, 10), rng.randrange(2000, 5500, 10)
        both, growth = rng.randrange(600, 2000, 10), rng.randrange(110, 420, 10)
        now = face + health - both
        months, added, one_kind, basic = (
            -(-(threshold - people) // growth)
            for threshold, people in (
                (_SENSITIVE, now),
                (_SENSITIVE, face + health),
                (_SENSITIVE, face),
                (_BASIC, now),
            )
        )
        if months >= _SOONEST and added > 0:
            break
    everybody = now + rng.randrange(400, 2000, 10)
    return {
        "all": vietnamese(everybody, 0),
        "face": vietnamese(face, 0),
        "health": vietnamese(health, 0),
        "both": vietnamese(both, 0),
        "growth": str(growth),
        "now": vietnamese(now, 0),
        "gap": vietnamese(_SENSITIVE - now, 0),
        "answer": str(months),
        "added": str(added),
        "one_kind": str(one_kind),
        "basic": str(basic),
    }
