"""Drawing forms from the bank so that each meets its blueprint and the rules of exposure."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from string import ascii_uppercase
from typing import TYPE_CHECKING

from assessments.bank.bank import enemies
from assessments.bank.expectation import expectation
from assessments.bank.item import draw
from assessments.forms.balancing import even_out, load_of
from assessments.forms.choosing import Choice, Stock, add_trials, choose, put_in_order
from assessments.forms.form import Drawn, Form, FormItem
from assessments.forms.mending import mend
from assessments.forms.proof import Line, prove
from assessments.forms.rules import Rules
from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item
    from assessments.bank.statistics import ItemStatistics
    from assessments.forms.blueprint import Blueprint, PaperPlan

__all__ = ["FIRST", "History", "Line", "choose_items", "draw_forms", "prove"]

_REDRAWS = 30


@dataclass(frozen=True)
class History:
    """What earlier sittings used and showed.

    ``uses`` counts sittings by item, ``forms`` are the item sets of earlier forms, ``known`` is
    what sittings have shown of an item.
    """

    uses: Mapping[str, int]
    forms: Collection[frozenset[str]]
    known: Mapping[str, ItemStatistics] = field(default_factory=dict)

    def after(self, sitting: Collection[frozenset[str]]) -> History:
        """The history once a further sitting has used these item sets."""
        used = frozenset().union(*sitting)
        uses = Counter(self.uses) + Counter(used)
        return History(uses=uses, forms=[*self.forms, *sitting], known=self.known)


FIRST = History(uses={}, forms=())


def draw_forms(
    blueprint: Blueprint, code: str, bank: Bank, seed: str, history: History = FIRST
) -> list[Form]:
    """Draw the parallel forms of one paper; the same arguments give the same forms.

    Raises:
        ContentError: when the bank has too few items that may still be used, when the points
            do not add up to the plan, or when no draw keeps to the overlap and the time.
    """
    plan = blueprint.paper(code)
    choice = choose_items(blueprint, code, bank, seed, history)
    forms = [_form(plan, choice, seed, number, history) for number in range(plan.forms)]
    for form in forms:
        _require(form, plan)
    return forms


def choose_items(
    blueprint: Blueprint, code: str, bank: Bank, seed: str, history: History = FIRST
) -> Choice:
    """Choose the items of the forms without making variants; ContentError as ``draw_forms``."""
    plan = blueprint.paper(code)
    met = tuple(history.forms)
    most = blueprint.overlap * plan.points
    stock = Stock(bank, enemies(bank), history.uses, met, blueprint.exposure, most)
    weigh = cache(lambda item_id: load_of(bank.items[item_id], history.known.get(item_id)))
    rules = Rules(plan, blueprint, met, bank.unearned, weigh)
    refusals: Counter[str] = Counter()
    for redraw in range(_REDRAWS):
        rng = random.Random(f"{seed}/{code}/{redraw}")  # noqa: S311 - reproducible draw
        try:
            choice = _chosen(plan, stock, rules, rng)
        except ContentError as error:
            refusals[error.message] += 1
            continue
        refusal = rules.broken(choice)
        if refusal is None:
            return choice
        refusals[refusal] += 1
    raise ContentError(_advice(refusals, plan))


def _chosen(plan: PaperPlan, stock: Stock, rules: Rules, rng: random.Random) -> Choice:
    choice = choose(plan, stock, rng)
    even_out(choice, rules.weigh, stock.enemies)
    mend(choice, stock, rules.strain, rng)
    add_trials(plan, stock, choice)
    put_in_order(plan, choice)
    return choice


def _advice(refusals: Counter[str], plan: PaperPlan) -> str:
    """The commonest refusal, and what to write."""
    reason = refusals.most_common(1)[0][0]
    codes = ", ".join(section.competency for section in plan.sections)
    return f"{reason}. Cần viết thêm câu cho {codes}: xem “cio bank” để biết thiếu mức nào"


def _form(plan: PaperPlan, choice: Choice, seed: str, number: int, history: History) -> Form:
    return Form(
        paper=plan.code,
        letter=ascii_uppercase[number],
        name=plan.name,
        minutes=plan.minutes,
        seed=seed,
        items=tuple(
            _form_item(
                item,
                anchor=plan.forms > 1 and item.id in choice.shared,
                plan=plan,
                seed=seed,
                known=history.known.get(item.id),
            )
            for item in choice.forms[number]
        ),
    )


def _form_item(
    item: Item, *, anchor: bool, plan: PaperPlan, seed: str, known: ItemStatistics | None
) -> FormItem:
    count = 1 if item.rubric else plan.variants
    drawn = [draw(item, f"{seed}/{number}") for number in range(count)]
    return FormItem(
        id=item.id,
        competency=item.competency,
        depth=item.depth,
        points=item.points,
        minutes=item.minutes,
        anchor=anchor or item.rubric is not None,
        rubric=item.rubric,
        version=item.version,
        trial=item.status == "pilot",
        expected=expectation(item, known),
        variants=tuple(Drawn(question=d.question, key=d.key) for d in drawn),
    )


def _require(form: Form, plan: PaperPlan) -> None:
    gaps = [line for line in prove(form, plan) if not line.met]
    if gaps:
        words = "; ".join(f"{g.what}: {g.delivered}, định {g.planned}" for g in gaps)
        raise ContentError(f"đề {form.code} không đúng ma trận: {words}")
