"""Variants of CAP-13: the yearly results in a plan of a coastal industrial city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which three of its paths are wrong."""
    return values("path", "thanh-pho-cang", rng)
