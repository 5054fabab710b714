"""Variants of QL5-09: earliest ends of six tasks, and how late each may be for the delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw weeks of the tasks and some to spare; any of the three ways may be the longest."""
    while True:
        p, u, t = rng.randint(3, 14), rng.randint(2, 12), rng.randint(2, 9)
        q, r, s = rng.randint(6, 22), rng.randint(4, 17), rng.randint(6, 22)
        spare = rng.randint(1, 14)
        ends = {"q": p + q, "s": p + s, "t": p + r + t}
        if len(set(ends.values())) == len(ends):
            break
    start = max(ends.values())
    longest = {"q": "P, Q, U", "s": "P, S, U", "t": "P, R, T, U"}
    weeks = {"p": p, "q": q, "r": r, "s": s, "t": t, "u": u}
    late = {f"f_{name}": spare + start - end for name, end in ends.items()}
    numbers = {
        **weeks,
        **{f"e_{name}": end for name, end in ends.items()},
        **late,
        "e_r": p + r,
        "f_r": late["f_t"],
        "e_u": start + u,
        "f_u": spare,
        "start": start,
        "due": start + u + spare,
    }
    path = longest[max(ends, key=lambda name: ends[name])]
    return {name: str(number) for name, number in numbers.items()} | {"path": path}
