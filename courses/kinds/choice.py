"""Single and multiple choice."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field, model_validator

from courses.kinds.base import (
    AuthoredOption,
    ExerciseBase,
    InvalidAnswerError,
    Key,
    Option,
    WithOptions,
    distinct,
    refuse_repeated,
    relabel,
    told,
)

if TYPE_CHECKING:
    import random


# By whether an option was chosen and whether it is right; what is rightly left needs no word.
_VERDICTS = {
    (True, True): "Chọn đúng.",
    (True, False): "Không nên chọn.",
    (False, True): "Còn thiếu.",
}


class SingleChoice(WithOptions):
    """Choose one option. Answer: its id. Key: the right id, none in a dilemma."""

    RULE: ClassVar[str] = (
        "Chọn một phương án. Chọn đúng được trọn điểm; chọn sai không bị trừ điểm."
    )

    kind: Literal["single"] = "single"

    def parse(self, raw: object) -> str:
        """Return the chosen id; InvalidAnswerError when it is not one of the options."""
        if not isinstance(raw, str) or raw not in self.ids:
            raise InvalidAnswerError("Hãy chọn một phương án trong danh sách.")
        return raw

    def render(self, answer: str) -> str:
        """The option's text."""
        return self.text_of(answer)

    def share(self, key: Key, answer: str) -> Decimal:
        """Right or wrong."""
        return Decimal(int((answer,) == key.correct))


class MultipleChoice(WithOptions):
    """Choose every option that applies. Answer: ids in the order shown. Key: the right ids."""

    RULE: ClassVar[str] = (
        "Chọn mọi phương án đúng. Mỗi phương án đúng được một phần điểm, mỗi phương án chọn sai "
        "bị trừ một phần như thế; điểm của câu không xuống dưới 0."
    )

    kind: Literal["multiple"] = "multiple"

    def parse(self, raw: object) -> list[str]:
        """Return the chosen ids; InvalidAnswerError on anything but distinct known ids."""
        chosen = distinct(raw)
        if not chosen or not set(chosen) <= self.ids:
            raise InvalidAnswerError("Hãy chọn ít nhất một phương án trong danh sách.")
        return [option.id for option in self.options if option.id in chosen]

    def render(self, answer: list[str]) -> str:
        """The options' texts."""
        return "; ".join(self.text_of(option) for option in answer)

    def share(self, key: Key, answer: list[str]) -> Decimal:
        """Right picks minus wrong picks over the number of right ones, not below 0."""
        right = len(set(answer) & set(key.correct))
        wrong = len(answer) - right
        return max(Decimal(0), Decimal(right - wrong) / len(key.correct))


class _ChoiceExercise(ExerciseBase):
    kind: str
    options: tuple[AuthoredOption, ...]

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        refuse_repeated([option.text for option in self.options])
        return self

    def _shown(self, rng: random.Random) -> tuple[tuple[Option, ...], Key]:
        options, ids = relabel([option.text for option in self.options], rng)
        correct = [id_ for id_, option in zip(ids, self.options, strict=True) if option.correct]
        return options, Key(kind=self.kind, correct=tuple(sorted(correct)))


class SingleExercise(_ChoiceExercise):
    """Choose one. At most one option is correct; none in a dilemma, where all are defensible."""

    kind: Literal["single"]
    options: tuple[AuthoredOption, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _at_most_one(self) -> SingleExercise:
        if sum(option.correct for option in self.options) > 1:
            raise ValueError("nhiều nhất một phương án đúng (correct: true)")
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[SingleChoice, Key]:
        """Question and key."""
        options, key = self._shown(rng)
        return SingleChoice(id=question_id, prompt=self.prompt, options=options), key

    def tell(self, question: SingleChoice, answer: str, share: Decimal) -> list[str]:  # noqa: ARG002
        """The chosen option's own feedback; the option itself stays marked above it."""
        chosen = question.text_of(answer)
        return [option.feedback for option in self.options if option.text == chosen]


class MultipleExercise(_ChoiceExercise):
    """Choose all that apply: at least two options are correct and one is not."""

    kind: Literal["multiple"]
    options: tuple[AuthoredOption, ...] = Field(min_length=4)

    @model_validator(mode="after")
    def _some(self) -> MultipleExercise:
        several = 2
        if not several <= sum(option.correct for option in self.options) < len(self.options):
            raise ValueError("phải có ít nhất hai phương án đúng và một phương án sai")
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[MultipleChoice, Key]:
        """Question and key."""
        options, key = self._shown(rng)
        return MultipleChoice(id=question_id, prompt=self.prompt, options=options), key

    def tell(self, question: MultipleChoice, answer: list[str], share: Decimal) -> list[str]:  # noqa: ARG002
        """Feedback of what was rightly chosen, chosen in error, and missed."""
        chosen = {question.text_of(id_) for id_ in answer}
        lines = []
        for option in self.options:
            verdict = _VERDICTS.get((option.text in chosen, option.correct))
            if verdict:
                lines.append(told(verdict, option.text, option.feedback))
        return lines
