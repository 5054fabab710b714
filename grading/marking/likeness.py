"""Two markers who are more alike than independent markers are: the same levels, the same minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from scipy.special import bdtrc

from grading.marking.given import by_pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grading.marking.given import Given

FEWEST = 10
"""Scripts of two markers in common, and of others to compare with, below which nothing is said."""
SUSPECT_P = 0.001
"""Probability, over all pairs together, below which the lead is to look into a pair."""
TOGETHER = timedelta(minutes=2)
"""Two marks of one script within it were given together: queues of markers differ in order."""


@dataclass(frozen=True)
class Alike:
    """How often something is so of ``n`` scripts, and of those of markers who share neither.

    ``p`` is the probability of as many among independent markers (binomial, Bonferroni over
    pairs); None where too few scripts can be compared.
    """

    count: int
    n: int
    usual: float | None = None
    p: float | None = None


@dataclass(frozen=True)
class Likeness:
    """Two markers: scripts with the same level on every criterion, and marked together."""

    one: str
    other: str
    same: Alike
    together: Alike

    @property
    def suspect(self) -> bool:
        """Whether the lead is to look into it."""
        found = (self.same.p, self.together.p)
        return any(p is not None and p < SUSPECT_P for p in found)


def likenesses(marks: Sequence[Given]) -> list[Likeness]:
    """Every two markers who have scripts in common, by name.

    A pair is compared with the pairs in which neither of the two is, so that one who copies
    from many does not become the measure; with three markers, with the other pairs.
    """
    pairs = by_pair(marks)
    same = {key: [_same(*two) for two in found] for key, found in pairs.items()}
    together = {key: [_together(*two) for two in found] for key, found in pairs.items()}
    return [Likeness(*key, _alike(key, same), _alike(key, together)) for key in pairs]


def _same(one: Given, other: Given) -> bool:
    return dict(one.levels) == dict(other.levels)


def _together(one: Given, other: Given) -> bool:
    return abs(one.at - other.at) <= TOGETHER


def _alike(key: tuple[str, str], seen: Mapping[tuple[str, str], Sequence[bool]]) -> Alike:
    count, n = sum(seen[key]), len(seen[key])
    apart = [found for pair, found in seen.items() if not set(pair) & set(key)]
    apart = apart or [found for pair, found in seen.items() if pair != key]
    others = [one for found in apart for one in found]
    if min(n, len(others)) < FEWEST:
        return Alike(count, n)
    usual = (sum(others) + 1) / (len(others) + 2)  # never 0 or 1: so few have been seen
    as_often = float(bdtrc(count - 1, n, usual)) if count else 1.0
    p = min(1.0, as_often * len(seen))
    return Alike(count, n, usual, p)
