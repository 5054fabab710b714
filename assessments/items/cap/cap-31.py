"""Variants of CAP-31: the money of projects in a plan of a merged province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.plans.audit import values

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """The plan, of which two of its projects are wrong."""
    return values("project", "tinh-sap-nhap", rng)
