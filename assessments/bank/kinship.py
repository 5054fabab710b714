"""Items that may answer each other, found by what they share; contradicting keys."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from assessments.bank.bank import enemies
from assessments.bank.finding import Finding
from courses.kinds.phrases import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item

ALIKE = 0.15  # share of three-word runs in common from which two items may answer each other
_RUN = 3
_LETTERS = re.compile(r"[^\W\d_]+")


def suggested_enemies(bank: Bank) -> list[tuple[str, str, float]]:
    """Pairs not declared enemies that share outcome or source and much of their wording.

    Returns:
        Id, id and the share of three-word runs in common (Jaccard), the most alike first.
    """
    known = enemies(bank)
    items = [item for _, item in sorted(bank.items.items()) if item.status != "retired"]
    runs = {item.id: _runs(item) for item in items}
    found = [
        (one.id, other.id, _alike(runs[one.id], runs[other.id]))
        for one, other in combinations(items, 2)
        if _related(one, other) and other.id not in known[one.id]
    ]
    return sorted((pair for pair in found if pair[2] >= ALIKE), key=lambda pair: -pair[2])


def contradictions(bank: Bank) -> Iterator[Finding]:
    """Facts that two items state differently; authors name a fact and its value in ``facts``."""
    stated: dict[str, tuple[str, str]] = {}
    for item_id, item in sorted(bank.items.items()):
        for name, value in item.facts.items():
            first, before = stated.setdefault(name, (item_id, value))
            if comparable(before) != comparable(value):
                text = f"“{name}” là “{value}”, còn {first} ghi “{before}”"
                yield Finding(item_id, "CONTRADICTION", text)


def _related(one: Item, other: Item) -> bool:
    return one.outcome == other.outcome or bool(set(one.sources) & set(other.sources))


def _runs(item: Item) -> frozenset[tuple[str, ...]]:
    text = item.exercise.prompt + " " + " ".join(_option_texts(item))
    words = _LETTERS.findall(comparable(text))
    return frozenset(zip(*(words[start:] for start in range(_RUN)), strict=False))


def _option_texts(item: Item) -> list[str]:
    exercise: Any = item.exercise
    options = getattr(exercise, "options", ()) or getattr(exercise, "entries", ())
    return [option.text for option in options]


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
