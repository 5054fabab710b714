"""Variants of KM2-23: commitments kept on time, of those that have fallen due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 0.5  # points between the share of the whole and the mean of the three


def variant(rng: random.Random) -> dict[str, str]:
    """Draw commitments of three agencies; the answers are four shares in per cent."""
    while True:
        rows: list[tuple[int, ...]] = []
        for _ in range(3):
            due = rng.randint(6, 24)
            kept = rng.randint(due // 3, due - 2)
            late = rng.randint(0, due - kept - 1)
            waiting = rng.randint(2, 9)
            rows.append((due + waiting, waiting, kept, late))
        rows.append(tuple(map(sum, zip(*rows, strict=True))))
        shares = [100 * kept / (signed - waiting) for signed, waiting, kept, _ in rows]
        mean = sum(shares[:3]) / 3
        if abs(mean - shares[3]) > _CLEAR:
            break
    values = {"shown": vietnamese(shares[3], 1), "mean": vietnamese(mean, 1)}
    for place, (row, share) in enumerate(zip(rows, shares, strict=True), start=1):
        values |= {f"{mark}{place}": str(n) for mark, n in zip("nzxy", row, strict=True)}
        values[f"r{place}"] = exact(share)
    return values
