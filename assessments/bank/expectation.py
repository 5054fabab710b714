"""What an item is expected to be like before anybody meets it: how easy, and how long to read.

Easiness is what sittings have shown of this very version once enough have answered; until then
the author's rating; without one a convention by depth, raised by what guessing earns. Which of
the three it was is always said beside the number.
"""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from assessments.bank.statistics import REPORT_FROM
from courses.foundation.content import Content

if TYPE_CHECKING:
    from assessments.bank.item import Item
    from assessments.bank.statistics import ItemStatistics

Basis = Literal["observed", "author", "depth"]
BASIS_NAMES: dict[Basis, str] = {
    "observed": "số liệu các kỳ",
    "author": "người ra đề",
    "depth": "mức nhận thức",
}
# Share of candidates at the cut who are taken to master an item of a depth: a convention, no
# measurement; it gives way to the first figure that is better founded.
_MASTER = {"biết": "0.80", "hiểu": "0.70", "vận dụng": "0.60", "phân tích": "0.50"}
_TOLD = frozenset({"prompt", "text", "name", "label", "columns", "rows"})  # what a trainee reads


class Expectation(Content):
    """The mean share of its points that an item is expected to give, and what says so."""

    share: Decimal = Field(ge=0, le=1)
    basis: Basis
    answers: int = Field(default=0, ge=0)


def expectation(item: Item, known: ItemStatistics | None = None) -> Expectation:
    """How easy ``item`` is expected to be, given what is known of it from sittings."""
    shown = known.of_version(item.version) if known else None
    if shown and shown.answers >= REPORT_FROM and shown.difficulty is not None:
        share = Decimal(str(round(shown.difficulty, 4)))
        return Expectation(share=share, basis="observed", answers=shown.answers)
    if item.expected is not None:
        return Expectation(share=item.expected, basis="author")
    master = Decimal(_MASTER[item.depth])
    share = master + (1 - master) * _guessed(first(item))
    return Expectation(share=round(share, 4), basis="depth")


def reading(question: Any) -> int:
    """Words that a trainee must read to answer a question."""
    return _words(question.model_dump(mode="json"), told=False)


def first(item: Item) -> Any:
    """The question of the item as it stands, or of its first variant."""
    return item.exercise.present(item.id, random.Random(0))[0]  # noqa: S311 - no secret


def _guessed(question: Any) -> Decimal:
    """The share that one guess among the options offered earns on average."""
    offered = {"single": "options", "matching": "targets", "classification": "targets"}
    among = getattr(question, offered.get(question.kind, ""), ())
    return Decimal(1) / len(among) if among else Decimal(0)


def _words(value: Any, *, told: bool) -> int:
    if isinstance(value, str):
        return len(value.split()) if told else 0
    if isinstance(value, dict):
        return sum(_words(v, told=told or k in _TOLD) for k, v in value.items() if k != "id")
    return sum(_words(one, told=told) for one in value) if isinstance(value, list) else 0
