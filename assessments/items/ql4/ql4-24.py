"""Variants of QL4-24: what of a year's capital can no longer be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw amounts at the end of September in tỷ đồng; the answer is what to give back."""
    done, unpaid = rng.choice([17.0, 18.5, 20.0]), rng.choice([1.5, 2.0, 3.0])
    advance, sure = rng.choice([3.5, 4.0, 4.5]), rng.choice([5.0, 6.0, 7.5])
    unsigned, spare = rng.randint(26, 44) / 10, rng.randint(16, 64) / 10
    plan = done + sure + unsigned + spare
    disbursed = done - unpaid + advance
    return {
        "plan": vietnamese(plan, 1),
        "done": vietnamese(done, 1),
        "disbursed": vietnamese(disbursed, 1),
        "advance": vietnamese(advance, 1),
        "sure": vietnamese(sure, 1),
        "unsigned": vietnamese(unsigned, 1),
        "answer": exact(plan - done - sure),
        "shown": vietnamese(plan - done - sure, 1),
        "by_money": vietnamese(plan - disbursed - sure, 1),
        "hopeful": vietnamese(plan - done - sure - unsigned, 1),
        "all": vietnamese(plan - done, 1),
    }
