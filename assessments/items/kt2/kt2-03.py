"""Variants of KT2-03: Little's law, time in the office from files in it and files out a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw staff, files a person a day and files inside; the answer is in working days."""
    staff, each = rng.randint(3, 9), rng.randint(4, 11)
    out = staff * each
    inside = round(out * rng.uniform(2.2, 9.5))
    return {
        "staff": str(staff),
        "each": str(each),
        "out": str(out),
        "inside": str(inside),
        "answer": exact(inside / out),
        "shown": vietnamese(inside / out, 1),
        "by_staff": vietnamese(inside / staff, 1),
        "one": vietnamese(inside / each, 1),
    }
