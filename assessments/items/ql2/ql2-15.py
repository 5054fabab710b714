"""Variants of QL2-15: three months of a hosting contract with service credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_DAYS = (30, 31, 30)
_FULL, _SOME = 0.995, 0.99
_CREDITS = (0.0, 0.10, 0.25)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a fee and one month in each band; answers are per cent and million đồng."""
    fee = rng.choice([40, 48, 60, 72, 80])
    # Well inside the bands, so that rounding to two places cannot move a month into another.
    minutes = [rng.randrange(60, 180), rng.randrange(260, 400), rng.randrange(480, 900)]
    rng.shuffle(minutes)
    values = {"fee": str(fee)}
    for number, (lost, days) in enumerate(zip(minutes, _DAYS, strict=True), start=1):
        share = 1 - lost / (days * 24 * 60)
        values |= {f"m{number}": str(lost), f"s{number}": f"{100 * share:.2f}"}
        values[f"f{number}"] = f"{fee * _credit(share):.1f}"
    return values


def _credit(share: float) -> float:
    """Share of the monthly fee that is given back."""
    return _CREDITS[(share < _FULL) + (share < _SOME)]
