"""Variants of QL4-22: three quarters of a project, work against plan and work not yet paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw cumulated amounts in tỷ đồng; the answers are two differences a quarter."""
    values: dict[str, str] = {}
    plan = done = unpaid = 0.0
    for quarter in (1, 2, 3):
        plan += rng.choice([6.0, 7.0, 8.5])
        done += rng.choice([3.0, 3.5, 4.5])
        unpaid = rng.choice([0.5, 1.0, 1.5, 2.0])
        advance = rng.choice([2.0, 2.5, 3.0]) - 0.5 * quarter
        numbers = {"k": plan, "v": done, "d": done - unpaid + advance, "t": advance}
        values |= {f"{name}{quarter}": vietnamese(x, 1) for name, x in numbers.items()}
        values |= {f"l{quarter}": f"{done - plan:.1f}", f"u{quarter}": f"{unpaid:.1f}"}
    return values | {
        "behind": vietnamese(plan - done, 1),
        "waiting": vietnamese(unpaid, 1),
        "paid": vietnamese(done - unpaid, 1),
    }
