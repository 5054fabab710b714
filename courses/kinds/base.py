"""What all kinds of question share."""

from __future__ import annotations

from decimal import Decimal
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from pydantic import Field, model_validator

from courses.foundation.content import Content

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

Answer = str | list[str] | dict[str, str]
"""A canonical answer: one option id, a list of ids, ids by id, a number or a text."""


class InvalidAnswerError(ValueError):
    """What was sent cannot be read; the message tells the trainee how to write it."""


class Option(Content):
    """One thing to choose, to put in order, to match or to classify."""

    id: str = Field(pattern=r"^[a-z0-9]{1,3}$")
    text: str = Field(min_length=1)


class Key(Content):
    """What an answer is judged by; each kind says how it uses ``correct`` and ``tolerances``.

    It is empty for an essay, which people mark, and for a dilemma, which has no right answer.
    """

    kind: str
    correct: tuple[str, ...] = ()
    tolerances: tuple[Decimal, ...] = ()


class QuestionBase(Content):
    """A question as a trainee sees it: no key, no mark."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")
    prompt: str = Field(min_length=1)

    def parse(self, raw: object) -> Any:
        """Return the canonical answer; InvalidAnswerError when ``raw`` cannot be read."""
        raise NotImplementedError

    def render(self, answer: Any) -> str:
        """The canonical answer as text for a person who marks."""
        raise NotImplementedError

    def share(self, key: Key, answer: Any) -> Decimal:
        """Share of full credit, 0 to 1, of a canonical answer."""
        raise NotImplementedError


class WithOptions(QuestionBase):
    """A question with options."""

    options: tuple[Option, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _ids_differ(self) -> WithOptions:
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


class ExerciseBase(Content):
    """An exercise as its author writes it: what is asked, what is right, what is told."""

    prompt: str = Field(min_length=1)

    def present(self, question_id: str, rng: random.Random) -> tuple[Any, Key]:
        """The question, its options shuffled and relabelled, and apart from it the key."""
        raise NotImplementedError

    def tell(self, question: Any, answer: Any, share: Decimal) -> list[str]:
        """What the trainee is told about a valid answer, a line for each thing to be learnt."""
        raise NotImplementedError


def share_of_numbers(key: Key, answer: Mapping[str, str]) -> Decimal:
    """Share of the key's ``name=number`` pairs that ``answer`` gives within their tolerances."""
    right = 0
    for pair, tolerance in zip(key.correct, key.tolerances, strict=True):
        name, _, number = pair.partition("=")
        if name in answer:
            right += abs(Decimal(answer[name]) - Decimal(number)) <= tolerance
    return Decimal(right) / len(key.correct)


def told(verdict: str, what: str, feedback: str) -> str:
    """One line of feedback in Markdown: how it stands, what it is about, and why."""
    stop = "" if what.endswith((".", "?", "!", "…")) else "."
    return f"**{verdict}** {what}{stop} {feedback}"


class AuthoredOption(Content):
    """An option as its author writes it, with what a trainee who chooses it is told."""

    text: str = Field(min_length=1)
    correct: bool = False
    feedback: str = Field(min_length=1)


class Feedback(Content):
    """What a trainee is told where there are no options to speak for themselves."""

    correct: str = Field(min_length=1)
    wrong: str = Field(min_length=1)

    def on(self, share: Decimal) -> list[str]:
        """The line for an answer of this share."""
        return [self.correct if share == 1 else self.wrong]


def relabel(texts: Sequence[str], rng: random.Random) -> tuple[tuple[Option, ...], list[str]]:
    """Shuffle texts into options a, b, c…; also give each text's new id, in its old order."""
    order = list(range(len(texts)))
    rng.shuffle(order)
    ids = {old: ascii_lowercase[new] for new, old in enumerate(order)}
    options = tuple(Option(id=ids[old], text=texts[old]) for old in order)
    return options, [ids[old] for old in range(len(texts))]


def refuse_repeated(texts: Sequence[str]) -> None:
    """Refuse texts that trainees could not tell apart, or more of them than there are letters.

    Raises:
        ValueError: for pydantic, with a message for the author.
    """
    if len(set(texts)) != len(texts):
        raise ValueError("hai phương án trùng nội dung")
    if len(texts) > len(ascii_lowercase):
        raise ValueError(f"nhiều nhất {len(ascii_lowercase)} phương án")


def distinct(raw: object) -> list[str]:
    """``raw`` as a list of distinct strings; InvalidAnswerError when it is anything else."""
    if not isinstance(raw, list) or not all(isinstance(value, str) for value in raw):
        raise InvalidAnswerError("Câu trả lời không đúng dạng danh sách.")
    if len(set(raw)) != len(raw):
        raise InvalidAnswerError("Một mục được chọn hai lần.")
    return raw
