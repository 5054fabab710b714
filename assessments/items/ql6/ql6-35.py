"""Variants of QL6-35: days from the first draft to the day on which a decision binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_BEFORE_FORCE = 10  # days from signing, Luật 64/2025/QH15, Điều 53


def variant(rng: random.Random) -> dict[str, str]:
    """Draw days; the parallel steps differ and neither takes the ten days of the law."""
    while True:
        draft, review, sign = rng.randint(15, 40), rng.randint(11, 20), rng.randint(5, 14)
        opinions, effects = rng.randint(20, 45), rng.randint(14, 40)
        if opinions != effects:
            break
    longer = max(opinions, effects)
    signed = draft + longer + review + sign
    days = {"draft": draft, "opinions": opinions, "effects": effects, "longer": longer}
    days |= {"review": review, "sign": sign, "answer": signed + _BEFORE_FORCE, "at_once": signed}
    days |= {"in_turn": signed + min(opinions, effects) + _BEFORE_FORCE}
    return {name: str(number) for name, number in days.items()}
