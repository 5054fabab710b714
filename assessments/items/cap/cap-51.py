"""Variants of CAP-51: the benefits in a plan of a merged province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which three of its benefits are wrong."""
    return values("benefit", "tinh-sap-nhap", rng)
