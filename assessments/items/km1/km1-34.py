"""Variants of KM1-34: the hours of a month that only one person can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_PEOPLE = ("An", "Bình", "Cúc", "Dũng")


def variant(rng: random.Random) -> dict[str, str]:
    """Draw who can do what; one person alone holds one or two tasks and shares another."""
    away, *others = rng.sample(_PEOPLE, 4)
    alone = rng.sample(range(4), rng.randint(1, 2))
    shared = rng.choice([task for task in range(4) if task not in alone])
    hours = [rng.randint(4, 30) for _ in range(4)]
    values = {"away": away, "total": str(sum(hours))}
    for task, hour in enumerate(hours):
        able = [away] if task in alone else rng.sample(others, rng.randint(1, 2))
        able += [away] if task == shared else []
        values[f"w{task}"] = ", ".join(sorted(able))
        values[f"h{task}"] = str(hour)
        values[f"u{task}"] = str(hour if task in alone else 0)
    return values | {"sum": str(sum(hours[task] for task in alone))}
