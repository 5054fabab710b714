"""Variants of KM3-EN08: which of four dates in a letter is the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_MONTHS = {10: "October", 11: "November"}
_PHRASES = ("no later than", "not later than", "by the close of business on", "at the latest on")


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a letter with four dates; the deadline lies before the board's meeting."""
    m = rng.choice(list(_MONTHS))
    sent = rng.randint(2, 6)
    d = sent + rng.randint(8, 16)
    return {
        "d": str(d),
        "m": str(m),
        "month": _MONTHS[m],
        "sent": f"{sent} {_MONTHS[m]}",
        "board": f"{d + rng.randint(2, 6)} {_MONTHS[m]}",
        "end": f"{rng.randint(10, 30)} December",
        "phrase": rng.choice(_PHRASES),
    }
