"""Variants of CAP-21: the sources of money in a plan of a merged province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which two of its lines are wrong."""
    return values("source", "tinh-sap-nhap", rng)
