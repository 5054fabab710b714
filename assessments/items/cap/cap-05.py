"""Variants of CAP-05: the money in a prepared plan of an agency under the Government."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, and ten of its rows of which four are wrong."""
    return values("money", "co-quan-chuyen-nganh", rng)
