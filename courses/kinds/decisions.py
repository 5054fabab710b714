"""A sequence of decisions in a branching case: each choice leads to the next situation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, model_validator

from courses.foundation.content import Content
from courses.kinds.base import (
    ExerciseBase,
    InvalidAnswerError,
    Key,
    Option,
    QuestionBase,
    refuse_repeated,
    relabel,
)

if TYPE_CHECKING:
    import random


class Choice(Option):
    """An option of one step; ``next`` is the step it leads to, None at the end."""

    next: str | None = None


class Step(Content):
    """A situation and its options."""

    situation: str = Field(min_length=1)
    options: tuple[Choice, ...] = Field(min_length=2)

    def choice(self, option_id: str) -> Choice | None:
        """The option called ``option_id``, if any."""
        return next((option for option in self.options if option.id == option_id), None)


class DecisionSequence(QuestionBase):
    """Decide step by step. Answer: option id by step, along the path taken, from the start.

    Key: ``step/option=credit``, the credit (0 to 1) of every option.
    """

    RULE: ClassVar[str] = (
        "Mỗi quyết định có điểm riêng, trọn hay một phần; điểm của câu là trung bình cả chuỗi; "
        "quyết định chưa chọn không có điểm."
    )

    kind: Literal["decisions"] = "decisions"
    start: str
    steps: dict[str, Step]

    def parse(self, raw: object) -> dict[str, str]:
        """Return option by step; the path may stop early but must hold together."""
        if not isinstance(raw, dict) or not raw:
            raise InvalidAnswerError("Hãy chọn quyết định đầu tiên.")
        path: dict[str, str] = {}
        step: str | None = self.start
        while step is not None and step in raw:
            option = raw[step]
            choice = self.steps[step].choice(option) if isinstance(option, str) else None
            if choice is None:
                raise InvalidAnswerError("Có quyết định ngoài danh sách.")
            path[step], step = choice.id, choice.next
        if set(path) != set(raw):
            raise InvalidAnswerError("Các quyết định không nối tiếp nhau.")
        return path

    def render(self, answer: dict[str, str]) -> str:
        """The decisions, in order."""
        chosen = (self.steps[step].choice(option) for step, option in answer.items())
        return " → ".join(choice.text for choice in chosen if choice)

    def share(self, key: Key, answer: dict[str, str]) -> Decimal:
        """Mean credit over a whole path; decisions not taken earn nothing."""
        worth = dict(pair.split("=") for pair in key.correct)
        earned = sum((Decimal(worth[f"{s}/{o}"]) for s, o in answer.items()), start=Decimal(0))
        return earned / self.length

    @property
    def length(self) -> int:
        """How many decisions a whole path has (the same on every path)."""
        return _length(self.start, {name: _targets(step) for name, step in self.steps.items()})


class AuthoredChoice(Content):
    """A decision as its author writes it."""

    text: str = Field(min_length=1)
    credit: Decimal = Field(ge=0, le=1)
    feedback: str = Field(min_length=1)
    next: str | None = None


class AuthoredStep(Content):
    """A situation as its author writes it."""

    situation: str = Field(min_length=1)
    options: tuple[AuthoredChoice, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _told_apart(self) -> AuthoredStep:
        refuse_repeated([option.text for option in self.options])
        return self


class DecisionsExercise(ExerciseBase):
    """A branching case: every path takes the same number of decisions, one path earns all."""

    kind: Literal["decisions"]
    start: str
    steps: dict[str, AuthoredStep]

    @model_validator(mode="after")
    def _holds_together(self) -> DecisionsExercise:
        targets = {name: {o.next for o in step.options} for name, step in self.steps.items()}
        reached = {self.start} | {target for each in targets.values() for target in each} - {None}
        if reached != set(self.steps):
            odd = sorted(map(str, reached ^ set(self.steps)))
            raise ValueError(f"bước thiếu hoặc không đường nào dẫn tới: {', '.join(odd)}")
        if any(max(option.credit for option in step.options) < 1 for step in self.steps.values()):
            raise ValueError("mỗi bước phải có một quyết định được trọn điểm (credit: 1)")
        _length(self.start, targets)
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[DecisionSequence, Key]:
        """Question and key."""
        steps, correct = {}, []
        for name, step in self.steps.items():
            options, ids = relabel([option.text for option in step.options], rng)
            authored = dict(zip(ids, step.options, strict=True))
            steps[name] = Step(
                situation=step.situation,
                options=tuple(
                    Choice(id=o.id, text=o.text, next=authored[o.id].next) for o in options
                ),
            )
            correct += [f"{name}/{id_}={option.credit}" for id_, option in authored.items()]
        question = DecisionSequence(
            id=question_id, prompt=self.prompt, start=self.start, steps=steps
        )
        return question, Key(kind=self.kind, correct=tuple(sorted(correct)))

    def tell(
        self,
        question: DecisionSequence,
        answer: dict[str, str],
        share: Decimal,  # noqa: ARG002
    ) -> list[str]:
        """Each decision's own feedback."""
        lines = []
        for step, option in answer.items():
            choice = question.steps[step].choice(option)
            told = {o.text: o.feedback for o in self.steps[step].options}
            lines += [f"{choice.text}: {told[choice.text]}"] if choice else []
        return lines


def _targets(step: Step) -> set[str | None]:
    return {option.next for option in step.options}


def _length(start: str, targets: dict[str, set[str | None]]) -> int:
    """Number of decisions on every path; ValueError when paths differ or run in a circle."""
    lengths: set[int] = set()
    paths = [(start, 1)]
    while paths:
        step, depth = paths.pop()
        if depth > len(targets):
            raise ValueError("ca phân nhánh chạy vòng")
        lengths |= {depth} if None in targets[step] else set()
        paths += [(target, depth + 1) for target in targets[step] if target is not None]
    if len(lengths) != 1:
        raise ValueError("mọi nhánh phải có cùng số quyết định")
    return lengths.pop()
