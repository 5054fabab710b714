"""Variants of QL4-29: three projects, each basic, full or left out, under a cap."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

_LETTERS = "DEG"
_NAMES = {1: "cơ bản", 2: "đầy đủ"}
_CLEAR = 0.4  # tỷ đồng between the best choice and any other, far above the tolerance

Table = dict[tuple[str, int], tuple[int, float]]


def variant(rng: random.Random) -> dict[str, str]:
    """Draw capitals and NPVs in tỷ đồng until habit fails and one choice is clearly best."""
    while True:
        table = _table(rng)
        cap = rng.randrange(40, 73)
        ranked = sorted(_choices(table, cap))
        (second, _), (value, best) = ranked[-2:]
        ratio = _taken(table, cap, sorted(table, key=lambda v: -table[v][1] / table[v][0]))
        largest = _taken(table, cap, sorted(table, key=lambda v: -table[v][1]))
        if min(value - second, value - ratio, value - largest) >= _CLEAR:
            break
    numbers = {f"c{letter.lower()}{n}": str(table[letter, n][0]) for letter, n in table}
    numbers |= {f"v{k.lower()}{n}": vietnamese(table[k, n][1], 1) for k, n in table}
    return numbers | {
        "cap": str(cap),
        "best": ", ".join(f"{letter} bản {_NAMES[n]}" for letter, n in best),
        "spent": str(sum(table[version][0] for version in best)),
        "answer": exact(value),
        "shown": vietnamese(value, 1),
        "ratio": vietnamese(ratio, 1),
        "largest": vietnamese(largest, 1),
    }


def _table(rng: random.Random) -> Table:
    """Capital and NPV of both versions of each project; the full one costs and brings more."""
    table: Table = {}
    for letter in _LETTERS:
        capital, value = rng.randint(10, 20), rng.randint(25, 60) / 10
        table[letter, 1] = (capital, value)
        table[letter, 2] = (capital + rng.randint(8, 18), value + rng.randint(14, 56) / 10)
    return table


def _choices(table: Table, cap: int) -> Iterable[tuple[float, tuple[tuple[str, int], ...]]]:
    for versions in product((0, 1, 2), repeat=len(_LETTERS)):
        taken = tuple((k, n) for k, n in zip(_LETTERS, versions, strict=True) if n)
        if sum(table[version][0] for version in taken) <= cap:
            yield sum(table[version][1] for version in taken), taken


def _taken(table: Table, cap: int, order: Iterable[tuple[str, int]]) -> float:
    """NPV when versions are taken in an order, one of each project, while money lasts."""
    value, done = 0.0, set()
    for letter, n in order:
        capital, worth = table[letter, n]
        if letter not in done and capital <= cap:
            cap, value = cap - capital, value + worth
            done.add(letter)
    return value
