"""Variants of KM1-11: the gentlest way to share six tasks between two, beyond rule of thumb."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


_LIMIT = 60  # hours that each of the two has


def _gentlest(tasks: list[int]) -> int:
    sums = [sum(part) for n in range(len(tasks) + 1) for part in combinations(tasks, n)]
    return min(max(one, sum(tasks) - one) for one in sums)


def _longest_first(tasks: list[int]) -> int:
    loads = [0, 0]
    for task in sorted(tasks, reverse=True):
        loads[loads.index(min(loads))] += task
    return max(loads)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw tasks that neither halving nor longest-first shares best."""
    while True:
        top = rng.choice([12, 18, 24, 30])  # spreads the totals, so that no constant comes back
        tasks = [rng.randint(3, top) for _ in range(6)]
        best, greedy = _gentlest(tasks), _longest_first(tasks)
        if best < greedy and sum(tasks) + 1 < 2 * best and best <= _LIMIT:
            break
    return {
        **dict(zip("abcdef", map(str, tasks), strict=True)),
        "answer": str(best),
        "one": str(best),
        "other": str(sum(tasks) - best),
        "total": str(sum(tasks)),
        "half": vietnamese(sum(tasks) / 2, 1),
        "greedy": str(greedy),
    }
