"""Variants of QL1-33: provisions to review once three cited documents have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_CITED = ("P", "điều 8 của Q", "điều 5 của Q", "điều 3 của R", "điều 6 của R", "U")
_CHANGED = frozenset({"P", "điều 8 của Q", "điều 3 của R"})
_FEWEST, _MOST = 2, 5  # decisions that are touched


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six decisions with their bases and provisions; the answer is a sum of provisions."""
    while True:
        drawn = [(rng.sample(_CITED, rng.randint(1, 2)), rng.randint(5, 24)) for _ in range(6)]
        hit = [n for n, (bases, _) in enumerate(drawn, start=1) if _CHANGED & set(bases)]
        total = sum(drawn[n - 1][1] for n in hit)
        by_name = sum(count for bases, count in drawn if set(bases) != {"U"})
        only_p = sum(count for bases, count in drawn if "P" in bases)
        if _FEWEST <= len(hit) <= _MOST and total not in (by_name, only_p):
            break
    rows = [
        f"| {n} | {'; '.join(sorted(bases))} | {count} |"
        for n, (bases, count) in enumerate(drawn, start=1)
    ]
    return {
        "rows": "\n".join(rows),
        "hit": ", ".join(str(n) for n in hit),
        "answer": str(total),
        "by_name": str(by_name),
        "only_p": str(only_p),
    }
