"""Variants of KM4-12: what of a year's money lapses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw amounts in triệu đồng; the answer is what is lost to the project."""
    while True:
        lapsed, payable = rng.randrange(150, 1200, 10), rng.randrange(100, 900, 10)
        carried, advance = rng.randrange(100, 1000, 10), rng.randrange(200, 1100, 10)
        out = rng.randrange(3500, 9000, 50)
        if len({lapsed, payable, carried, advance}) == 4:  # noqa: PLR2004 - all different
            break
    plan = out + payable + carried + lapsed
    return {
        "plan": vietnamese(plan, 0),
        "out": vietnamese(out, 0),
        "advance": vietnamese(advance, 0),
        "payable": vietnamese(payable, 0),
        "carried": vietnamese(carried, 0),
        "answer": str(lapsed),
        "shown": vietnamese(lapsed, 0),
        "no_payable": vietnamese(lapsed + payable, 0),
        "no_carried": vietnamese(lapsed + carried, 0),
        "twice": vietnamese(lapsed - advance, 0),
    }
