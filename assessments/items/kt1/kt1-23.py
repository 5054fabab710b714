"""Variants of KT1-23: the least money to add so that no more than a limit of points remains."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_OTHER = 10  # điểm of risks that no measure removes, at the least


def variant(rng: random.Random) -> dict[str, str]:
    """Draw four measures and a limit in points; the answer is money to add, triệu đồng."""
    while True:
        points, costs = rng.sample(range(4, 16), 4), [rng.randrange(150, 800, 10) for _ in "ABCD"]
        need = rng.randint(max(points) + 2, sum(points) - min(points))
        sets = [s for size in (1, 2, 3, 4) for s in combinations(range(4), size)]
        enough = [s for s in sets if sum(points[m] for m in s) >= need]
        prices = sorted((sum(costs[m] for m in s), s) for s in enough)
        (spent, best), cap = prices[0], rng.randrange(300, 900, 50)
        ratio = _by_ratio(points, costs, need)
        if cap < spent < min(ratio, prices[1][0]) and spent < sum(costs):
            break
    total = sum(points) + rng.randint(_OTHER, 2 * _OTHER)
    values = {f"d{n}": str(points[n - 1]) for n in (1, 2, 3, 4)}
    values |= {f"p{n}": str(costs[n - 1]) for n in (1, 2, 3, 4)}
    return values | {
        "cap": str(cap),
        "total": str(total),
        "limit": str(total - need),
        "need": str(need),
        "best": " + ".join("ABCD"[m] for m in best),
        "spent": vietnamese(spent, 0),
        "answer": str(spent - cap),
        "shown": vietnamese(spent - cap, 0),
        "by_ratio": vietnamese(ratio - cap, 0),
        "whole": vietnamese(spent, 0),
        "everything": vietnamese(sum(costs) - cap, 0),
    }


def _by_ratio(points: list[int], costs: list[int], need: int) -> int:
    """What is spent by buying the best ratio first until enough is removed."""
    spent = removed = 0
    for measure in sorted(range(4), key=lambda m: -points[m] / costs[m]):
        if removed < need:
            spent, removed = spent + costs[measure], removed + points[measure]
    return spent
