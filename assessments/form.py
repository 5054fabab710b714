"""Forms: what one paper asks, drawn from bank, blueprint and seed, then frozen.

A form holds the keys and stays on the examiner's side; ``Form.paper_for_trainees`` is what
may leave it. The digest covers everything, keys included, so that a decision made years ago
can be replayed on exactly what was asked.
"""

from __future__ import annotations

import hashlib
import random
from decimal import Decimal
from typing import TYPE_CHECKING

from assessments.item import Variant, draw
from courses.content import Content
from courses.errors import ContentError
from courses.exercise import Key
from courses.question import Question

if TYPE_CHECKING:
    from assessments.bank import Bank
    from assessments.blueprint import Blueprint, PaperPlan
    from assessments.item import Item


class FormItem(Content):
    """One delivered item: question, points and, for the examiner, key and rubric."""

    competency: str
    points: Decimal
    question: Question
    key: Key
    rubric: str | None

    @property
    def variant(self) -> Variant:
        """The item as ``assessments.item.mark`` takes it."""
        return Variant(question=self.question, key=self.key, points=self.points)


class Form(Content):
    """A frozen form of one paper."""

    paper: str
    name: str
    minutes: int
    seed: str
    items: tuple[FormItem, ...]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the whole form."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def points(self) -> Decimal:
        """Total points."""
        return sum((item.points for item in self.items), start=Decimal(0))

    @property
    def competencies(self) -> list[str]:
        """The competencies examined, each a notebook, in order."""
        return list(dict.fromkeys(item.competency for item in self.items))

    def of(self, competency: str) -> list[FormItem]:
        """The items on one competency."""
        return [item for item in self.items if item.competency == competency]

    def item(self, item_id: str) -> FormItem:
        """One item; KeyError when the form does not have it."""
        return {item.question.id: item for item in self.items}[item_id]

    def paper_for_trainees(self) -> TraineePaper:
        """The form without anything that tells a key."""
        items = [
            TraineeItem(competency=i.competency, points=i.points, question=i.question)
            for i in self.items
        ]
        return TraineePaper(
            paper=self.paper,
            name=self.name,
            minutes=self.minutes,
            digest=self.digest,
            items=tuple(items),
        )


class TraineeItem(Content):
    """One item as a trainee may hold it."""

    competency: str
    points: Decimal
    question: Question


class TraineePaper(Content):
    """What stands in a trainee's folder: questions and points, and the form's digest."""

    paper: str
    name: str
    minutes: int
    digest: str
    items: tuple[TraineeItem, ...]


def draw_form(blueprint: Blueprint, code: str, bank: Bank, seed: str) -> Form:
    """Draw the form of one paper; the same bank, blueprint and seed give the same form.

    Raises:
        ContentError: when the bank has too few live items, or the points do not add up to
            the plan.
    """
    plan = blueprint.paper(code)
    rng = random.Random(f"{seed}/{code}")  # noqa: S311 - reproducible draw, no secret
    items = [
        _form_item(item, seed)
        for section in plan.sections
        for essay, count in ((False, section.objective), (True, section.essays))
        for item in _choose(bank.live(section.competency, essay=essay), count, rng, plan)
    ]
    form = Form(paper=code, name=plan.name, minutes=plan.minutes, seed=seed, items=tuple(items))
    if form.points != plan.points:
        raise ContentError(f"đề {code} được {form.points} điểm, ma trận định {plan.points} điểm")
    return form


def _choose(items: list[Item], count: int, rng: random.Random, plan: PaperPlan) -> list[Item]:
    if len(items) < count:
        raise ContentError(f"đề {plan.code} cần {count} câu, ngân hàng chỉ có {len(items)}")
    chosen = rng.sample(items, count)
    return sorted(chosen, key=lambda item: item.id)


def _form_item(item: Item, seed: str) -> FormItem:
    variant = draw(item, seed)
    return FormItem(
        competency=item.competency,
        points=item.points,
        question=variant.question,
        key=variant.key,
        rubric=item.rubric,
    )
