"""Variants of KM1-21: three levels before, after a scolding and after thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.models.bad_news import Line, Reaction, after

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw an even reluctance in per cent; arrivals are out of a thousand, unrounded."""
    silent = rng.randrange(6, 48, 2)
    start = Line(3, 1 - silent / 100)
    values = {"silent": str(silent)}
    for n, factor in enumerate((1, 2, 0.5)):
        line = after(start, [Reaction("", factor)])
        values[f"p{n}"] = f"{100 * line.pass_on:.0f}"
        values[f"a{n}"] = f"{1000 * line.arrives:.6f}"
        values[f"m{n}"] = f"{1000 * (1 - line.arrives):.6f}"
    return values
