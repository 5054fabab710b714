"""Drawing forms from the bank so that each meets its blueprint, and proving that it does."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import TYPE_CHECKING

from assessments.bank.item import draw
from assessments.forms.form import Drawn, Form, FormItem
from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from assessments.bank.bank import Bank
    from assessments.bank.item import Depth, Item
    from assessments.forms.blueprint import Blueprint, PaperPlan, Section

_REDRAWS = 50


@dataclass(frozen=True)
class History:
    """What earlier sittings used: sittings by item, and the item sets of earlier forms."""

    uses: Mapping[str, int]
    forms: Collection[frozenset[str]]


FIRST = History(uses={}, forms=())


def draw_forms(
    blueprint: Blueprint, code: str, bank: Bank, seed: str, history: History = FIRST
) -> list[Form]:
    """Draw the parallel forms of one paper; the same arguments give the same forms.

    Raises:
        ContentError: when the bank has too few items that may still be used, when the points
            do not add up to the plan, or when only forms can be drawn that were used before.
    """
    plan = blueprint.paper(code)
    for redraw in range(_REDRAWS):
        rng = random.Random(f"{seed}/{code}/{redraw}")  # noqa: S311 - reproducible draw
        drawn = [
            _draw_section(section, bank, blueprint, plan, history, rng) for section in plan.sections
        ]
        forms = [_form(plan, [part[n] for part in drawn], seed, n) for n in range(plan.forms)]
        if not any(frozenset(item.id for item in form.items) in history.forms for form in forms):
            for form in forms:
                _require(form, plan)
            return forms
    raise ContentError(f"ngân hàng chỉ còn rút được đề {code} trùng với đề đã dùng")


@dataclass(frozen=True)
class _Part:
    """What one section gives one form."""

    items: list[Item]
    anchors: frozenset[str]


def _draw_section(
    section: Section,
    bank: Bank,
    blueprint: Blueprint,
    plan: PaperPlan,
    history: History,
    rng: random.Random,
) -> list[_Part]:
    def usable(*, essay: bool) -> list[Item]:
        live = bank.live(section.competency, essay=essay)
        return [item for item in live if history.uses.get(item.id, 0) < blueprint.exposure]

    objective = {
        depth: [item for item in usable(essay=False) if item.depth == depth]
        for depth in section.depths
    }
    anchors = _anchors(section, objective, plan, rng)
    essays = _sample(usable(essay=True), section.essays, rng, f"câu tự luận {section.competency}")
    parts: list[list[Item]] = [[] for _ in range(plan.forms)]
    for depth, count in section.depths.items():
        common = [item for item in objective[depth] if item.id in anchors]
        others = [item for item in objective[depth] if item.id not in anchors]
        rest = count - len(common)
        what = f"câu {section.competency} mức “{depth}”"
        chosen = _sample(others, rest * plan.forms, rng, what)
        for number, part in enumerate(parts):
            part.extend(common + chosen[number * rest : (number + 1) * rest])
    shared = frozenset(anchors | {essay.id for essay in essays})
    return [_Part(sorted(part, key=lambda item: item.id) + essays, shared) for part in parts]


def _anchors(
    section: Section, objective: Mapping[Depth, list[Item]], plan: PaperPlan, rng: random.Random
) -> set[str]:
    """Ids of the items common to all forms: where the bank is thin more must be common."""
    if plan.forms == 1:
        return set()
    least = {
        depth: max(0, -((len(objective[depth]) - plan.forms * count) // (plan.forms - 1)))
        for depth, count in section.depths.items()
    }
    spare = section.anchors - sum(least.values())
    if spare < 0 or any(least[depth] > section.depths[depth] for depth in least):
        raise ContentError(
            f"ngân hàng {section.competency} quá ít câu cho {plan.forms} đề song song với "
            f"{section.anchors} câu neo"
        )
    more = [depth for depth, count in section.depths.items() for _ in range(count - least[depth])]
    chosen = Counter(least) + Counter(rng.sample(more, spare))
    return {
        item.id
        for depth, count in chosen.items()
        for item in _sample(objective[depth], count, rng, f"câu neo {section.competency}")
    }


def _sample(items: list[Item], count: int, rng: random.Random, what: str) -> list[Item]:
    if len(items) < count:
        raise ContentError(f"cần {count} {what}, ngân hàng chỉ còn {len(items)}")
    return rng.sample(items, count)


def _form(plan: PaperPlan, parts: list[_Part], seed: str, number: int) -> Form:
    return Form(
        paper=plan.code,
        letter=ascii_uppercase[number],
        name=plan.name,
        minutes=plan.minutes,
        seed=seed,
        items=tuple(
            _form_item(item, item.id in part.anchors, plan.variants, seed)
            for part in parts
            for item in part.items
        ),
    )


def _form_item(item: Item, anchor: bool, variants: int, seed: str) -> FormItem:  # noqa: FBT001
    count = 1 if item.rubric else variants
    drawn = [draw(item, f"{seed}/{number}") for number in range(count)]
    return FormItem(
        id=item.id,
        competency=item.competency,
        depth=item.depth,
        points=item.points,
        minutes=item.minutes,
        anchor=anchor,
        rubric=item.rubric,
        variants=tuple(Drawn(question=d.question, key=d.key) for d in drawn),
    )


@dataclass(frozen=True)
class Line:
    """One line of the proof: what was planned and what the form delivers."""

    what: str
    planned: Decimal
    delivered: Decimal

    @property
    def met(self) -> bool:
        """Whether plan and delivery agree."""
        return self.planned == self.delivered


def prove(form: Form, plan: PaperPlan) -> list[Line]:
    """Compare a form with its plan: points, and items by competency, depth and essay."""
    lines = [Line("điểm", plan.points, form.points)]
    for section in plan.sections:
        items = form.of(section.competency)
        depths = Counter(item.depth for item in items if item.rubric is None)
        for depth in {**section.depths, **depths}:
            planned, delivered = section.depths.get(depth, 0), depths[depth]
            lines.append(_line(f"{section.competency}, {depth}", planned, delivered))
        essays = sum(item.rubric is not None for item in items)
        lines.append(_line(f"{section.competency}, tự luận", section.essays, essays))
        if plan.forms > 1:
            anchors = sum(item.anchor and item.rubric is None for item in items)
            lines.append(_line(f"{section.competency}, câu neo", section.anchors, anchors))
    strays = {item.competency for item in form.items} - {s.competency for s in plan.sections}
    return lines + [_line(f"{code} (ngoài ma trận)", 0, len(form.of(code))) for code in strays]


def _line(what: str, planned: int, delivered: int) -> Line:
    return Line(what, Decimal(planned), Decimal(delivered))


def _require(form: Form, plan: PaperPlan) -> None:
    gaps = [line for line in prove(form, plan) if not line.met]
    if gaps:
        words = "; ".join(f"{g.what}: {g.delivered}, định {g.planned}" for g in gaps)
        raise ContentError(f"đề {form.code} không đúng ma trận: {words}")
