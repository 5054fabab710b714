"""Variants of KM3-10: which statements a small table proves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_WAYS = {True: "tăng", False: "giảm"}
_SAID = {True: "đúng", False: "sai"}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw counts of two quarters and claims that are true or false of them."""
    places, d, c = rng.randint(30, 60), rng.randint(5000, 7000), rng.randint(5500, 9000)
    a, b = d * rng.randint(35, 65) // 100, c * rng.randint(35, 65) // 100
    share1, share, each = 100 * a / d, 100 * b / c, b / places
    ups = [rng.choice([True, False]) for _ in range(2)]
    signs = [rng.choice([-1, 1]) for _ in range(2)]
    half, mean = round(share) + 4 * signs[0], round(each) + 9 * signs[1]
    truths = [(b > a) == ups[0], share > half, (share > share1) == ups[1], each > mean]
    if not any(truths):
        return variant(rng)
    values = {f"k{n}": str(truth).lower() for n, truth in enumerate(truths, start=1)}
    values |= {f"v{n}": _SAID[truth] for n, truth in enumerate(truths, start=1)}
    counts = {"a": a, "b": b, "c": c, "d": d, "sum": a + b, "places": places}
    return (
        values
        | {name: vietnamese(number, 0) for name, number in counts.items()}
        | {
            "way1": _WAYS[ups[0]],
            "way3": _WAYS[ups[1]],
            "half": str(half),
            "mean": str(mean),
            "share": vietnamese(share, 1),
            "share1": vietnamese(share1, 1),
            "each": vietnamese(each, 1),
        }
    )
