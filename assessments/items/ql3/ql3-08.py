"""Variants of QL3-08: two straight paths, of which one sets out a year later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.target_path import Target, linear_path

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Whole bases and paces; the second path has four years, the first one five."""
    base1, pace1 = rng.randint(15, 35), rng.randint(8, 12)
    base2, pace2 = rng.randint(4, 20), rng.randint(13, 18)
    first = Target("M1", "đường truyền", base1, base1 + 5 * pace1, 2025, 2030)
    second = Target("M2", "dùng lại dữ liệu", base2, base2 + 4 * pace2, 2026, 2030)
    path1, path2 = linear_path(first), linear_path(second)
    values = {f"m1_{year}": f"{path1[year]:g}" for year in (2026, 2027, 2028, 2029)}
    values |= {f"m2_{year}": f"{path2[year]:g}" for year in (2027, 2028, 2029)}
    ends = {"m1_base": base1, "m1_goal": first.goal, "m2_base": base2, "m2_goal": second.goal}
    paces = {"pace1": first.pace, "pace2": second.pace}
    return values | {name: vietnamese(value, 0) for name, value in (ends | paces).items()}
