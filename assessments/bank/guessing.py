"""What players who know nothing earn on average: by chance, and by each habit of answering."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, Any

from assessments.bank.answering import guess
from assessments.bank.item import mark

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

    from assessments.bank.item import Variant

    Habit = Callable[[Variant], Any]  # the raw answer; None where the habit has nothing to say

TICKED = 2  # options that who knows nothing ticks of several right ones


def expected_shares(variants: Sequence[Variant]) -> dict[str, float]:
    """Share of the variants' points that each naive player earns on average.

    Args:
        variants: the items of a paper, each in one variant; essays count and earn nothing.
    """
    total = float(sum(variant.points for variant in variants))
    return {
        name: sum(float(v.points) * expected_share(v, habit) for v in variants) / total
        for name, habit in HABITS.items()
    }


def expected_share(variant: Variant, habit: Habit) -> float:
    """Share of one variant's points that a habit earns, chance where it has nothing to say."""
    answer = habit(variant)
    if answer is None:
        return chance(variant)
    return float(mark(variant, answer).points / variant.points)


def chance(variant: Variant) -> float:
    """Share that answering at random earns on average; who knows nothing writes no number."""
    question: Any = variant.question
    if question.kind == "single":
        return 1 / len(question.options)
    if question.kind in ("matching", "classification"):
        return 1 / len(question.targets)
    if question.kind == "multiple":
        return _ticked(len(question.options), len(variant.key.correct))
    if question.kind == "ordering":
        return _shuffled(len(question.options))
    return _wandered(variant) if question.kind == "decisions" else 0.0


def at_random(variant: Variant, rng: random.Random) -> Any:
    """One answer of who knows nothing; None where a number or words must be written."""
    question: Any = variant.question
    if question.kind in ("matching", "classification"):
        return {option.id: rng.choice(question.targets).id for option in question.options}
    chosen = question.kind in ("single", "multiple", "ordering", "decisions")
    return guess(variant, rng) if chosen else None


@cache
def _ticked(options: int, right: int) -> float:
    picks = combinations(range(options), TICKED)
    hits = (sum(one < right for one in pick) for pick in picks)
    return fmean(max(0, 2 * hit - TICKED) / right for hit in hits)


@cache
def _shuffled(steps: int) -> float:
    """The mean credit of all orders: pairs kept less pairs turned, not below nothing."""
    pairs, turned = steps * (steps - 1) // 2, Counter({0: 1})  # orders by pairs turned
    for place in range(1, steps):
        turned = Counter(n + more for n in turned.elements() for more in range(place + 1))
    credit = (max(0, pairs - 2 * n) * orders for n, orders in turned.items())
    return sum(credit) / (pairs * turned.total())


def _wandered(variant: Variant) -> float:
    """The mean credit of a case in which each decision is taken at random."""
    question: Any = variant.question
    worth = dict(pair.split("=") for pair in variant.key.correct)

    def onward(step: str | None) -> float:
        if step is None:
            return 0.0
        options = question.steps[step].options
        return fmean(float(worth[f"{step}/{o.id}"]) + onward(o.next) for o in options)

    return onward(question.start) / question.length


def _longest(variant: Variant) -> Any:
    if variant.question.kind == "single":
        return max(variant.question.options, key=lambda option: len(option.text)).id
    if variant.question.kind == "decisions":
        return path(variant.question, lambda options: max(options, key=lambda o: len(o.text)))
    return None


def _everything(variant: Variant) -> Any:
    if variant.question.kind == "multiple":
        return [option.id for option in variant.question.options]
    return None


def _middle(variant: Variant) -> Any:
    question: Any = variant.question
    if question.kind in ("matching", "classification"):
        middle = question.targets[len(question.targets) // 2].id
        return dict.fromkeys((option.id for option in question.options), middle)
    if question.kind == "ordering":
        return [option.id for option in question.options]
    return None


def path(question: Any, choose: Callable[[Sequence[Any]], Any]) -> dict[str, str]:
    """The decisions of a case when each is taken by ``choose``."""
    taken, step = {}, question.start
    while step is not None:
        chosen = choose(question.steps[step].options)
        taken[step], step = chosen.id, chosen.next
    return taken


HABITS: Mapping[str, Habit] = {
    "ngẫu nhiên": lambda _: None,
    "chọn câu dài nhất": _longest,
    "chọn tất cả": _everything,
    "chọn khoảng giữa": _middle,
}
