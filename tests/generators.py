"""What tests ask of any generator of numbers: who may not find the key, and how often.

A thousand variants are drawn from the generator itself; the numbers that a candidate sees are
read back from the prompt as it is shown.
"""

from __future__ import annotations

import random
import re
import statistics
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assessments.bank.item import Item

DRAWS = 1000
MOST = DRAWS // 10
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?|(?<![\w.,])\d+(?:,\d+)?")


def number(text: str) -> float:
    """A number as Vietnamese offices write it, or as a key holds it when it has no comma."""
    text = text.replace("−", "-")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text) or "," in text:
        text = text.replace(".", "").replace(",", ".")
    return float(text)


def variants(item: Item) -> list[dict[str, str]]:
    """The values of DRAWS variants."""
    assert item.template is not None
    return [item.template.variant(random.Random(seed)) for seed in range(DRAWS)]  # noqa: S311


def shown(item: Item, values: dict[str, str]) -> list[float]:
    """The numbers of the prompt, as this variant shows them."""
    assert item.template is not None
    prompt = re.sub(r"\{\{(\w+)\}\}", lambda place: values[place[1]], item.template.data["prompt"])
    return [number(found) for found in _NUMBER.findall(prompt)]


HEURISTICS: dict[str, Callable[[list[float]], float]] = {
    "largest": max,
    "smallest": min,
    "middle": statistics.median,
    "mean": statistics.mean,
    "sum": sum,
    "first": lambda numbers: numbers[0],
    "last": lambda numbers: numbers[-1],
    "difference of the two largest": lambda numbers: max(numbers) - sorted(numbers)[-2],
}


def easy_ways(
    item: Item, drawn: Iterable[dict[str, str]], tolerance: float, traps: Iterable[str]
) -> dict[str, int]:
    """How often each way of not solving it is right: heuristics, named mistakes, one constant."""
    hits: Counter[str] = Counter()
    answers = []
    for values in drawn:
        key, numbers = float(values["answer"]), shown(item, values)
        answers.append(key)
        guesses = {name: guess(numbers) for name, guess in HEURISTICS.items()}
        guesses |= {trap: number(values[trap]) for trap in traps}
        hits.update(name for name, guess in guesses.items() if abs(guess - key) <= tolerance)
    hits["one constant"] = best_constant(answers, tolerance)
    return hits


def best_constant(answers: Iterable[float], tolerance: float) -> int:
    """How many answers the luckiest constant meets: most of them in a window of two tolerances."""
    ordered = sorted(answers)
    width = 2 * tolerance + 1e-9
    return max(bisect_right(ordered, low + width) - place for place, low in enumerate(ordered))
