"""Variants of CAP-57: the contents of a plan of a mountain province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which three of its contents build what the nation has."""
    return values("reuse", "tinh-mien-nui", rng)
