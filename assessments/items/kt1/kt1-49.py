"""Variants of KT1-49: the share of alarms that are true when bad log-ins are rare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw log-ins, bad ones and rates; the answer is a share of alarms in per cent."""
    bad = rng.randrange(20, 200, 20)
    everybody = bad + 200 * rng.randint(40, 150)
    found, wrong = rng.randrange(80, 100, 5), rng.choice((5, 10, 15, 20, 25, 30))
    hits = bad * found // 100  # whole, for bad is a multiple of 20 and found of 5
    false = (everybody - bad) * wrong // 1000  # rates of false alarms are in tenths of a per cent
    share = 100 * hits / (hits + false)
    return {
        "all": vietnamese(everybody, 0),
        "bad": str(bad),
        "found": str(found),
        "wrong": vietnamese(wrong / 10, 1),
        "hits": str(hits),
        "false": vietnamese(false, 0),
        "answer": exact(share),
        "shown": vietnamese(share, 1),
        "caught": str(found),
        "quiet": vietnamese(100 - wrong / 10, 1),
        "over_good": vietnamese(100 * hits / false, 1),
        "share": vietnamese(100 * bad / (bad + false), 1),
    }
