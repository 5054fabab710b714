"""Variants of VH1-06: two shares against those of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a share that rises, and one that falls though its number rises."""
    b0, b1 = 10 * rng.randint(300, 380), 10 * rng.randint(390, 480)
    a0, a1 = round(b0 * rng.uniform(0.55, 0.65)), round(b1 * rng.uniform(0.7, 0.85))
    d0, d1 = rng.randint(240, 280), rng.randint(400, 460)
    c0, c1 = round(d0 * rng.uniform(0.93, 0.97)), round(d1 * rng.uniform(0.8, 0.88))
    counts = {"a0": a0, "b0": b0, "a1": a1, "b1": b1, "c0": c0, "d0": d0, "c1": c1, "d1": d1}
    return {
        **{name: vietnamese(count, 0) for name, count in counts.items()},
        "x1": f"{100 * a1 / b1:.4f}",
        "x2": f"{100 * (a1 / b1 - a0 / b0):.4f}",
        "y1": f"{100 * c1 / d1:.4f}",
        "y2": f"{100 * (c1 / d1 - c0 / d0):.4f}",
    }
