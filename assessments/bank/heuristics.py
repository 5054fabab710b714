"""What wins without knowing: constants, named wrong methods and shortcuts over variants."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from courses.foundation.numerals import readings, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assessments.bank.item import Item, Variant

OFTEN = 0.1  # share of variants in which one constant, method or shortcut may be right
_PLACES = 2  # at which keys without a precision are grouped
_LIKELY = 4  # rounded keys that are tried as constants
_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


def shortcuts(item: Item, variants: Sequence[Variant]) -> Iterator[tuple[str, float]]:
    """Each thing that is right too often without the item's own reasoning, and how often.

    Args:
        item: a numeric item with a generator; anything else has no shortcuts of this kind.
        variants: many of its variants.
    """
    if item.template is None or item.exercise.kind != "numeric":
        return
    stated = [_stated(variant) for variant in variants]
    tries = {name: [guess(numbers) for numbers in stated] for name, guess in _SHORTCUTS.items()}
    constant = _commonest(variants)
    tries[f"luôn ghi {constant}"] = [constant for _ in variants]
    for name, guesses in tries.items():
        right = sum(_right(v, g) for v, g in zip(variants, guesses, strict=True))
        if right > OFTEN * len(variants):
            yield name, right / len(variants)
    yield from _traps(variants)


def _traps(variants: Sequence[Variant]) -> Iterator[tuple[str, float]]:
    """Named wrong methods, in the order their item names them."""
    paid = Counter(
        place
        for variant in variants
        for place, trap in enumerate(variant.traps, start=1)
        if any(_right(variant, value) for value in readings(trap))
    )
    for place, right in sorted(paid.items()):
        if right > OFTEN * len(variants):
            yield f"cách sai thứ {place} trong traps", right / len(variants)


def _right(variant: Variant, guess: Decimal | None) -> bool:
    number = Decimal(variant.key.correct[0])
    return guess is not None and variant.key.accepts(0, guess, number)


def _commonest(variants: Sequence[Variant]) -> Decimal:
    """The constant that the most variants accept, sought among the commonest rounded keys."""
    numbers = [Decimal(variant.key.correct[0]) for variant in variants]
    precision = variants[0].key.precision(0)
    places = precision.decimals if precision else _PLACES
    likely = [n for n, _ in Counter(rounded(n, places) for n in numbers).most_common(_LIKELY)]
    return max(likely, key=lambda number: sum(_right(variant, number) for variant in variants))


def _stated(variant: Variant) -> list[Decimal]:
    """The numbers that the prompt states, in order."""
    found = (readings(text.rstrip(".")) for text in _NUMBER.findall(variant.question.prompt))
    return [values[0] for values in found if values]


def _middle(numbers: list[Decimal]) -> Decimal | None:
    return sorted(numbers)[len(numbers) // 2] if numbers else None


_SHORTCUTS: dict[str, Callable[[list[Decimal]], Decimal | None]] = {
    "số giữa trong đề": _middle,
    "số lớn nhất trong đề": lambda numbers: max(numbers, default=None),
    "số nhỏ nhất trong đề": lambda numbers: min(numbers, default=None),
    "số cuối trong đề": lambda numbers: next(reversed(numbers), None),
    "tổng các số trong đề": lambda numbers: sum(numbers, start=Decimal(0)),
}
