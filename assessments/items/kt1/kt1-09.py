"""Variants of KT1-09: three lines of a risk register, scored and treated."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.risk import Risk

if TYPE_CHECKING:
    import random

_SCORES = ((3, 4), (4, 4), (2, 5), (3, 5), (4, 5), (3, 3), (5, 3), (4, 2))
_EFFECTS = (30, 40, 60, 70, 80)  # never a half: what is left must differ from what is removed


def variant(rng: random.Random) -> dict[str, str]:
    """Draw scores and effects of three lines; answers in points."""
    values: dict[str, str] = {}
    left = []
    drawn = zip(rng.sample(_SCORES, 3), rng.sample(_EFFECTS, 3), strict=True)
    for number, ((likelihood, impact), effect) in enumerate(drawn, start=1):
        risk = Risk(str(number), likelihood, impact, 0, effect / 100)
        left.append(risk.exposure - risk.reduction)
        values |= {f"l{number}": str(likelihood), f"i{number}": str(impact)}
        values |= {f"e{number}": str(effect), f"x{number}": str(risk.exposure)}
        values |= {f"d{number}": f"{risk.reduction:.1f}", f"r{number}": f"{left[-1]:.1f}"}
    return values | {"total": vietnamese(fsum(left), 1)}
