"""What the tests of the KM1 and KM3 items share: drawing often, reading what is printed."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import assessments
from assessments.bank.item import Item, Variant, draw, mark, read_item
from courses.foundation.numerals import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEEDS = range(1000)
RARELY = 0.10  # share of seeds in which a constant or a wrong method may be right
FOLDER = Path(assessments.__file__).parent / "items"

Numbers = list[float]


@cache
def item(item_id: str) -> Item:
    """One item of the bank."""
    return read_item(FOLDER / item_id[:3].lower() / f"{item_id.lower()}.md")


@cache
def variants(item_id: str) -> list[Variant]:
    """The item as drawn under many seeds; a few show all of an item without a generator."""
    seeds = SEEDS if item(item_id).template else SEEDS[:5]
    return [draw(item(item_id), f"km/{seed}") for seed in seeds]


def numbers(text: str) -> Numbers:
    """Every number of a Vietnamese text, in order."""
    found = re.findall(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?", text)
    return [float(number.replace(".", "").replace(",", ".")) for number in found]


def bold(text: str) -> Numbers:
    """Every number in bold, in order."""
    return [n for part in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL) for n in numbers(part)]


def number_key(variant: Variant) -> tuple[float, float]:
    """The right number and its tolerance."""
    return float(variant.key.correct[0]), float(variant.key.tolerances[0])


def typed(value: float, places: int = 6) -> str:
    """A number as officials type it: a half is rounded up."""
    return str(rounded(Decimal(repr(value)), places)).replace(".", ",")


def right_in(item_id: str, method: Callable[[Numbers], float], places: int = 6) -> float:
    """The share of seeds in which ``method``, fed the numbers in bold, earns full marks."""
    drawn = variants(item_id)
    full = sum(
        mark(variant, typed(method(bold(variant.question.prompt)), places)).points == variant.points
        for variant in drawn
    )
    return full / len(drawn)


def commonest(item_id: str) -> float:
    """The greatest share of seeds that one constant answer gets right, tolerance included."""
    keys = [number_key(variant) for variant in variants(item_id)]
    tried = {key for key, _ in keys}
    best = max(sum(abs(key - one) <= slack for key, slack in keys) for one in tried)
    return best / len(keys)


def commonest_answer(item_id: str) -> float:
    """The same for items that are not one number, by what the right answer reads like."""
    answers = Counter(_read(variant) for variant in variants(item_id))
    return answers.most_common(1)[0][1] / len(variants(item_id))


def _read(variant: Variant) -> tuple[str, ...]:
    question, key = variant.question, variant.key
    if question.kind == "table":
        return key.correct
    texts = {option.id: option.text for option in question.options}
    targets = {target.id: target.text for target in getattr(question, "targets", ())}
    parts = (part.split("=") for part in key.correct)
    return tuple(sorted(texts[a] + "".join(targets[t] for t in b) for a, *b in parts))


def full_answer(variant: Variant) -> object:
    """The answer of a candidate who knows the key."""
    key = variant.key
    if key.kind in ("multiple", "ordering"):
        return list(key.correct)
    if key.kind in ("matching", "classification"):
        return dict(pair.split("=") for pair in key.correct)
    if key.kind == "table":
        return {cell: n.replace(".", ",") for cell, n in (p.split("=") for p in key.correct)}
    if key.kind == "decisions":
        best = (p.split("=")[0] for p in key.correct if Decimal(p.split("=")[1]) == 1)
        return dict(choice.split("/") for choice in best)
    return key.correct[0].replace(".", ",") if key.kind == "numeric" else key.correct[0]


def table_key(variant: Variant) -> Numbers:
    """The right numbers of a table, cell by cell."""
    return [float(pair.split("=")[1]) for pair in variant.key.correct]


def shown_rows(variant: Variant) -> list[Numbers]:
    """The numbers that a table shows, row by row."""
    return [numbers(" ".join(filter(None, row.cells))) for row in variant.question.rows]


def share_of_points(items: Sequence[Item], kinds: set[str]) -> float:
    """The share of all points that items of these kinds carry."""
    counted = sum(one.points for one in items if one.exercise.kind in kinds)
    return float(counted / sum(one.points for one in items))


def length_ranks(items: Sequence[Item]) -> list[int]:
    """For each single choice, how many of the other options are shorter than the key."""
    ranks = []
    for one in items:
        if one.exercise.kind == "single":
            key = next(len(option.text) for option in one.exercise.options if option.correct)
            ranks.append(sum(len(option.text) < key for option in one.exercise.options))
    return ranks


def decision_ranks(items: Sequence[Item]) -> list[str]:
    """For each step of a branching case, whether the decision worth all is the longest."""
    steps = [
        step.options
        for one in items
        if one.exercise.kind == "decisions"
        for step in one.exercise.steps.values()
    ]
    longest = (max(options, key=lambda option: len(option.text)) for options in steps)
    return ["longest" if option.credit == 1 else "other" for option in longest]
