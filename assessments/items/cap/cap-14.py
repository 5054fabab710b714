"""Variants of CAP-14: the yearly results in the plan of a ministry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which three of its paths are wrong."""
    return values("path", "bo-nganh-doc", rng)
