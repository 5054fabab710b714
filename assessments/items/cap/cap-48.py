"""Variants of CAP-48: what serves no goal in a plan of a coastal industrial city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which two of its lines are wrong."""
    return values("idle", "thanh-pho-cang", rng)
