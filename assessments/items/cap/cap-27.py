"""Variants of CAP-27: the sums of years in a plan of a mountain province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which three of its sums are wrong."""
    return values("year", "tinh-mien-nui", rng)
