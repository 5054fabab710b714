"""Forms that break a rule, mended: one item after another gives way to a spare one of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from assessments.bank.item import Item
    from assessments.forms.choosing import Choice, Stock

ROUNDS = 2  # times that every place of every form is looked at


def mend(
    choice: Choice, stock: Stock, strain: Callable[[Choice], float], rng: random.Random
) -> None:
    """Put spare items in the place of others while that lessens the ``strain`` of the forms."""
    left = strain(choice)
    for _ in range(ROUNDS):
        places = [(form, at) for form in choice.forms for at in range(len(form))]
        for form, at in rng.sample(places, len(places)):
            if not left:
                return
            if form[at].id not in choice.shared:
                left = _replace(choice, form, at, stock, strain, left)


def _replace(
    choice: Choice,
    form: list[Item],
    at: int,
    stock: Stock,
    strain: Callable[[Choice], float],
    left: float,
) -> float:
    """The strain once the best spare item stands in one place, if it is better than what does."""
    best = form[at]
    for spare in stock.spares(form, at, choice):
        form[at] = spare
        if (found := strain(choice)) < left:
            best, left = spare, found
    form[at] = best
    return left
