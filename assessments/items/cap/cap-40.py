"""Variants of CAP-40: the bases of goals in the plan of a Government agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which three of its goals are wrong."""
    return values("base", "co-quan-chuyen-nganh", rng)
