"""Variants of KT2-34: a province's rate from a pilot's rates by sort of file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 1.0  # per cent between the answer and what the named mistakes give


def variant(rng: random.Random) -> dict[str, str]:
    """Draw counts and rates of two sorts of file and the province's mix; all in per cent."""
    while True:
        easy, hard = rng.randint(90, 99), rng.randint(45, 80)
        n1, n2 = rng.randrange(200, 420, 10), rng.randrange(20, 90, 5)
        plain = rng.randrange(38, 76, 2)
        whole = (plain * easy + (100 - plain) * hard) / 100
        pilot = (n1 * easy + n2 * hard) / (n1 + n2)
        if min(abs(whole - pilot), abs(whole - (easy + hard) / 2)) > _CLEAR:
            break
    return {
        "n1": str(n1),
        "n2": str(n2),
        "easy": str(easy),
        "hard": str(hard),
        "plain": str(plain),
        "rest": str(100 - plain),
        "pilot": vietnamese(pilot, 1),
        "mean": vietnamese((easy + hard) / 2, 1),
        "answer": exact(whole),
        "shown": vietnamese(whole, 1),
    }
