"""Variants of QL4-21: trying first, with the right to stop, against doing all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


_CLEAR = 0.3  # tỷ đồng; far above the tolerance
_HALF = 0.5  # share of variants in which the trial is worth its price


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a chance (per cent) and values in tỷ đồng; the answer is trial less all at once."""
    worth_it = rng.random() < _HALF
    while True:
        chance, percent = rng.choice([45, 55, 65, 75, 80, 85]), rng.choice([8, 10, 12])
        gain, loss = rng.choice([12, 14, 16, 18]), rng.choice([4, 6, 8, 10, 12])
        trial, good = rng.choice([1.0, 1.5, 2.0, 2.5, 3.0]), chance / 100
        at_once = good * gain - (1 - good) * loss
        staged = good * gain / (1 + percent / 100) - trial
        if abs(staged - at_once) >= _CLEAR and (staged > at_once) == worth_it:
            break
    return {
        "chance": str(chance),
        "other": str(100 - chance),
        "rate": str(percent),
        "gain": str(gain),
        "loss": str(loss),
        "trial": vietnamese(trial, 1),
        "at_once": vietnamese(at_once),
        "staged": vietnamese(staged),
        "answer": exact(staged - at_once),
        "shown": vietnamese(staged - at_once),
        "free_trial": vietnamese(staged + trial - at_once),
        "no_wait": vietnamese(good * gain - trial - at_once),
        "no_stop": vietnamese(at_once / (1 + percent / 100) - trial - at_once),
    }
