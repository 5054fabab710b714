"""Variants of CAP-19: the legal bases of the plan of a ministry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which three of its bases do not bind on the day."""
    return values("law", "bo-nganh-doc", rng)
