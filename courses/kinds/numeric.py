"""A number, and a table of numbers to fill."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

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


def _number(raw: object, unit: str) -> str:
    """``raw`` as a plain decimal string; InvalidAnswerError with how to write it."""
    try:
        return format(read_number(raw if isinstance(raw, str) else "", unit), "f")
    except NumeralError as error:
        raise InvalidAnswerError(str(error)) from None


class Numeric(QuestionBase):
    """Type a number. Answer: a plain decimal string such as ``-1234.5``. Key: the number."""

    kind: Literal["numeric"] = "numeric"
    unit: str = ""

    def parse(self, raw: object) -> str:
        """Read the number as ``courses.foundation.numerals.read_number`` does."""
        return _number(raw, self.unit)

    def render(self, answer: str) -> str:
        """The number with a decimal comma and its unit."""
        return f"{answer.replace('.', ',')} {self.unit}".strip()

    def share(self, key: Key, answer: str) -> Decimal:
        """Right within the tolerance, or wrong."""
        return Decimal(int(abs(Decimal(answer) - Decimal(key.correct[0])) <= key.tolerances[0]))


class NumericExercise(ExerciseBase):
    """Type a number within ``tolerance`` (same unit, absolute) of ``answer``."""

    kind: Literal["numeric"]
    answer: Decimal
    tolerance: Decimal = Field(ge=0)
    unit: str = ""
    feedback: Feedback

    def present(self, question_id: str, rng: random.Random) -> tuple[Numeric, Key]:  # noqa: ARG002
        """Question and key."""
        number = format(self.answer, "f")
        key = Key(kind=self.kind, correct=(number,), tolerances=(self.tolerance,))
        return Numeric(id=question_id, prompt=self.prompt, unit=self.unit), key

    def tell(self, question: Numeric, answer: str, share: Decimal) -> list[str]:  # noqa: ARG002
        """One line, for right or wrong."""
        return self.feedback.on(share)


class TableRow(Content):
    """A row as shown: its heading, and each cell's text, None where there is one to fill."""

    label: str
    cells: tuple[str | None, ...]


class FillTable(QuestionBase):
    """Fill the empty cells of a table with numbers.

    Answer: number by cell, in part or in full; a cell is called ``r2c1`` (row 2, column 1).
    Key: ``cell=number`` pairs with a tolerance each.
    """

    kind: Literal["table"] = "table"
    columns: tuple[str, ...] = Field(min_length=1)
    rows: tuple[TableRow, ...] = Field(min_length=1)
    unit: str = ""

    @property
    def blanks(self) -> list[str]:
        """The cells to fill, row by row."""
        return [
            f"r{r}c{c}"
            for r, row in enumerate(self.rows, start=1)
            for c, text in enumerate(row.cells, start=1)
            if text is None
        ]

    def parse(self, raw: object) -> dict[str, str]:
        """Return number by cell; empty cells are left out, an unreadable one is named."""
        if not isinstance(raw, dict) or not set(raw) <= set(self.blanks):
            raise InvalidAnswerError("Câu trả lời không đúng dạng bảng.")
        filled = {}
        for cell in self.blanks:
            text = raw.get(cell)
            if isinstance(text, str) and text.strip():
                filled[cell] = self._cell(cell, text)
        if not filled:
            raise InvalidAnswerError("Hãy điền ít nhất một ô.")
        return filled

    def _cell(self, cell: str, text: str) -> str:
        try:
            return _number(text, self.unit)
        except InvalidAnswerError as error:
            row, column = (int(part) - 1 for part in cell[1:].split("c"))
            where = f"Ô “{self.rows[row].label} – {self.columns[column]}”"
            raise InvalidAnswerError(f"{where}: {error}") from None

    def render(self, answer: dict[str, str]) -> str:
        """Each filled cell by row and column heading."""
        return "; ".join(
            f"{self.rows[row].label} – {self.columns[column]}: {number.replace('.', ',')}"
            for cell, number in answer.items()
            for row, column in [tuple(int(part) - 1 for part in cell[1:].split("c"))]
        )

    def share(self, key: Key, answer: dict[str, str]) -> Decimal:
        """Share of cells that are right within their tolerances."""
        return share_of_numbers(key, answer)


class AuthoredCell(Content):
    """A cell to fill: the right number and how far off it may be."""

    answer: Decimal
    tolerance: Decimal = Field(default=Decimal(0), ge=0)


class AuthoredRow(Content):
    """A row as its author writes it: a text is shown, a cell with an answer is to be filled."""

    label: str = Field(min_length=1)
    cells: tuple[AuthoredCell | str, ...] = Field(min_length=1)


class TableExercise(ExerciseBase):
    """Fill a table."""

    kind: Literal["table"]
    columns: tuple[str, ...] = Field(min_length=1)
    rows: tuple[AuthoredRow, ...] = Field(min_length=1)
    unit: str = ""
    feedback: Feedback

    @model_validator(mode="after")
    def _rectangular(self) -> TableExercise:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("mỗi hàng phải có đúng số ô như số cột")
        if not any(isinstance(cell, AuthoredCell) for row in self.rows for cell in row.cells):
            raise ValueError("bảng không có ô nào để điền")
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[FillTable, Key]:  # noqa: ARG002
        """Question and key."""
        rows = tuple(
            TableRow(label=row.label, cells=tuple(_shown(cell) for cell in row.cells))
            for row in self.rows
        )
        question = FillTable(
            id=question_id, prompt=self.prompt, columns=self.columns, rows=rows, unit=self.unit
        )
        cells: list[Any] = [
            cell for row in self.rows for cell in row.cells if isinstance(cell, AuthoredCell)
        ]
        pairs = zip(question.blanks, cells, strict=True)
        return question, Key(
            kind=self.kind,
            correct=tuple(f"{blank}={cell.answer:f}" for blank, cell in pairs),
            tolerances=tuple(cell.tolerance for cell in cells),
        )

    def tell(self, question: FillTable, answer: dict[str, str], share: Decimal) -> list[str]:  # noqa: ARG002
        """One line for the whole table."""
        return self.feedback.on(share)


def _shown(cell: AuthoredCell | str) -> str | None:
    return cell if isinstance(cell, str) else None
