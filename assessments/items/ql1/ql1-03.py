"""Variants of QL1-03: the share of departments with a centre after mergers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.legal_validity import share

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Mergers take a department and a centre each."""
    mergers = rng.randint(2, 4)
    agencies = rng.randint(15, 14 + mergers)
    centres = rng.randint(2 * mergers, 12)
    part = share(centres - mergers, agencies - mergers)
    return {
        "agencies": str(agencies),
        "centres": str(centres),
        "mergers": str(mergers),
        "agencies_after": str(agencies - mergers),
        "centres_after": str(centres - mergers),
        "shown": vietnamese(part, 2),
        "answer": exact(part),
    }
