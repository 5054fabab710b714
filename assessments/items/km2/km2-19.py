"""Variants of KM2-19: which of six groups would walk out of a proposed split."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_PAIRS = ((0, 1), (0, 2), (1, 2))


def variant(rng: random.Random) -> dict[str, str]:
    """Draw whole costs in tỷ đồng and a split under which two or three groups gain by leaving."""
    leaving = rng.randint(2, 3)
    while True:
        alone = [rng.randint(8, 20) for _ in range(3)]
        pairs = [alone[i] + alone[j] - rng.randint(1, 6) for i, j in _PAIRS]
        total = min(pairs) + rng.randint(1, 7)
        first, second = rng.randint(3, 14), rng.randint(3, 14)
        pays = rng.sample([first, second, total - first - second], 3)
        paid = [*pays, *(pays[i] + pays[j] for i, j in _PAIRS)]
        costs = [*alone, *pairs]
        leaves = [pay > cost for pay, cost in zip(paid, costs, strict=True)]
        joined = max(pairs) < total < min(pair + alone[2 - n] for n, pair in enumerate(pairs))
        if joined and min(pays) > 0 and sum(leaves) == leaving:
            break
    values = {"c7": str(total)}
    for place, (pay, cost, gains) in enumerate(zip(paid, costs, leaves, strict=True), start=1):
        values |= {
            f"p{place}": str(pay),
            f"c{place}": str(cost),
            f"k{place}": "true" if gains else "false",
            f"w{place}": "lợi hơn khi rời" if gains else "không lợi hơn khi rời",
        }
    return values
