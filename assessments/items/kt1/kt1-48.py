"""Variants of KT1-48: minutes of data lost when the newest backups are infected too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_STEPS = (20, 25, 30, 35, 40, 45, 50, 55)  # minutes between two backups
_EARLIEST, _LATEST = 9 * 60, 17 * 60  # minutes of the day


def variant(rng: random.Random) -> dict[str, str]:
    """Draw the rhythm, the moment and the infected backups; the answer is in minutes."""
    step, bad = rng.choice(_STEPS), rng.randint(2, 6)
    at = rng.randrange(_EARLIEST, _LATEST)
    while not at % step:
        at += 1
    last = at - at % step
    clean = last - bad * step
    return {
        "step": str(step),
        "bad": str(bad),
        "at": _clock(at),
        "last": _clock(last),
        "clean": _clock(clean),
        "answer": str(at - clean),
        "newest": str(at - last),
        "one_more": str(at - clean + step),
        "fewer": str(at - clean - step),
    }


def _clock(minute: int) -> str:
    return f"{minute // 60} giờ {minute % 60:02}"
