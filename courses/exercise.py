"""Exercises as their authors write them: right answers, feedback, and how an answer is judged.

``present`` turns an exercise and a seed into a question whose options are shuffled and
relabelled, so that neither order nor id tells the answer, and, apart from it, the key.
``judge`` is a pure function of question, key and what was sent. Lessons use both at once;
papers keep the key on the examiner's side.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, TypeAdapter, model_validator

from courses.content import Content
from courses.question import (
    Answer,
    Essay,
    InvalidAnswerError,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Question,
    SingleChoice,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


class AuthoredOption(Content):
    """An option as its author writes it, with what a trainee who chooses it is told."""

    text: str = Field(min_length=1)
    correct: bool = False
    feedback: str = Field(min_length=1)


class Pair(Content):
    """Two things that belong together."""

    left: str = Field(min_length=1)
    right: str = Field(min_length=1)
    feedback: str = Field(min_length=1)


class Feedback(Content):
    """What a trainee is told where there are no options to speak for themselves."""

    correct: str = Field(min_length=1)
    wrong: str = Field(min_length=1)


class _Exercise(Content):
    prompt: str = Field(min_length=1)


class SingleExercise(_Exercise):
    """Choose one. At most one option is correct; none in a dilemma, where all are defensible."""

    kind: Literal["single"]
    options: tuple[AuthoredOption, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _at_most_one(self) -> SingleExercise:
        if sum(option.correct for option in self.options) > 1:
            raise ValueError("nhiều nhất một phương án đúng (correct: true)")
        return self


class MultipleExercise(_Exercise):
    """Choose all that apply: at least two options are correct and one is not."""

    kind: Literal["multiple"]
    options: tuple[AuthoredOption, ...] = Field(min_length=4)

    @model_validator(mode="after")
    def _some(self) -> MultipleExercise:
        several = 2
        if not several <= sum(option.correct for option in self.options) < len(self.options):
            raise ValueError("phải có ít nhất hai phương án đúng và một phương án sai")
        return self


class OrderingExercise(_Exercise):
    """Put in order: ``steps`` are written in the right order."""

    kind: Literal["ordering"]
    steps: tuple[str, ...] = Field(min_length=3)
    feedback: Feedback


class MatchingExercise(_Exercise):
    """Match each left with its right; ``distractors`` are rights that belong to none."""

    kind: Literal["matching"]
    pairs: tuple[Pair, ...] = Field(min_length=3)
    distractors: tuple[str, ...] = ()


class NumericExercise(_Exercise):
    """Type a number within ``tolerance`` (same unit, absolute) of ``answer``."""

    kind: Literal["numeric"]
    answer: Decimal
    tolerance: Decimal = Field(ge=0)
    unit: str = ""
    feedback: Feedback


class EssayExercise(_Exercise):
    """Write a text; ``model_answer`` is shown in a lesson once something has been written."""

    kind: Literal["essay"]
    min_words: int = Field(default=0, ge=0)
    max_words: int = Field(default=600, ge=1)
    model_answer: str = ""


Exercise = Annotated[
    SingleExercise
    | MultipleExercise
    | OrderingExercise
    | MatchingExercise
    | NumericExercise
    | EssayExercise,
    Field(discriminator="kind"),
]
EXERCISE: TypeAdapter[Any] = TypeAdapter(Exercise)


class Key(Content):
    """What an answer is judged by.

    ``correct`` holds option ids (single, multiple: a set; ordering: a sequence), for matching
    ``option=target`` pairs, for numeric the number; it is empty for an essay or a dilemma.
    """

    kind: Literal["single", "multiple", "ordering", "matching", "numeric", "essay"]
    correct: tuple[str, ...] = ()
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True)
class Judgement:
    """How an answer stands: ``share`` of full credit from 0 to 1, and how it came about."""

    share: Decimal
    state: Literal["correct", "partial", "wrong", "blank", "invalid", "unjudged"]


def present(exercise: Any, question_id: str, seed: str) -> tuple[Any, Key]:
    """Return question and key of ``exercise``; the same seed gives the same ones."""
    rng = random.Random(f"{seed}/{question_id}")  # noqa: S311 - reproducible order, no secret
    fields, key = _PRESENT[exercise.kind](exercise, rng)
    question = _QUESTION[exercise.kind](id=question_id, prompt=exercise.prompt, **fields)
    return question, key


def _relabel(texts: Sequence[str], rng: random.Random) -> tuple[tuple[Option, ...], list[str]]:
    """Shuffle texts into options a, b, c…; also give each text's new id, in its old order."""
    order = list(range(len(texts)))
    rng.shuffle(order)
    ids = {old: ascii_lowercase[new] for new, old in enumerate(order)}
    options = tuple(Option(id=ids[old], text=texts[old]) for old in order)
    return options, [ids[old] for old in range(len(texts))]


def _present_choice(
    exercise: SingleExercise | MultipleExercise, rng: random.Random
) -> tuple[dict[str, Any], Key]:
    options, ids = _relabel([option.text for option in exercise.options], rng)
    correct = [id_ for id_, option in zip(ids, exercise.options, strict=True) if option.correct]
    return {"options": options}, Key(kind=exercise.kind, correct=tuple(sorted(correct)))


def _present_ordering(exercise: OrderingExercise, rng: random.Random) -> tuple[dict[str, Any], Key]:
    options, ids = _relabel(exercise.steps, rng)
    while [option.id for option in options] == ids:  # the order shown must not be the answer
        options, ids = _relabel(exercise.steps, rng)
    return {"options": options}, Key(kind="ordering", correct=tuple(ids))


def _present_matching(exercise: MatchingExercise, rng: random.Random) -> tuple[dict[str, Any], Key]:
    options, lefts = _relabel([pair.left for pair in exercise.pairs], rng)
    rights = list(dict.fromkeys([*(pair.right for pair in exercise.pairs), *exercise.distractors]))
    targets, target_ids = _relabel(rights, rng)
    id_of = dict(zip(rights, target_ids, strict=True))
    pairs = zip(lefts, exercise.pairs, strict=True)
    correct = sorted(f"{left}={id_of[pair.right]}" for left, pair in pairs)
    return {"options": options, "targets": targets}, Key(kind="matching", correct=tuple(correct))


def _present_numeric(exercise: NumericExercise, _: random.Random) -> tuple[dict[str, Any], Key]:
    number = format(exercise.answer, "f")
    key = Key(kind="numeric", correct=(number,), tolerance=exercise.tolerance)
    return {"unit": exercise.unit}, key


def _present_essay(exercise: EssayExercise, _: random.Random) -> tuple[dict[str, Any], Key]:
    limits = {"min_words": exercise.min_words, "max_words": exercise.max_words}
    return limits, Key(kind="essay")


_PRESENT: dict[str, Any] = {
    "single": _present_choice,
    "multiple": _present_choice,
    "ordering": _present_ordering,
    "matching": _present_matching,
    "numeric": _present_numeric,
    "essay": _present_essay,
}
_QUESTION: dict[str, Any] = {
    "single": SingleChoice,
    "multiple": MultipleChoice,
    "ordering": Ordering,
    "matching": Matching,
    "numeric": Numeric,
    "essay": Essay,
}


def judge(question: Question, key: Key, raw: object) -> Judgement:
    """Judge one raw answer; never raises, whatever was sent.

    Partial credit: *multiple* earns right picks minus wrong picks over the number of right
    ones, not below 0; *ordering* earns Kendall's tau over the pairs of steps, not below 0;
    *matching* earns the share of right pairs. Single and numeric are right or wrong.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return Judgement(Decimal(0), "blank")
    try:
        answer = question.parse(raw)
    except InvalidAnswerError:
        return Judgement(Decimal(0), "invalid")
    if not key.correct:
        return Judgement(Decimal(0), "unjudged")
    share = _SHARE[key.kind](key, answer)
    if share == 1:
        return Judgement(share, "correct")
    return Judgement(share, "partial" if share else "wrong")


def _share_single(key: Key, answer: str) -> Decimal:
    return Decimal(int((answer,) == key.correct))


def _share_multiple(key: Key, answer: list[str]) -> Decimal:
    right = len(set(answer) & set(key.correct))
    wrong = len(answer) - right
    return max(Decimal(0), Decimal(right - wrong) / len(key.correct))


def _share_ordering(key: Key, answer: list[str]) -> Decimal:
    place = {option: index for index, option in enumerate(answer)}
    pairs = list(combinations(key.correct, 2))
    right = sum(place[first] < place[second] for first, second in pairs)
    return max(Decimal(0), Decimal(2 * right - len(pairs)) / len(pairs))


def _share_matching(key: Key, answer: dict[str, str]) -> Decimal:
    right = sum(f"{left}={target}" in key.correct for left, target in answer.items())
    return Decimal(right) / len(key.correct)


def _share_numeric(key: Key, answer: str) -> Decimal:
    return Decimal(int(abs(Decimal(answer) - Decimal(key.correct[0])) <= key.tolerance))


_SHARE: dict[str, Any] = {
    "single": _share_single,
    "multiple": _share_multiple,
    "ordering": _share_ordering,
    "matching": _share_matching,
    "numeric": _share_numeric,
}


def feedback(exercise: Any, question: Any, answer: Answer, judgement: Judgement) -> list[str]:
    """What the trainee is told about a valid answer: one line for each thing chosen."""
    if exercise.kind in ("single", "multiple"):
        told = {option.text: option.feedback for option in exercise.options}
        chosen = [answer] if isinstance(answer, str) else answer
        return [f"{question.text_of(id_)}: {told[question.text_of(id_)]}" for id_ in chosen]
    if exercise.kind == "matching":
        told = {pair.left: pair.feedback for pair in exercise.pairs}
        return [f"{question.text_of(id_)}: {told[question.text_of(id_)]}" for id_ in answer]
    if exercise.kind == "essay":
        return [exercise.model_answer] if exercise.model_answer else []
    right = judgement.state == "correct"
    return [exercise.feedback.correct if right else exercise.feedback.wrong]
