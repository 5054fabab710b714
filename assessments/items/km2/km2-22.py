"""Variants of KM2-22: counting back from the day of signature to the day the draft goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw working days of each stage; the answer is the last day for the draft."""
    while True:
        asks = [rng.randint(4, 15) for _ in range(3)]
        mend, ahead, check, sign = (rng.randint(2, 5) for _ in range(4))
        after = mend + ahead + 1 + check + sign
        end = rng.randint(after + sum(asks) + 1, 75)
        if len(set(asks)) == len(asks):
            break
    return {
        **dict(zip("abc", map(str, asks), strict=True)),
        "mend": str(mend),
        "ahead": str(ahead),
        "check": str(check),
        "sign": str(sign),
        "end": str(end),
        "slow": str(max(asks)),
        "answer": str(end - after - max(asks)),
        "summed": str(end - after - sum(asks)),
        "fast": str(end - after - min(asks)),
    }
