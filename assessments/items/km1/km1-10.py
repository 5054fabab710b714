"""Variants of KM1-10: the cheapest assignment within limits, out of reach of two short cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.models.assignment import Team, best_for_each, cheapest, in_list_order

if TYPE_CHECKING:
    import random

_PEOPLE = ("Mai", "Nam", "Phúc")
_TASKS = ("Rà quyền", "Đối soát", "Tập huấn", "Báo cáo")


def variant(rng: random.Random) -> dict[str, str]:
    """Draw hours until the quickest do not fit and the order of the list is not the best."""
    while True:
        base = rng.randint(0, 9)  # spreads the totals, so that no constant comes back often
        limits = [rng.randint(12, 24) + 2 * base for _ in _PEOPLE]
        rows = [[rng.randint(4, 17) + base for _ in _PEOPLE] for _ in _TASKS]
        team = Team(
            dict(zip(_PEOPLE, limits, strict=True)),
            {t: dict(zip(_PEOPLE, r, strict=True)) for t, r in zip(_TASKS, rows, strict=True)},
        )
        best, listed = cheapest(team), in_list_order(team)
        fast = best_for_each(team)
        if best and listed and fast.total < best.total < listed.total:
            break
    return {
        **{f"l{p}": str(limit) for p, limit in enumerate(limits)},
        **{f"h{t}{p}": str(h) for t, row in enumerate(rows) for p, h in enumerate(row)},
        "best": ", ".join(f"{t} – {p}" for t, p in zip(_TASKS, best.who, strict=True)),
        "fast": f"{fast.total:.0f}",
        "listed": f"{listed.total:.0f}",
        "answer": f"{best.total:.0f}",
    }
