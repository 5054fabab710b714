"""Variants of QL6-06: from counts of findings to the share of agencies without any."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.staffing import ARTICLES, Degree, Unit, review, tally

if TYPE_CHECKING:
    import random
    from collections.abc import Collection

_DAY = date(2024, 12, 31)
_PATTERNS = [set(chosen) for size in (1, 2, 3) for chosen in combinations(ARTICLES, size)]


def variant(rng: random.Random) -> dict[str, str]:
    """A roster with known overlaps; the counts are read off the model's review of it."""
    roster = [_unit(()) for _ in range(rng.randint(7, 22))]
    for pattern in _PATTERNS:
        most = 4 if len(pattern) == 1 else 2
        roster += [_unit(pattern) for _ in range(rng.randint(1, most))]
    counts = tally(roster, _DAY)
    sizes = [len(review(unit, _DAY)) for unit in roster]
    share = 100 * counts["đạt"] / len(roster)
    return {
        "total": str(len(roster)),
        "degree": str(counts["Điều 4"]),
        "place": str(counts["Điều 5"]),
        "letter": str(counts["Điều 10.2a"]),
        "two": str(sizes.count(2)),
        "three": str(sizes.count(3)),
        "findings": str(sum(sizes)),
        "wrong_units": str(len(roster) - counts["đạt"]),
        "met": str(counts["đạt"]),
        "answer": exact(share),
        "shown": vietnamese(share, 1),
    }


def _unit(broken: Collection[str]) -> Unit:
    return Unit(
        "đơn vị",
        "sở",
        Degree("cao đẳng" if "Điều 4" in broken else "đại học", "CNTT", "chính quy"),
        "Phòng Kế hoạch" if "Điều 5" in broken else "Văn phòng",
        "chưa có" if "Điều 10.2a" in broken else "đã gửi Sở",
    )
