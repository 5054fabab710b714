"""The balance of a competency's items: not all arithmetic, not all one document, and in force.

Kinds stand for what is asked: numbers and tables of numbers are arithmetic, a branching case
is judgement under pressure, an essay is writing.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from courses.law import binding_in_force
from courses.lint import Fault
from courses.sources import citations, the_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item

ARITHMETIC = frozenset({"numeric", "table", "code"})
MOST_ARITHMETIC = 0.35  # share of a competency's points
MOST_OF_ONE = 0.30  # share of its items that may cite one document
MANDATE = "55/BTTTT-ƯDCNTT"
"""It lays down the competency itself, so every item rests on it: not a document like others."""


def lint_balance(bank: Bank, texts: Mapping[str, str], on: date) -> Iterator[Fault]:
    """Warn of each competency whose live items are out of balance.

    Args:
        bank: the items.
        texts: the text of each item file by the item's id, with its citations.
        on: the day on which the law must hold.
    """
    live = [item for _, item in sorted(bank.items.items()) if item.status == "live"]
    for competency, group in groupby(live, key=lambda item: item.competency):
        items = [item for item in group if item.competency != "CAP"]
        for words in _unbalanced(items, texts, on) if items else ():
            yield Fault(Path(competency), "BALANCE", words, serious=False)


def _unbalanced(items: Sequence[Item], texts: Mapping[str, str], on: date) -> Iterator[str]:
    arithmetic = sum(item.points for item in items if item.exercise.kind in ARITHMETIC)
    share = float(arithmetic / sum(item.points for item in items))
    if share > MOST_ARITHMETIC:
        yield f"{share:.0%} số điểm là phép tính, nhiều nhất {MOST_ARITHMETIC:.0%}"
    for source, count in _documents(items, texts).most_common():
        if count > MOST_OF_ONE * len(items):
            words = f"{count}/{len(items)} câu dựa vào {source}, nhiều nhất {MOST_OF_ONE:.0%}"
            yield words
    if not any(binding_in_force(texts.get(item.id, ""), the_sources(), on) for item in items):
        yield "không câu nào dựa vào văn bản quy phạm đang có hiệu lực"
    kinds = {item.exercise.kind for item in items}
    yield from (f"không có câu {name}" for kind, name in _WANTED.items() if kind not in kinds)


_WANTED = {"decisions": "quyết định trong tình huống (decisions)", "essay": "viết (essay)"}


def _documents(items: Sequence[Item], texts: Mapping[str, str]) -> Counter[str]:
    """How many of ``items`` rest on each document."""
    cited = ({c.source for c in citations(texts.get(item.id, "")) if c.live} for item in items)
    return Counter(source for sources in cited for source in sources - {MANDATE})
