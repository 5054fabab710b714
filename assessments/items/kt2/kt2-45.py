"""Variants of KT2-45: the share of files in time once every file takes some days less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_DAYS = 8  # columns of the table


def variant(rng: random.Random) -> dict[str, str]:
    """Draw files by days; the answer is a share of them in per cent."""
    first, cut = rng.randint(6, 12), rng.randint(1, 2)
    counts = [rng.randint(15, 90) for _ in range(_DAYS)]
    place = rng.randint(1, _DAYS - 2 * cut - 2)  # the last column in time today
    total, days = sum(counts), range(first, first + _DAYS)
    before, after, twice = (
        100 * sum(counts[: place + more + 1]) / total for more in (0, cut, 2 * cut)
    )
    return {
        **{f"d{number}": str(day) for number, day in enumerate(days, start=1)},
        **{f"n{number}": str(count) for number, count in enumerate(counts, start=1)},
        "limit": str(days[place]),
        "cut": str(cut),
        "reach": str(days[place] + cut),
        "total": str(total),
        "ontime": str(sum(counts[: place + cut + 1])),
        "answer": exact(after),
        "shown": vietnamese(after, 1),
        "before": vietnamese(before, 1),
        "gained": vietnamese(after - before, 1),
        "doubled": vietnamese(twice, 1),
    }
