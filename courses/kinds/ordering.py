"""Putting steps in order."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, model_validator

from courses.kinds.base import (
    ExerciseBase,
    Feedback,
    InvalidAnswerError,
    Key,
    WithOptions,
    distinct,
    refuse_repeated,
    relabel,
)

if TYPE_CHECKING:
    import random


class Ordering(WithOptions):
    """Put all options in order. Answer: all ids, first to last. Key: the same, in order."""

    RULE: ClassVar[str] = (
        "Xếp đủ các mục. Điểm tính theo từng cặp mục: mỗi cặp xếp ngược bị trừ bằng một cặp "
        "xếp đúng; điểm của câu không xuống dưới 0."
    )

    kind: Literal["ordering"] = "ordering"

    def parse(self, raw: object) -> list[str]:
        """Return the ids in order; InvalidAnswerError unless each occurs exactly once."""
        order = distinct(raw)
        if set(order) != self.ids:
            raise InvalidAnswerError("Hãy xếp đủ tất cả các mục, mỗi mục một lần.")
        return order

    def render(self, answer: list[str]) -> str:
        """The steps as chosen."""
        return " → ".join(self.text_of(option) for option in answer)

    def share(self, key: Key, answer: list[str]) -> Decimal:
        """Kendall's tau over the pairs of steps, not below 0."""
        place = {option: index for index, option in enumerate(answer)}
        pairs = list(combinations(key.correct, 2))
        right = sum(place[first] < place[second] for first, second in pairs)
        return max(Decimal(0), Decimal(2 * right - len(pairs)) / len(pairs))


class OrderingExercise(ExerciseBase):
    """Put in order: ``steps`` are written in the right order."""

    kind: Literal["ordering"]
    steps: tuple[str, ...] = Field(min_length=3)
    feedback: Feedback

    @model_validator(mode="after")
    def _told_apart(self) -> OrderingExercise:
        refuse_repeated(self.steps)
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[Ordering, Key]:
        """Question and key; the order shown is never the answer."""
        options, ids = relabel(self.steps, rng)
        while [option.id for option in options] == ids:
            options, ids = relabel(self.steps, rng)
        question = Ordering(id=question_id, prompt=self.prompt, options=options)
        return question, Key(kind=self.kind, correct=tuple(ids))

    def tell(self, question: Ordering, answer: list[str], share: Decimal) -> list[str]:  # noqa: ARG002
        """One line for the whole order."""
        return self.feedback.on(share)
