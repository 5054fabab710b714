"""Variants of KT1-22: the set of measures that removes most points, where both habits fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.risk import Plan, Risk, best_plan, largest_plan, ratio_plan

if TYPE_CHECKING:
    import random

_SCORES = ((4, 5), (4, 4), (3, 5), (3, 4), (2, 5), (5, 5), (3, 3), (4, 2))
_CLEAR = 0.5  # points that a habit loses


def variant(rng: random.Random) -> dict[str, str]:
    """Draw four risks and a cap that neither habit uses well; the answer is in points."""
    while True:
        risks = [
            Risk(name, *score, rng.randrange(200, 900, 50), rng.randrange(40, 85, 5) / 100)
            for name, score in zip("ABCD", rng.sample(_SCORES, 4), strict=True)
        ]
        cap = rng.randrange(900, 1700, 100)
        best, ratio, size = (plan(risks, cap) for plan in (best_plan, ratio_plan, largest_plan))
        if best.reduction - max(ratio.reduction, size.reduction) > _CLEAR:
            break
    values: dict[str, str] = {}
    for place, risk in enumerate(risks, start=1):
        values |= {f"x{place}": str(risk.exposure), f"p{place}": vietnamese(risk.cost, 0)}
        values |= {f"f{place}": str(round(100 * risk.effect))}
    return values | {
        "cap": vietnamese(cap, 0),
        "best": " + ".join(best.names),
        "spent": vietnamese(best.cost, 0),
        "answer": exact(best.reduction),
        "shown": vietnamese(best.reduction, 1),
        "by_ratio": vietnamese(ratio.reduction, 1),
        "by_size": vietnamese(size.reduction, 1),
        "everything": vietnamese(Plan(tuple(risks)).reduction, 1),
    }
