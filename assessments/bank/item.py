"""Items: one exercise each, with what it measures, what it is worth and where it comes from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, InstanceOf, model_validator

from assessments.bank.template import Template, find_template
from courses.exercise import Exercise, Key, judge, present
from courses.foundation.content import Content, read_text, split_front_matter, validate
from courses.foundation.errors import ContentError
from courses.sources import the_sources

if TYPE_CHECKING:
    from pathlib import Path

    from courses.question import Question

Depth = Literal["biết", "hiểu", "vận dụng", "phân tích"]
Status = Literal["draft", "review", "pilot", "live", "resting", "retired"]


class Change(Content):
    """One entry of an item's change log."""

    version: int = Field(ge=1)
    day: date
    by: str = Field(min_length=1)
    what: str = Field(min_length=1)


class Item(Content):
    """One item of the bank. Marked by a rubric when it is an essay, by its key otherwise.

    ``exercise`` is the item as it stands, or its first variant when ``template`` makes many.
    A ``pilot`` item is tried out unscored, a ``live`` one may be drawn, a ``resting`` one may not
    for the time being. ``enemies`` are items that must not stand in one sitting's paper with
    this one, because one answers the other; of a ``family`` (one scenario or one trick) a paper
    holds one item at most. ``facts`` are what its key rests on, by name, so that keys can be
    compared. ``expected`` is the author's rating: the mean share of its points that candidates
    at the cut would get.
    """

    id: str = Field(pattern=r"^[A-Z]{2,3}[0-9]?-[0-9A-Z]{2,4}$")
    competency: str
    outcome: str
    depth: Depth
    points: Decimal = Field(gt=0)
    minutes: Decimal = Field(gt=0)
    sources: tuple[str, ...] = Field(min_length=1)
    author_role: str = Field(min_length=1)
    status: Status
    version: int = Field(default=1, ge=1)
    reviewer_role: str = ""
    approved: date | None = None
    enemies: tuple[str, ...] = ()
    family: str = ""
    facts: dict[str, str] = Field(default_factory=dict)
    expected: Decimal | None = Field(default=None, gt=0, lt=1)
    changes: tuple[Change, ...] = ()
    rubric: str | None = None
    exercise: Exercise
    template: InstanceOf[Template] | None = None

    @model_validator(mode="after")
    def _can_be_marked(self) -> Item:
        if self.changes and self.changes[-1].version != self.version:
            raise ValueError("mục cuối của changes phải là phiên bản hiện nay (version)")
        if (self.exercise.kind == "essay") != (self.rubric is not None):
            raise ValueError("câu tự luận phải có rubric; câu khác thì không")
        if self.rubric and self.status == "pilot":
            raise ValueError(
                "câu tự luận không thử trong kỳ thi: không ai chấm bài không tính điểm"
            )
        if self.exercise.kind == "single" and not any(o.correct for o in self.exercise.options):
            raise ValueError("phải có đúng một phương án đúng (correct: true)")
        return self


class _Variation(Content):
    exercise: Exercise


@dataclass(frozen=True)
class Variant:
    """An item as one trainee meets it: the question and, apart from it, key and points.

    ``traps`` are numbers that named wrong methods give; they are for checks alone.
    """

    question: Question
    key: Key
    points: Decimal
    traps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """The mark of one answer: unrounded points, and how it came about.

    A blank or an invalid answer earns 0 like a wrong one but is told apart; an essay that
    has been written is ``unjudged`` until people have marked it. What is ``near`` a right
    answer goes to a person before its points stand.
    """

    points: Decimal
    state: str
    near: bool = False


def read_item(path: Path) -> Item:
    """Read one item file: front matter, then the prompt in Markdown.

    Raises:
        ContentError: naming file and key; also when the file is not named after the id.
    """
    front, prompt = split_front_matter(the_sources().printed(read_text(path), path), path)
    if not isinstance(front, dict):
        raise ContentError("phần khai báo phải là các cặp khoá: giá trị", path=path)
    about = {key: value for key, value in front.items() if key in Item.model_fields}
    exercise = {key: value for key, value in front.items() if key not in about}
    template = find_template(path, {**exercise, "prompt": prompt})
    stands = template.fill(_chance("first", path.stem)) if template else exercise
    data: dict[str, Any] = {**about, "exercise": {"prompt": prompt, **stands}}
    item = validate(Item, {**data, "template": template}, path)
    if path.stem != item.id.lower():
        raise ContentError(f"tên tệp phải là {item.id.lower()}.md", path=path, key="id")
    return item


def draw(item: Item, seed: str) -> Variant:
    """Return the variant of ``item`` under ``seed``; the same seed gives the same variant.

    Raises:
        ContentError: when the item's generator gives an exercise that cannot stand.
    """
    exercise = item.exercise
    if item.template is not None:
        filled = item.template.fill(_chance(seed, item.id))
        exercise = validate(_Variation, {"exercise": filled}, item.template.path).exercise
    question, key = present(exercise, item.id, seed)
    traps = getattr(exercise, "traps", ())
    return Variant(question=question, key=key, points=item.points, traps=traps)


def _chance(seed: str, item_id: str) -> random.Random:
    return random.Random(f"{seed}/{item_id}/values")  # noqa: S311 - reproducible, no secret


def mark(variant: Variant, raw: object) -> Mark:
    """Mark one raw answer; never raises, whatever a trainee may have sent."""
    judgement = judge(variant.question, variant.key, raw)
    points = variant.points * judgement.share
    return Mark(points=points, state=judgement.state, near=judgement.near)
