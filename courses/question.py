"""Any question, whatever its kind, as a trainee sees it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from courses.kinds.base import Answer, InvalidAnswerError, Option
from courses.kinds.choice import MultipleChoice, SingleChoice
from courses.kinds.code import CodeTask
from courses.kinds.decisions import DecisionSequence
from courses.kinds.matching import Classification, Matching
from courses.kinds.numeric import FillTable, Numeric
from courses.kinds.ordering import Ordering
from courses.kinds.text import Essay, ShortText

__all__ = [
    "QUESTION",
    "Answer",
    "Classification",
    "CodeTask",
    "DecisionSequence",
    "Essay",
    "FillTable",
    "InvalidAnswerError",
    "Matching",
    "MultipleChoice",
    "Numeric",
    "Option",
    "Ordering",
    "Question",
    "ShortText",
    "SingleChoice",
]

Question = Annotated[
    SingleChoice
    | MultipleChoice
    | Ordering
    | Matching
    | Classification
    | Numeric
    | FillTable
    | ShortText
    | Essay
    | DecisionSequence
    | CodeTask,
    Field(discriminator="kind"),
]
QUESTION: TypeAdapter[Any] = TypeAdapter(Question)
