"""A short text compared with accepted ones, and an essay that people mark."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, model_validator

from courses.foundation.echoes import without_lead
from courses.kinds.base import ExerciseBase, Feedback, InvalidAnswerError, Key, QuestionBase
from courses.kinds.phrases import accepted, comparable, nearly

if TYPE_CHECKING:
    import random

_LONGEST_LINE = 200  # characters
_LONGEST_TEXT = (
    30_000  # characters, some 6,000 words: far above any essay; a cell of Excel holds it
)


def _storable(text: str) -> bool:
    """Whether files and databases can hold the text: no NUL, no half of a surrogate pair."""
    return not any(letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in text)


class ShortText(QuestionBase):
    """Write a word or a short phrase. Answer: the text. Key: what is accepted."""

    RULE: ClassVar[str] = (
        "Viết đúng ý được trọn điểm, không kể chữ hoa, dấu câu, cách viết số hiệu; câu viết gần "
        "đúng có giám khảo xem lại; viết sai không bị trừ điểm."
    )

    kind: Literal["short"] = "short"

    def parse(self, raw: object) -> str:
        """Return the text in NFC on one line; InvalidAnswerError when empty or too long."""
        text = unicodedata.normalize("NFC", raw) if isinstance(raw, str) else ""
        text = " ".join(text.split())
        if not text or len(text) > _LONGEST_LINE or not _storable(text):
            raise InvalidAnswerError("Hãy viết một từ hoặc cụm từ ngắn.")
        return text

    def render(self, answer: str) -> str:
        """The text."""
        return answer

    def share(self, key: Key, answer: str) -> Decimal:
        """Right when one of the accepted meanings is read in it."""
        ways = dict.fromkeys((answer, without_lead(answer, self.prompt)))
        right = any(accepted(way, key.correct, key.around, self.prompt) for way in ways)
        return Decimal(int(right))

    def nearly(self, key: Key, raw: Any) -> bool:
        """Whether it is a slip, or more or fewer words, from an accepted meaning."""
        return isinstance(raw, str) and any(
            nearly(raw[:_LONGEST_LINE], text, key.around) for text in key.correct
        )


class ShortExercise(ExerciseBase):
    """Write one of the ``accepted`` meanings, however it is spelt.

    ``around`` are words that may stand around a meaning and say nothing by themselves.
    """

    kind: Literal["short"]
    accepted: tuple[str, ...] = Field(min_length=1)
    around: tuple[str, ...] = ()
    feedback: Feedback

    @model_validator(mode="after")
    def _can_be_written(self) -> ShortExercise:
        if not all(comparable(text) for text in self.accepted):
            raise ValueError("có câu trả lời được chấp nhận mà để trống")
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[ShortText, Key]:  # noqa: ARG002
        """Question and key."""
        return ShortText(id=question_id, prompt=self.prompt), Key(
            kind=self.kind, correct=self.accepted, around=self.around
        )

    def tell(self, question: ShortText, answer: str, share: Decimal) -> list[str]:  # noqa: ARG002
        """One line, for right or wrong."""
        return self.feedback.on(share)


class Essay(QuestionBase):
    """Write a text. Answer: the text, NFC, with outer blanks removed. No key: people mark it."""

    RULE: ClassVar[str] = (
        "Giám khảo chấm theo thang điểm, không thấy tên người viết. Viết thiếu hay quá số từ "
        "vẫn được lưu."
    )

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
        if len(text) > _LONGEST_TEXT or not _storable(text):
            raise InvalidAnswerError("Bài viết quá dài hoặc có ký tự không đọc được.")
        return text

    def render(self, answer: str) -> str:
        """The text."""
        return answer

    def share(self, key: Key, answer: str) -> Decimal:  # noqa: ARG002
        """None: an essay earns its points from people."""
        return Decimal(0)


class EssayExercise(ExerciseBase):
    """Write a text; ``model_answer`` is shown in a lesson once something has been written."""

    kind: Literal["essay"]
    min_words: int = Field(default=0, ge=0)
    max_words: int = Field(default=600, ge=1)
    model_answer: str = ""

    @model_validator(mode="after")
    def _can_be_met(self) -> EssayExercise:
        if self.min_words > self.max_words:
            raise ValueError("số tiếng tối thiểu (min_words) lớn hơn tối đa (max_words)")
        return self

    def present(self, question_id: str, rng: random.Random) -> tuple[Essay, Key]:  # noqa: ARG002
        """Question, and an empty key."""
        limits = {"min_words": self.min_words, "max_words": self.max_words}
        return Essay(id=question_id, prompt=self.prompt, **limits), Key(kind=self.kind)

    def tell(self, question: Essay, answer: str, share: Decimal) -> list[str]:  # noqa: ARG002
        """The model answer, if there is one."""
        return [self.model_answer] if self.model_answer else []
