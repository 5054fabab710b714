"""Variants of QL4-02: what an obligation costs, the best list against the best list with it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_LETTERS = "MNPQR"
_MUST = "Q"
_CLEAR = 0.2  # tỷ đồng between the key and what a wrong way gives, and between best and second

Money = dict[str, float]


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five projects and a cap so that the free list leaves Q out; all in tỷ đồng."""
    while True:
        capital = {letter: float(rng.randrange(10, 34, 2)) for letter in _LETTERS}
        worth = {letter: rng.randrange(36, 118, 1) / 10 for letter in _LETTERS}
        worth[_MUST] = rng.randrange(4, 24) / 10
        cap = rng.randrange(46, 76, 2)
        lists = [one for one in _lists() if _sum(one, capital) <= cap]
        free, second = sorted(lists, key=lambda one: -_sum(one, worth))[:2]
        bound = max((one for one in lists if _MUST in one), key=lambda one: _sum(one, worth))
        lost = _sum(free, worth) - _sum(bound, worth)
        ratio = _by_ratio(capital, worth, cap)
        wrong = {
            "capital": capital[_MUST],
            "dropped": _sum([one for one in free if one not in bound], worth),
            "ranked": _sum(ratio, worth) - _sum(bound, worth),
        }
        apart = min(abs(lost - other) for other in wrong.values())
        sole = _sum(free, worth) - _sum(second, worth)
        if _MUST not in free and min(apart, sole) > _CLEAR:
            break
    values = {"cap": str(cap), "answer": exact(lost), "shown": vietnamese(lost, 1)}
    for letter in _LETTERS:
        name = letter.lower()
        values |= {f"c_{name}": f"{capital[letter]:.0f}", f"v_{name}": vietnamese(worth[letter], 1)}
    for name, one in (("free", free), ("bound", bound), ("ratio", ratio)):
        values |= {name: ", ".join(one), f"{name}_worth": vietnamese(_sum(one, worth), 1)}
        values[f"{name}_capital"] = f"{_sum(one, capital):.0f}"
    values |= {name: vietnamese(money, 1) for name, money in wrong.items()}
    return values | {"capital": f"{capital[_MUST]:.0f}"}


def _lists() -> list[tuple[str, ...]]:
    return [one for count in range(1, 6) for one in combinations(_LETTERS, count)]


def _sum(letters: tuple[str, ...] | list[str], money: Money) -> float:
    return sum(money[letter] for letter in letters)


def _by_ratio(capital: Money, worth: Money, cap: int) -> tuple[str, ...]:
    """The list that takes the highest NPV for its capital first, while money lasts."""
    taken: list[str] = []
    for letter in sorted(_LETTERS, key=lambda one: -worth[one] / capital[one]):
        if _sum([*taken, letter], capital) <= cap:
            taken.append(letter)
    return tuple(sorted(taken))
