"""Mutable values that went between the processes, and whether they still are what went over.

A copy is as good as the thing itself only while neither changes, or nobody looks at it again: what
this finds changed makes a split test another test. Both sides keep such a list of their own and
count alike, so that a number means the same value on both.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container

_FIXED = (bool, int, float, str, bytes, complex, type(None))
_MOST = 2_000  # values watched in one test
_OURS = 3  # references to a value that nobody else holds: the pair, the loop, the count itself


class Crossings:
    """Values and their forms when they last went over, by number."""

    def __init__(self, encode: Callable[[Any], Any]) -> None:
        self._encode = encode
        self._kept: dict[int, tuple[Any, Any]] = {}
        self._count = 0

    def keep(self, value: Any) -> int:
        """Watch ``value`` as it is now; its number."""
        self._count += 1
        fixed = isinstance(value, _FIXED) or callable(value)
        if not fixed and len(self._kept) < _MOST:
            self._kept[self._count] = value, self._encode(value)
        return self._count

    def renew(self, number: int) -> Any:
        """Take the value for what it has become on both sides; its form if that is another."""
        if number not in self._kept:
            return None
        value, before = self._kept[number]
        now = self._encode(value)
        self._kept[number] = value, now
        return now if now != before else None

    def held(self) -> list[int]:
        """Numbers of the values that somebody besides this list still holds."""
        return [n for n, (value, _form) in self._kept.items() if sys.getrefcount(value) > _OURS]

    def changed(self, among: Container[int] | None = None) -> bool:
        """Whether any has changed since it went over, of those numbers or of all."""
        return any(
            self._encode(value) != form
            for number, (value, form) in self._kept.items()
            if among is None or number in among
        )

    def clear(self) -> None:
        """Watch nothing any more."""
        self._kept.clear()
        self._count = 0
