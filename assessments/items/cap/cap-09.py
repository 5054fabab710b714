"""Variants of CAP-09: the goals in the plan of a ministry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which three of its goals are wrong."""
    return values("trace", "bo-nganh-doc", rng)
