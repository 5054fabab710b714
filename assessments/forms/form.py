"""Forms: what one paper asks, drawn from bank, blueprint and seed, then frozen.

A form holds every variant with its key and stays on the examiner's side;
``paper_for`` gives what one trainee may hold. The digest covers everything, keys included, so
that a decision made years ago can be replayed on exactly what was asked.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import AwareDatetime, Field

from assessments.bank.expectation import Expectation  # noqa: TC001 - a field of a model
from assessments.bank.item import Depth, Variant
from courses.foundation.content import Content
from courses.kinds.base import Key, WithoutEmpty
from courses.question import Question

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Drawn(Content):
    """One variant of an item: the question and its key."""

    question: Question
    key: Key


class FormItem(WithoutEmpty):
    """One delivered item in all its variants; ``rubric`` names what people mark it by.

    A ``trial`` is asked like every other item and counts for nothing. ``expected`` is what was
    foreseen when the form was drawn, ``version`` the item's; 0 on forms older than versions.
    """

    OPTIONAL: ClassVar[tuple[str, ...]] = ("version", "trial", "expected")

    id: str
    competency: str
    depth: Depth
    points: Decimal
    minutes: Decimal
    anchor: bool
    rubric: str | None
    version: int = Field(default=0, ge=0)
    trial: bool = False
    expected: Expectation | None = None
    variants: tuple[Drawn, ...] = Field(min_length=1)

    def variant(self, number: int) -> Variant:
        """One variant as ``assessments.bank.item.mark`` takes it."""
        drawn = self.variants[number]
        return Variant(question=drawn.question, key=drawn.key, points=self.points)


class TraineeItem(Content):
    """One item as a trainee may hold it."""

    competency: str
    points: Decimal
    question: Question


class TraineePaper(Content):
    """What stands in a trainee's folder: their questions and points, and the form's digest.

    ``due`` is when their time ends, None when it does not run.
    """

    form: str
    name: str
    minutes: int
    digest: str
    trainee: str
    due: AwareDatetime | None
    items: tuple[TraineeItem, ...]


class Form(Content):
    """A frozen form: ``paper`` and ``letter`` make its code, such as ``QL-A``.

    ``seed`` decides who meets which variant and must stay as secret as the keys.
    """

    paper: str
    letter: str
    name: str
    minutes: int
    seed: str
    items: tuple[FormItem, ...]

    @property
    def code(self) -> str:
        """What the form is called; also the name of its nbgrader assignment."""
        return f"{self.paper}-{self.letter}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the whole form."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Form:
        """Copy the form; a changed one has a digest of its own."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("digest", None)
        return copied

    @property
    def points(self) -> Decimal:
        """Total points: of the items that count."""
        return sum((item.points for item in self.scored), start=Decimal(0))

    @property
    def scored(self) -> list[FormItem]:
        """The items that count."""
        return [item for item in self.items if not item.trial]

    @property
    def trials(self) -> list[FormItem]:
        """The items that are tried out."""
        return [item for item in self.items if item.trial]

    @property
    def notice(self) -> str:
        """What a candidate is told of trial items; empty when there are none."""
        if not self.trials:
            return ""
        points = f"{self.points.normalize():f}".replace(".", ",")
        return (
            f"Trong bài thi có {len(self.trials)} câu hỏi thử nghiệm, không tính vào kết quả và "
            "không được đánh dấu. Anh/chị làm mọi câu như nhau; thời gian làm bài đã tính cả các "
            "câu này. Điểm ghi ở từng câu gồm cả câu thử nghiệm; kết quả chỉ tính trên các câu "
            f"còn lại, tổng cộng {points} điểm."
        )

    @property
    def competencies(self) -> list[str]:
        """The competencies examined, each a notebook, in order."""
        return list(dict.fromkeys(item.competency for item in self.items))

    def of(self, competency: str) -> list[FormItem]:
        """The items on one competency."""
        return [item for item in self.items if item.competency == competency]

    def item(self, item_id: str) -> FormItem:
        """One item; KeyError when the form does not have it."""
        return {item.id: item for item in self.items}[item_id]

    def variant_for(self, item: FormItem, trainee: str) -> Variant:
        """The variant of ``item`` that ``trainee`` meets."""
        return item.variant(pick(self.seed, trainee, item.id, len(item.variants)))

    def paper_for(self, trainee: str, due: datetime | None = None) -> TraineePaper:
        """What ``trainee`` may hold: nothing in it tells a key, a seed or another variant."""
        items = [
            TraineeItem(
                competency=item.competency,
                points=item.points,
                question=self.variant_for(item, trainee).question,
            )
            for item in self.items
        ]
        return TraineePaper(
            form=self.code,
            name=self.name,
            minutes=self.minutes,
            digest=self.digest,
            trainee=trainee,
            due=due,
            items=tuple(items),
        )


def pick(seed: str, trainee: str, what: str, count: int) -> int:
    """A number below ``count``, the same for the same seed, trainee and thing."""
    digest = hashlib.sha256(f"{seed}/{trainee}/{what}".encode()).digest()
    return int.from_bytes(digest, "big") % count
