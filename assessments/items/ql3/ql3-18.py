"""Variants of QL3-18: where an even cut leaves a target that has fixed costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.target_path import Target
from courses.models.traceability import Content, MoneyLine, Plan, even_cut

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Cuts of 15 to 35 %, fixed shares of 25 to 50 %, so that some of the way is left."""
    base, goal = rng.randrange(10, 41, 2), rng.randrange(70, 97, 2)
    cut, fixed = rng.choice([15, 25, 30, 35]), rng.choice([25, 30, 35, 45, 50])
    target = Target("M", "M", base, goal, 2025, 2030)
    plan = Plan((target,), (Content("N", "N", ("M",)),), (), (MoneyLine("N", "tỉnh", 100),), ())
    share = (100 - cut - fixed) / (100 - fixed) * 100
    return {
        "base": str(base),
        "goal": str(goal),
        "cut": str(cut),
        "fixed": str(fixed),
        "left": str(100 - cut),
        "variable": str(100 - fixed),
        "share": vietnamese(share, 1),
        "answer": exact(even_cut(plan, cut / 100, fixed / 100)["M"]),
    }
