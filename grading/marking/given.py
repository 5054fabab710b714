"""What was given to scripts, as the figures on marking take it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from grading.marking.allocation import Key

PAIR = 2


@dataclass(frozen=True)
class Given:
    """One mark: first (1) or second (2), the levels, and their share of the item's points.

    ``known`` is the share that a seed is worth, None for a candidate's script; ``place`` tells
    apart what was given at one time.
    """

    key: Key
    marker: str
    round: int
    levels: Mapping[str, int]
    share: float
    at: datetime
    place: int = 0
    known: float | None = field(default=None)


def both(marks: Iterable[Given]) -> list[tuple[Given, Given]]:
    """First and second mark of every script that has both, by item and code."""
    found: defaultdict[Key, dict[int, Given]] = defaultdict(dict)
    for mark in marks:
        if mark.known is None and mark.round <= PAIR:
            found[mark.key][mark.round] = mark
    return [(two[1], two[PAIR]) for _, two in sorted(found.items()) if len(two) == PAIR]


def by_pair(marks: Iterable[Given]) -> dict[tuple[str, str], list[tuple[Given, Given]]]:
    """The same by two markers in alphabetical order, whoever of them came first."""
    found: defaultdict[tuple[str, str], list[tuple[Given, Given]]] = defaultdict(list)
    for one, other in both(marks):
        two = sorted((one, other), key=lambda mark: mark.marker)
        found[two[0].marker, two[1].marker].append((two[0], two[1]))
    return dict(sorted(found.items()))
