"""Any exercise, whatever its kind, as its author writes it; presenting and judging it.

Lessons hold question and key at once; papers keep the key on the examiner's side.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from courses.kinds.base import InvalidAnswerError, Key
from courses.kinds.choice import MultipleExercise, SingleExercise
from courses.kinds.code import CodeExercise
from courses.kinds.decisions import DecisionsExercise
from courses.kinds.matching import ClassificationExercise, MatchingExercise
from courses.kinds.numeric import NumericExercise, TableExercise
from courses.kinds.ordering import OrderingExercise
from courses.kinds.text import EssayExercise, ShortExercise

__all__ = ["EXERCISE", "Exercise", "Judgement", "Key", "SingleExercise", "judge", "present"]

Exercise = Annotated[
    SingleExercise
    | MultipleExercise
    | OrderingExercise
    | MatchingExercise
    | ClassificationExercise
    | NumericExercise
    | TableExercise
    | ShortExercise
    | EssayExercise
    | DecisionsExercise
    | CodeExercise,
    Field(discriminator="kind"),
]
EXERCISE: TypeAdapter[Any] = TypeAdapter(Exercise)


@dataclass(frozen=True)
class Judgement:
    """How an answer stands: ``share`` of full credit from 0 to 1, and how it came about.

    ``near`` asks a person to look: what was refused is close to what is right.
    """

    share: Decimal
    state: Literal["correct", "partial", "wrong", "blank", "invalid", "unjudged"]
    near: bool = False


def present(exercise: Any, question_id: str, seed: str) -> tuple[Any, Key]:
    """Return question and key of ``exercise``; the same seed gives the same ones."""
    rng = random.Random(f"{seed}/{question_id}")  # noqa: S311 - reproducible order, no secret
    question, key = exercise.present(question_id, rng)
    return question, key


def judge(question: Any, key: Key, raw: object) -> Judgement:
    """Judge one raw answer; never raises, whatever was sent."""
    if raw is None or (isinstance(raw, str | list | dict) and not raw) or _is_blank(raw):
        return Judgement(Decimal(0), "blank")
    if not key.correct:
        return Judgement(Decimal(0), "unjudged" if _reads(question, raw) else "invalid")
    try:
        share = question.share(key, question.parse(raw))
        state: Literal["wrong", "invalid"] = "wrong"
    except InvalidAnswerError:
        # The page asks for another spelling; an examiner would read this one all the same.
        share, state = question.reread(key, raw), "invalid"
    if share == 1:
        return Judgement(share, "correct")
    near = question.nearly(key, raw)
    return Judgement(share, "partial" if share else state, near)


def _reads(question: Any, raw: object) -> bool:
    try:
        question.parse(raw)
    except InvalidAnswerError:
        return False
    return True


def _is_blank(raw: object) -> bool:
    return isinstance(raw, str) and not raw.strip()
