"""Variants of QL1-26: inspections that hired services make room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_APART = 0.05  # of an inspection between the hours left and a whole number of inspections


def variant(rng: random.Random) -> dict[str, str]:
    """Draw hours; the answer is a number of whole inspections."""
    while True:
        service, share = rng.randrange(1600, 3650, 50), rng.randrange(40, 80, 5)
        watching, each = rng.choice([12, 15, 18, 20, 24]), rng.randint(24, 58)
        freed = service * share / 100
        net = freed * (100 - watching) / 100
        mistakes = [int(hours / each) for hours in (freed, service, service - freed)]
        if int(net / each) not in mistakes and _APART < net / each % 1 < 1 - _APART:
            break
    unwatched, everything, kept = mistakes
    return {
        "service": vietnamese(service, 0),
        "share": str(share),
        "watching": str(watching),
        "each": str(each),
        "freed": vietnamese(freed, 1),
        "watch": vietnamese(freed - net, 1),
        "net": vietnamese(net, 1),
        "answer": str(int(net / each)),
        "unwatched": str(unwatched),
        "everything": str(everything),
        "kept": str(kept),
    }
