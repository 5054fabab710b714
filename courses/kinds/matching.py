"""Matching pairs and sorting entries into categories: both give each option a target."""

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
    WithOptions,
    refuse_repeated,
    relabel,
    told,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence


class _Assigning(WithOptions):
    """Answer: target id by option id, in part or in full. Key: ``option=target`` pairs."""

    targets: tuple[Option, ...] = Field(min_length=2)

    def parse(self, raw: object) -> dict[str, str]:
        """Return target id by option id; a partly filled answer is valid."""
        targets = {target.id for target in self.targets}
        if not isinstance(raw, dict) or not raw:
            raise InvalidAnswerError("Hãy chọn cho ít nhất một mục.")
        if not set(raw) <= self.ids or not all(
            isinstance(value, str) and value in targets for value in raw.values()
        ):
            raise InvalidAnswerError("Có mục được chọn ngoài danh sách.")
        return {option.id: raw[option.id] for option in self.options if option.id in raw}

    def render(self, answer: dict[str, str]) -> str:
        """Option and target, pair by pair."""
        texts = {target.id: target.text for target in self.targets}
        return "; ".join(f"{self.text_of(o)} ↔ {texts[target]}" for o, target in answer.items())

    def share(self, key: Key, answer: dict[str, str]) -> Decimal:
        """Share of right pairs."""
        right = sum(f"{option}={target}" in key.correct for option, target in answer.items())
        return Decimal(right) / len(key.correct)


_RULE = "Mỗi mục xếp đúng được một phần điểm như nhau; mục sai hoặc để trống không bị trừ điểm."


class Matching(_Assigning):
    """Match each option with its target."""

    RULE: ClassVar[str] = _RULE

    kind: Literal["matching"] = "matching"


class Classification(_Assigning):
    """Sort each option into one of the categories (``targets``)."""

    RULE: ClassVar[str] = _RULE

    kind: Literal["classification"] = "classification"


class Pair(Content):
    """Two things that belong together."""

    left: str = Field(min_length=1)
    right: str = Field(min_length=1)
    feedback: str = Field(min_length=1)


class MatchingExercise(ExerciseBase):
    """Match each left with its right; ``distractors`` are rights that belong to none."""

    kind: Literal["matching"]
    pairs: tuple[Pair, ...] = Field(min_length=3)
    distractors: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _told_apart(self) -> MatchingExercise:
        refuse_repeated([pair.left for pair in self.pairs])
        rights = {pair.right for pair in self.pairs} | set(self.distractors)
        if len(rights) == 1:
            raise ValueError("phải có ít nhất hai vế phải khác nhau")
        refuse_repeated(sorted(rights))
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[Matching, Key]:
        """Question and key."""
        rights = list(dict.fromkeys([*(pair.right for pair in self.pairs), *self.distractors]))
        targets, ids = relabel(rights, rng)
        id_of = dict(zip(rights, ids, strict=True))
        options, correct = _assign([(pair.left, id_of[pair.right]) for pair in self.pairs], rng)
        question = Matching(id=question_id, prompt=self.prompt, options=options, targets=targets)
        return question, Key(kind=self.kind, correct=correct)

    def tell(self, question: Matching, answer: dict[str, str], share: Decimal) -> list[str]:  # noqa: ARG002
        """Of each matched option, whether it is right, its right target and why."""
        key = {pair.left: (pair.right, pair.feedback) for pair in self.pairs}
        return _corrected(question, answer, key)


class Entry(Content):
    """Something to classify."""

    text: str = Field(min_length=1)
    category: str = Field(min_length=1)
    feedback: str = Field(min_length=1)


class ClassificationExercise(ExerciseBase):
    """Sort entries into categories, which keep the order their author gave them."""

    kind: Literal["classification"]
    categories: tuple[str, ...] = Field(min_length=2, max_length=5)
    entries: tuple[Entry, ...] = Field(min_length=4)

    @model_validator(mode="after")
    def _categories_exist(self) -> ClassificationExercise:
        refuse_repeated(self.categories)
        refuse_repeated([entry.text for entry in self.entries])
        unknown = {entry.category for entry in self.entries} - set(self.categories)
        if unknown:
            raise ValueError(f"nhóm không có trong categories: {', '.join(sorted(unknown))}")
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[Classification, Key]:
        """Question and key."""
        # Categories often have an order of their own (levels, stages): it is not shuffled.
        targets = tuple(
            Option(id=str(number), text=text) for number, text in enumerate(self.categories, 1)
        )
        id_of = {target.text: target.id for target in targets}
        entries = [(entry.text, id_of[entry.category]) for entry in self.entries]
        options, correct = _assign(entries, rng)
        question = Classification(
            id=question_id, prompt=self.prompt, options=options, targets=targets
        )
        return question, Key(kind=self.kind, correct=correct)

    def tell(
        self,
        question: Classification,
        answer: dict[str, str],
        share: Decimal,  # noqa: ARG002
    ) -> list[str]:
        """Of each classified entry, whether it is right, its right category and why."""
        key = {entry.text: (entry.category, entry.feedback) for entry in self.entries}
        return _corrected(question, answer, key)


def _corrected(
    question: _Assigning, answer: dict[str, str], key: dict[str, tuple[str, str]]
) -> list[str]:
    """A line an option that was given a target; ``key`` holds right target and feedback."""
    given = {target.id: target.text for target in question.targets}
    lines = []
    for id_, target in answer.items():
        text = question.text_of(id_)
        right, feedback = key[text]
        verdict = "Đúng." if given[target] == right else "Chưa đúng, phải là:"
        lines.append(told(verdict, f"{text} ↔ {right}", feedback))
    return lines


def _assign(
    pairs: Sequence[tuple[str, str]], rng: random.Random
) -> tuple[tuple[Option, ...], tuple[str, ...]]:
    """Options from (text, target id) pairs, and the right pairs."""
    options, ids = relabel([text for text, _ in pairs], rng)
    targets = (target for _, target in pairs)
    correct = sorted(f"{id_}={target}" for id_, target in zip(ids, targets, strict=True))
    return options, tuple(correct)
