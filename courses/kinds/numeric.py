"""A number, and a table of numbers to fill."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, model_validator

from courses.foundation.bounds import without_bound
from courses.foundation.content import Content
from courses.foundation.echoes import without_echo
from courses.foundation.number_words import in_sure_figures
from courses.foundation.numerals import (
    NumeralError,
    doubtful,
    read_number,
    readings,
    rounded_elsewhere,
)
from courses.kinds.base import (
    ExerciseBase,
    Feedback,
    InvalidAnswerError,
    Key,
    Precision,
    QuestionBase,
    nearly_a_number,
    share_of_numbers,
    share_of_readings,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence


_LONGEST = 200  # characters of an answer that are looked at
Rounding = Literal["nearest", "up", "down"]


def _require_decimals(authored: Any) -> None:
    if authored.rounding != "nearest" and authored.decimals is None:
        raise ValueError("có rounding thì phải có decimals")


def _precision(authored: Any) -> Precision | None:
    if authored.decimals is None:
        return None
    return Precision(decimals=authored.decimals, rounding=authored.rounding)


def _precisions(authored: Sequence[Any]) -> tuple[Precision | None, ...]:
    """One a number; none at all when none is asked."""
    precisions = tuple(_precision(number) for number in authored)
    return precisions if any(precisions) else ()


def _number(raw: object, unit: str) -> str:
    """``raw`` as a plain decimal string; InvalidAnswerError with how to write it."""
    try:
        return format(read_number(raw if isinstance(raw, str) else "", unit), "f")
    except NumeralError as error:
        raise InvalidAnswerError(str(error)) from None


class Numeric(QuestionBase):
    """Type a number. Answer: a plain decimal string such as ``-1234.5``. Key: the number."""

    OPTIONAL: ClassVar[tuple[str, ...]] = ("precision",)
    RULE: ClassVar[str] = "Số đúng được trọn điểm; số sai không bị trừ điểm."

    kind: Literal["numeric"] = "numeric"
    unit: str = ""
    precision: Precision | None = None

    def parse(self, raw: object) -> str:
        """Read the number as ``courses.foundation.numerals.read_number`` does."""
        return _number(raw, self.unit)

    def render(self, answer: str) -> str:
        """The number with a decimal comma and its unit."""
        return f"{answer.replace('.', ',')} {self.unit}".strip()

    def share(self, key: Key, answer: str) -> Decimal:
        """Right by the rule of ``Key.accepts``, or wrong."""
        return Decimal(int(key.accepts(0, Decimal(answer), Decimal(key.correct[0]))))

    def reread(self, key: Key, raw: Any) -> Decimal:
        """Right when a fair reading is right."""
        return share_of_readings(_named(key), {"": self._readings(raw)})

    def nearly(self, key: Key, raw: Any) -> bool:
        """Whether the number misses by the last place, or could be read as a right one."""
        if not isinstance(raw, str):
            return False
        if rounded_elsewhere(raw[:_LONGEST], self.unit, Decimal(key.correct[0])):
            return True
        unsure = {"": doubtful(raw, self.unit)}
        return nearly_a_number(_named(key), {"": self._readings(raw)}, unsure)

    def rule(self) -> str:
        """The rule, with the precision asked."""
        return f"{self.precision.told()} {self.RULE}" if self.precision else self.RULE

    def _readings(self, raw: Any) -> tuple[Decimal, ...]:
        if not isinstance(raw, str):
            return ()
        bare = without_bound(raw[:_LONGEST], self.prompt)
        prompt = without_bound(self.prompt, self.prompt)
        ways = dict.fromkeys((bare, without_echo(in_sure_figures(bare), prompt)))
        return tuple(dict.fromkeys(value for way in ways for value in readings(way, self.unit)))


class NumericExercise(ExerciseBase):
    """Type a number: ``answer`` unrounded, right at the precision asked or within ``tolerance``.

    ``decimals`` is the precision asked, ``rounding`` the safe side; ``tolerance`` is absolute
    and in the same unit. Without ``decimals`` the tolerance alone decides. ``traps`` are what
    named wrong methods give; no variant may pay them.
    """

    kind: Literal["numeric"]
    answer: Decimal
    tolerance: Decimal = Field(default=Decimal(0), ge=0)
    decimals: int | None = Field(default=None, ge=0, le=6)
    rounding: Rounding = "nearest"
    traps: tuple[str, ...] = ()
    unit: str = ""
    feedback: Feedback

    @model_validator(mode="after")
    def _rounds_what(self) -> NumericExercise:
        _require_decimals(self)
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[Numeric, Key]:  # noqa: ARG002
        """Question and key."""
        number, precision = format(self.answer, "f"), _precision(self)
        key = Key(
            kind=self.kind,
            correct=(number,),
            tolerances=(self.tolerance,),
            precisions=(precision,) if precision else (),
        )
        question = Numeric(id=question_id, prompt=self.prompt, unit=self.unit, precision=precision)
        return question, key

    def tell(self, question: Numeric, answer: str, share: Decimal) -> list[str]:  # noqa: ARG002
        """One line, for right or wrong."""
        return self.feedback.on(share)


def _named(key: Key) -> Key:
    """The key of a single number as one of named numbers, under no name."""
    return key.model_copy(update={"correct": (f"={key.correct[0]}",)})


class TableRow(Content):
    """A row as shown: its heading, and each cell's text, None where there is one to fill."""

    label: str
    cells: tuple[str | None, ...]


class FillTable(QuestionBase):
    """Fill the empty cells of a table with numbers.

    Answer: number by cell, in part or in full; a cell is called ``r2c1`` (row 2, column 1).
    Key: ``cell=number`` pairs with a tolerance each.
    """

    RULE: ClassVar[str] = (
        "Mỗi ô đúng được một phần điểm như nhau; ô sai hoặc để trống không bị trừ điểm."
    )

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
        """Share of cells that are right by the rule of ``Key.accepts``."""
        return share_of_numbers(key, answer)

    def reread(self, key: Key, raw: Any) -> Decimal:
        """Share of cells that a fair reading makes right: one odd cell costs that cell alone."""
        return share_of_readings(key, self._readings(raw))

    def nearly(self, key: Key, raw: Any) -> bool:
        """Whether a cell misses by the last place, or could be read as a right one."""
        unsure = {cell: doubtful(text, self.unit) for cell, text in self._typed(raw).items()}
        return nearly_a_number(key, self._readings(raw), unsure)

    def _readings(self, raw: Any) -> dict[str, tuple[Decimal, ...]]:
        return {cell: readings(text, self.unit) for cell, text in self._typed(raw).items()}

    def _typed(self, raw: Any) -> dict[str, str]:
        typed = {c: raw.get(c) for c in self.blanks} if isinstance(raw, dict) else {}
        return {cell: text for cell, text in typed.items() if isinstance(text, str)}


class AuthoredCell(Content):
    """A cell to fill: the right number, unrounded, and its precision or how far off it may be."""

    answer: Decimal
    tolerance: Decimal = Field(default=Decimal(0), ge=0)
    decimals: int | None = Field(default=None, ge=0, le=6)
    rounding: Rounding = "nearest"

    @model_validator(mode="after")
    def _rounds_what(self) -> AuthoredCell:
        _require_decimals(self)
        return self


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
            precisions=_precisions(cells),
        )

    def tell(self, question: FillTable, answer: dict[str, str], share: Decimal) -> list[str]:  # noqa: ARG002
        """One line for the whole table."""
        return self.feedback.on(share)


def _shown(cell: AuthoredCell | str) -> str | None:
    return cell if isinstance(cell, str) else None
