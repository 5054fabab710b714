"""What players without the knowledge earn of a delivered form: by habit, by cues, by memory.

Players and marking are the product's; the questions are those of the form, in all variants.
Essays earn nothing and count.
"""

from __future__ import annotations

import random
from statistics import fmean
from typing import TYPE_CHECKING, Any

from assessments.bank.guessing import at_random, chance, expected_share
from assessments.bank.item import mark
from assessments.bank.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assessments.bank.bank import Bank
    from assessments.bank.item import Variant
    from assessments.forms.form import Form, FormItem


def guessed(form: Form, bank: Bank) -> dict[str, float]:
    """The share of a form's points that each player expects who knows nothing."""
    names = dict.fromkeys(name for item in form.items for name in bank.unearned.habits(item.id))
    return {name: _earned(form, _by_habit(bank, name)) for name in names}


def _by_habit(bank: Bank, name: str) -> Callable[[str, Variant], float]:
    def play(item_id: str, variant: Variant) -> float:
        return expected_share(variant, bank.unearned.habits(item_id)[name])

    return play


def gained(form: Form, remembered: Iterable[Form]) -> float:
    """The share that who remembers every variant of earlier forms earns beyond guessing."""
    met = [(i.id, variant) for before in remembered for i in before.items for variant in _all(i)]
    memory, rng = Memory(met, at_random), random.Random("người thuộc đề")  # noqa: S311 - no secret
    known = {item_id for item_id, _ in met}

    def play(item_id: str, variant: Variant) -> float:
        if item_id not in known:
            return 0.0
        points = mark(variant, memory(item_id, variant, rng)).points
        return float(points / variant.points) - chance(variant)

    return _earned(form, play)


def _all(item: FormItem) -> list[Variant]:
    return [item.variant(number) for number in range(len(item.variants))] if not item.rubric else []


def _earned(form: Form, play: Callable[[str, Variant], float]) -> float:
    shares: list[tuple[float, Any]] = [
        (float(item.points), fmean(play(item.id, variant) for variant in _all(item)))
        for item in form.scored
        if item.rubric is None
    ]
    return sum(points * share for points, share in shares) / float(form.points)
