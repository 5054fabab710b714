"""Variants of QL1-08: how many more agencies need a department after mergers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.models.legal_validity import agencies_missing

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Each merger joins an agency that has the department with one that has not."""
    missing = 0
    while not missing:  # a target that is met already asks nothing
        mergers = rng.randint(2, 5)
        agencies = rng.randint(26, 46)
        having = rng.randint(mergers + 2, 12)
        target = rng.choice((50, 55, 60, 65, 70, 75, 80))
        missing = agencies_missing(having, agencies - mergers, target)
    return {
        "agencies": str(agencies),
        "having": str(having),
        "mergers": str(mergers),
        "target": str(target),
        "agencies_after": str(agencies - mergers),
        "needed": str(having + missing),
        "answer": str(missing),
    }
