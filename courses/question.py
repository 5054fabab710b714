"""The kinds of question, as a trainee sees them: no key, no mark.

A question parses what the browser sends into a canonical JSON value, or says that it is
invalid; invalid input is shown at once and costs nothing. Lessons and papers share these.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, model_validator

from courses.content import Content

Answer = str | list[str] | dict[str, str]
"""A canonical answer: one option id, a list of ids, pairs of ids, a number or a text."""


class InvalidAnswerError(ValueError):
    """What was typed cannot be read; the message tells the trainee how to write it."""


class Option(Content):
    """One thing to choose, to put in order or to match."""

    id: str = Field(pattern=r"^[a-z0-9]{1,3}$")
    text: str = Field(min_length=1)


class _Question(Content):
    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")
    prompt: str = Field(min_length=1)


class _WithOptions(_Question):
    options: tuple[Option, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _ids_differ(self) -> _WithOptions:
        if len(self.ids) != len(self.options):
            raise ValueError("hai phương án trùng mã")
        return self

    @property
    def ids(self) -> set[str]:
        """The option ids."""
        return {option.id for option in self.options}

    def text_of(self, option_id: str) -> str:
        """The text of one option."""
        return next(option.text for option in self.options if option.id == option_id)


class SingleChoice(_WithOptions):
    """Choose one option. Answer: its id."""

    kind: Literal["single"] = "single"

    def parse(self, raw: object) -> str:
        """Return the chosen id; InvalidAnswerError when it is not one of the options."""
        if not isinstance(raw, str) or raw not in self.ids:
            raise InvalidAnswerError("Hãy chọn một phương án trong danh sách.")
        return raw

    def render(self, answer: Answer) -> str:
        """The answer as text for a person who marks."""
        return self.text_of(self.parse(answer))


class MultipleChoice(_WithOptions):
    """Choose every option that applies. Answer: ids in the order of the options."""

    kind: Literal["multiple"] = "multiple"

    def parse(self, raw: object) -> list[str]:
        """Return the chosen ids; InvalidAnswerError on anything but distinct known ids."""
        chosen = _distinct(raw)
        if not chosen or not set(chosen) <= self.ids:
            raise InvalidAnswerError("Hãy chọn ít nhất một phương án trong danh sách.")
        return [option.id for option in self.options if option.id in chosen]

    def render(self, answer: Answer) -> str:
        """The answer as text for a person who marks."""
        return "; ".join(self.text_of(option) for option in self.parse(answer))


class Ordering(_WithOptions):
    """Put all options in order. Answer: all ids, first to last."""

    kind: Literal["ordering"] = "ordering"

    def parse(self, raw: object) -> list[str]:
        """Return the ids in order; InvalidAnswerError unless each occurs exactly once."""
        order = _distinct(raw)
        if set(order) != self.ids:
            raise InvalidAnswerError("Hãy xếp đủ tất cả các mục, mỗi mục một lần.")
        return order

    def render(self, answer: Answer) -> str:
        """The answer as text for a person who marks."""
        return " → ".join(self.text_of(option) for option in self.parse(answer))


class Matching(_WithOptions):
    """Give each option one of the targets. Answer: target id by option id, all options."""

    kind: Literal["matching"] = "matching"
    targets: tuple[Option, ...] = Field(min_length=2)

    def parse(self, raw: object) -> dict[str, str]:
        """Return target id by option id; a partly matched answer is valid."""
        targets = {target.id for target in self.targets}
        if not isinstance(raw, dict) or not raw:
            raise InvalidAnswerError("Hãy ghép ít nhất một mục.")
        if not set(raw) <= self.ids or not all(
            isinstance(value, str) and value in targets for value in raw.values()
        ):
            raise InvalidAnswerError("Có mục ghép với phương án không thuộc danh sách.")
        return {option.id: raw[option.id] for option in self.options if option.id in raw}

    def render(self, answer: Answer) -> str:
        """The answer as text for a person who marks."""
        texts = {target.id: target.text for target in self.targets}
        pairs = self.parse(answer).items()
        return "; ".join(f"{self.text_of(left)} ↔ {texts[right]}" for left, right in pairs)


class Numeric(_Question):
    """Type a number. Answer: a plain decimal string such as ``-1234.5``."""

    kind: Literal["numeric"] = "numeric"
    unit: str = ""

    def parse(self, raw: object) -> str:
        """Read a number as Vietnamese officials type it.

        The comma is the decimal sign and the dot groups thousands (``1.234,5``); a single dot
        that cannot group thousands is read as a decimal sign (``43.43``). A trailing unit or
        per cent sign is dropped when it is the question's own.

        Raises:
            InvalidAnswerError: when it is no number, or could be read in two ways.
        """
        return format(_decimal(raw, self.unit), "f")

    def render(self, answer: Answer) -> str:
        """The answer as text for a person who marks, with a decimal comma."""
        return f"{self.parse(str(answer).replace('.', ','))} {self.unit}".strip().replace(".", ",")


class Essay(_Question):
    """Write a text. Answer: the text, NFC, with outer blanks removed."""

    kind: Literal["essay"] = "essay"
    min_words: int = Field(default=0, ge=0)
    max_words: int = Field(default=600, ge=1)

    def parse(self, raw: object) -> str:
        """Return the text; only an empty or enormous one is invalid.

        Word limits are shown, never enforced: a draft must be saved whatever its length.
        """
        text = unicodedata.normalize("NFC", raw).strip() if isinstance(raw, str) else ""
        if not text:
            raise InvalidAnswerError("Chưa có nội dung trả lời.")
        if len(text) > _LONGEST_TEXT or "\x00" in text:
            raise InvalidAnswerError("Bài viết quá dài hoặc có ký tự không đọc được.")
        return text

    def render(self, answer: Answer) -> str:
        """The answer as text for a person who marks."""
        return self.parse(answer)


Question = Annotated[
    SingleChoice | MultipleChoice | Ordering | Matching | Numeric | Essay,
    Field(discriminator="kind"),
]
QUESTION: TypeAdapter[Any] = TypeAdapter(Question)

_LONGEST_TEXT = 50_000  # characters, some 10,000 words: far above any essay, below any flood
_LONGEST_NUMBER = 40
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([. ]\d{3})+(,\d+)?")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")


def _distinct(raw: object) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(value, str) for value in raw):
        raise InvalidAnswerError("Câu trả lời không đúng dạng danh sách.")
    if len(set(raw)) != len(raw):
        raise InvalidAnswerError("Một mục được chọn hai lần.")
    return raw


def _decimal(raw: object, unit: str) -> Decimal:
    text = unicodedata.normalize("NFC", raw).strip() if isinstance(raw, str) else ""
    text = text.removesuffix(unit).strip().replace("−", "-").replace("\u00a0", " ")
    if _AMBIGUOUS.fullmatch(text):
        raise InvalidAnswerError(
            f"“{text}” đọc được hai cách; viết “{text.replace('.', '')}” "
            f"hoặc “{text.replace('.', ',')}”."
        )
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "").replace(" ", "")
    text = text.replace(",", ".")
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise InvalidAnswerError("Hãy nhập một số, ví dụ 12,5.")
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        raise InvalidAnswerError("Hãy nhập một số, ví dụ 12,5.") from None
