"""Hiding people in a crowd: what is told of each is so coarse that enough others share it.

k-anonymity by local recoding (Samarati 2001), with a crowd also required to be of more than one
result: where all failed, the crowd itself tells (Machanavajjhala et al. 2007, l-diversity).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from courses.foundation.errors import DisclosureError

if TYPE_CHECKING:
    from collections.abc import Sequence

MINIMUM = 10
# From the most told to the least; a column that is not named is left empty.
LEVELS: tuple[tuple[str, ...], ...] = (
    ("agency_type", "unit_model", "province", "attempt"),
    ("agency_type", "unit_model", "attempt"),
    ("agency_type", "attempt"),
    ("attempt",),
    (),
)


def coarsen(persons: pd.DataFrame, result: pd.Series[str], minimum: int = MINIMUM) -> pd.DataFrame:
    """Tell of each person only what at least ``minimum`` people of several results share.

    Args:
        persons: columns as ``schema.PERSONS``, one row a person and sitting.
        result: what must not be learnt of anybody, by the same index.
        minimum: the smallest crowd.

    Returns:
        The same rows; ``agency`` is empty everywhere, since one agency is often one person.

    Raises:
        DisclosureError: when there are fewer than ``minimum`` people, or all have one result.
    """
    told = persons.astype(dict.fromkeys(LEVELS[0], "object"))
    told["agency"] = pd.NA
    left = persons.index
    for level, after in zip(LEVELS, (*LEVELS[1:], None), strict=True):
        crowds = _crowds(persons.loc[left], level)
        good = [crowd for crowd in crowds if _hides(crowd, result, minimum)]
        good.sort(key=len, reverse=True)
        rest = left.difference(_all(good))
        if after is None and len(rest):
            raise DisclosureError(f"dưới {minimum} người hoặc cùng một kết quả; không xuất được")
        # Who is left would be a crowd too small: the smallest crowds go on with them.
        while len(rest) and good and not _hides(rest, result, minimum):
            rest = rest.union(good.pop())
        hidden = [name for name in LEVELS[0] if name not in level]
        told.loc[_all(good), hidden] = pd.NA
        left = rest
    return told


def _crowds(persons: pd.DataFrame, level: Sequence[str]) -> list[pd.Index[int]]:
    if persons.empty:
        return []
    if not level:
        return [persons.index]
    return [crowd.index for _, crowd in persons.groupby(list(level), dropna=False)]


def _hides(crowd: pd.Index[int], result: pd.Series[str], minimum: int) -> bool:
    return len(crowd) >= minimum and len(set(result.loc[crowd])) > 1


def _all(crowds: Sequence[pd.Index[int]]) -> pd.Index[int]:
    members: pd.Index[int] = pd.Index([], dtype="int64")
    for crowd in crowds:
        members = members.union(crowd)
    return members
