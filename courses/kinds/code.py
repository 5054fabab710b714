"""A data task for specialists: they compute named results with code of their own.

The code runs in the specialist's own kernel and is never run again. What is judged is the
results, taken from the kernel's variables or typed, and kept as any other answer.
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, model_validator

from courses.foundation.content import Content
from courses.foundation.numerals import NumeralError, read_number
from courses.kinds.base import (
    ExerciseBase,
    Feedback,
    InvalidAnswerError,
    Key,
    QuestionBase,
    share_of_numbers,
)

if TYPE_CHECKING:
    import random

_NAME = r"^[a-z][a-z0-9_]{0,30}$"
_FILE = r"^[a-z0-9-]{1,40}\.csv$"


class Result(Content):
    """One result to compute: the variable's name, what it is, and its unit."""

    name: str = Field(pattern=_NAME)
    label: str = Field(min_length=1)
    unit: str = ""


class DataFile(Content):
    """A data file that stands beside the notebook; ``content`` is CSV text."""

    name: str = Field(pattern=_FILE)
    content: str = Field(min_length=1)


class CodeTask(QuestionBase):
    """Compute named numbers from data. Answer: number by name. Key: ``name=number`` pairs."""

    RULE: ClassVar[str] = (
        "Mỗi kết quả đúng được một phần điểm như nhau; kết quả sai không bị trừ điểm."
    )

    kind: Literal["code"] = "code"
    results: tuple[Result, ...] = Field(min_length=1)
    files: tuple[DataFile, ...] = ()

    def parse(self, raw: object) -> dict[str, str]:
        """Return number by name; missing results are left out, an unreadable one is named."""
        units = {result.name: result.unit for result in self.results}
        if not isinstance(raw, dict) or not set(raw) <= set(units):
            raise InvalidAnswerError("Câu trả lời không đúng dạng kết quả.")
        found = {}
        for result in self.results:
            text = raw.get(result.name)
            if isinstance(text, str) and text.strip():
                found[result.name] = _number(text, result)
        if not found:
            raise InvalidAnswerError("Chưa có kết quả nào.")
        return found

    def render(self, answer: dict[str, str]) -> str:
        """Each result with its label and unit."""
        return "; ".join(
            f"{result.label}: {answer[result.name].replace('.', ',')} {result.unit}".strip()
            for result in self.results
            if result.name in answer
        )

    def share(self, key: Key, answer: dict[str, str]) -> Decimal:
        """Share of results that are right within their tolerances."""
        return share_of_numbers(key, answer)


def _number(text: str, result: Result) -> str:
    try:
        return format(read_number(text, result.unit), "f")
    except NumeralError as error:
        raise InvalidAnswerError(f"{result.label}: {error}") from None


def take(question: CodeTask, variables: dict[str, Any]) -> dict[str, str]:
    """The results as they stand in a kernel's variables, as typed numbers with a comma.

    Only plain and NumPy numbers are taken, by their own decimal text: nothing of the
    candidate's is called.
    """
    taken = {}
    for result in question.results:
        value: Any = variables.get(result.name)
        with suppress(ValueError):  # an array of many numbers, a number of thousands of digits
            if type(value).__module__ == "numpy" and hasattr(type(value), "item"):
                value = value.item()
            if type(value) in (int, float, Decimal):
                taken[result.name] = format(Decimal(str(value)), "f")
    return {name: text.replace(".", ",") for name, text in taken.items()}


class AuthoredResult(Result):
    """A result with its right value and how far off it may be."""

    answer: Decimal
    tolerance: Decimal = Field(default=Decimal(0), ge=0)


class CodeExercise(ExerciseBase):
    """Compute the results; ``files`` are given beside the notebook."""

    kind: Literal["code"]
    results: tuple[AuthoredResult, ...] = Field(min_length=1)
    files: tuple[DataFile, ...] = ()
    feedback: Feedback

    @model_validator(mode="after")
    def _names_differ(self) -> CodeExercise:
        for names in ([r.name for r in self.results], [f.name for f in self.files]):
            if len(set(names)) != len(names):
                raise ValueError("hai kết quả hoặc hai tệp trùng tên")
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[CodeTask, Key]:  # noqa: ARG002
        """Question and key."""
        shown = tuple(Result(name=r.name, label=r.label, unit=r.unit) for r in self.results)
        question = CodeTask(id=question_id, prompt=self.prompt, results=shown, files=self.files)
        return question, Key(
            kind=self.kind,
            correct=tuple(f"{r.name}={r.answer:f}" for r in self.results),
            tolerances=tuple(r.tolerance for r in self.results),
        )

    def tell(self, question: CodeTask, answer: dict[str, str], share: Decimal) -> list[str]:  # noqa: ARG002
        """One line for all results."""
        return self.feedback.on(share)
