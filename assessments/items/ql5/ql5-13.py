"""Variants of QL5-13: threats that slack absorbs one by one but not together."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.critical_path import Activity, Threat, chance_by

if TYPE_CHECKING:
    import random

_CHANCES = (range(10, 36, 5), range(40, 66, 5), range(30, 56, 5), range(60, 86, 5))  # per cent
_CRITICAL = 12  # weeks of D; what matters is only how much longer it takes than C and E


def variant(rng: random.Random) -> dict[str, str]:
    """Draw chances (per cent) and delays (weeks); the answer is the chance to be in time."""
    chances = [rng.choice(c) for c in _CHANCES]
    slack = rng.choice([3, 4])
    delays = [rng.choice([1, 2, 3]), slack - rng.choice([0, 1]), rng.choice([2, 3]), 4]
    project = (
        Activity("C", "Hạ tầng", _CRITICAL - slack),
        Activity("D", "Phần mềm", _CRITICAL),
        Activity("E", "Dữ liệu", _CRITICAL - 5),
    )
    threats = [
        Threat(code, chance / 100, weeks)
        for code, chance, weeks in zip("DCCE", chances, delays, strict=True)
    ]
    percent = 100 * chance_by(project, threats, _CRITICAL)
    numbers = {f"p{n}": chance for n, chance in enumerate(chances, start=1)}
    numbers |= {f"w{n}": weeks for n, weeks in enumerate(delays[:3], start=1)}
    return {name: str(number) for name, number in numbers.items()} | {
        "slack": str(slack),
        "answer": exact(percent),
        "shown": vietnamese(percent, 1),
        "trap": vietnamese(100 * prod(1 - threat.chance for threat in threats), 1),
    }
