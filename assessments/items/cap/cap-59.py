"""Variants of CAP-59: the contents of the plan of a ministry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which three of its contents build what the nation has."""
    return values("reuse", "bo-nganh-doc", rng)
