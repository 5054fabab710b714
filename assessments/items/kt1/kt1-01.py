"""Variants of KT1-01: the risk left by the best set of measures, where habits leave more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.risk import Plan, Risk, best_plan, largest_plan, ratio_plan

if TYPE_CHECKING:
    import random

_NAMES = ("cổng", "thư", "sao lưu", "quản trị")
_SCORES = ((4, 4), (3, 4), (2, 5), (3, 5), (4, 5), (5, 4), (3, 3), (2, 4))
_CLEAR = 0.5  # points that a habit leaves too many


def variant(rng: random.Random) -> dict[str, str]:
    """Draw four risks and a cap that no habit uses well; the answer is in points."""
    while True:
        risks = [
            Risk(name, *score, rng.randrange(250, 900, 50), rng.randrange(40, 90, 5) / 100)
            for name, score in zip(_NAMES, rng.sample(_SCORES, 4), strict=True)
        ]
        cap = rng.randrange(900, 1700, 100)
        best, ratio, size = (plan(risks, cap) for plan in (best_plan, ratio_plan, largest_plan))
        lost = [best.reduction - habit.reduction for habit in (ratio, size)]
        if min(lost) > _CLEAR and abs(lost[0] - lost[1]) > _CLEAR:
            break
    whole = float(sum(risk.exposure for risk in risks))
    values: dict[str, str] = {}
    for place, risk in enumerate(risks, start=1):
        values |= {f"l{place}": str(risk.likelihood), f"i{place}": str(risk.impact)}
        values |= {f"f{place}": str(round(100 * risk.effect)), f"p{place}": f"{risk.cost:.0f}"}
        values[f"d{place}"] = vietnamese(Plan((risk,)).reduction, 1)
    left = {
        "by_ratio": whole - ratio.reduction,
        "by_size": whole - size.reduction,
        "no_cap": whole - Plan(tuple(risks)).reduction,
        "shown": whole - best.reduction,
        "reduced": best.reduction,
    }
    return values | {
        **{name: vietnamese(points, 1) for name, points in left.items()},
        "cap": vietnamese(cap, 0),
        "whole": vietnamese(whole, 0),
        "best": " + ".join(best.names),
        "spent": vietnamese(best.cost, 0),
        "answer": exact(whole - best.reduction),
    }
