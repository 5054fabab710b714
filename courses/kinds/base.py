"""What all kinds of question share."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from courses.foundation.content import Content
from courses.foundation.numerals import rounded

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


class WithoutEmpty(Content):
    """Content whose ``OPTIONAL`` fields are left out of what is stored while they say nothing.

    A form frozen before such a field existed keeps the digest that it was signed with.
    """

    OPTIONAL: ClassVar[tuple[str, ...]] = ()

    @model_serializer(mode="wrap")
    def _without_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        stored = handler(self)
        return {k: v for k, v in stored.items() if v or k not in self.OPTIONAL}


class Precision(Content):
    """How precise a number is asked: places after the comma, and which way is the safe one.

    ``up`` is for “ít nhất”, ``down`` for “nhiều nhất”: there the number rounded to the safe
    side is as right as the one rounded as usual; of whole things (people, files) it alone is.
    """

    decimals: int = Field(ge=0, le=6)
    rounding: Literal["nearest", "up", "down"] = "nearest"

    @property
    def whole(self) -> bool:
        """Whether whole things are asked for with a safe side, so that no fraction will do."""
        return not self.decimals and self.rounding != "nearest"

    def accepted(self, number: Decimal) -> set[Decimal]:
        """The numbers at this precision that are right when ``number`` is the unrounded key."""
        ways = {self.rounding} if self.whole else {"nearest", self.rounding}
        return {rounded(number, self.decimals, way) for way in ways}

    def told(self) -> str:
        """The rule in words, for the paper."""
        side = {"up": "lên", "down": "xuống"}.get(self.rounding)
        if self.whole:
            return f"Làm tròn {side} số nguyên."
        digits = f"{self.decimals} chữ số sau dấu phẩy" if self.decimals else "số nguyên"
        also = f"; làm tròn {side} cũng được nhận" if side else ""
        return f"Làm tròn đến {digits} (nửa đơn vị thì làm tròn lên){also}."


class Key(WithoutEmpty):
    """What an answer is judged by; each kind says how it uses the fields.

    Numbers stand unrounded in ``correct``, each with its tolerance and, where the question asks
    for one, its precision. A key is empty for an essay, which people mark, and for a dilemma,
    which has no right answer. ``around`` are words that may stand around a short answer.
    """

    OPTIONAL: ClassVar[tuple[str, ...]] = ("precisions", "around")

    kind: str
    correct: tuple[str, ...] = ()
    tolerances: tuple[Decimal, ...] = ()
    precisions: tuple[Precision | None, ...] = ()
    around: tuple[str, ...] = ()

    def accepts(self, place: int, answer: Decimal, number: Decimal) -> bool:
        """Whether ``answer`` is right for the number at ``place``: the one rule for numbers.

        Right is what rounds (half up) to the key at the precision asked, or lies within the
        tolerance that the item states; of whole things, the key rounded to the safe side alone.
        """
        precision = self.precision(place)
        if precision and precision.whole:
            return answer in precision.accepted(number)
        if abs(answer - number) <= self.tolerances[place]:
            return True
        if precision is None:
            return False
        return rounded(answer, precision.decimals) in precision.accepted(number)

    def nearly(self, place: int, answer: Decimal, number: Decimal) -> bool:
        """Whether a person should look: one unit off the precision asked, or rounded too far.

        Of whole things only the key itself, not yet rounded; of others cut to a whole number
        only the key cut off instead of rounded.
        """
        precision = self.precision(place)
        if precision is None:
            return False
        places = max(0, -int(answer.as_tuple().exponent))
        if not precision.decimals:
            if precision.whole:
                return places > 0 and answer == rounded(number, places)
            return answer != 0 and answer == number.to_integral_value(ROUND_DOWN) != number
        coarse = places < precision.decimals and answer and answer == rounded(number, places)
        unit = Decimal(1).scaleb(-precision.decimals)
        at = rounded(answer, precision.decimals)
        return bool(coarse) or any(abs(at - right) <= unit for right in precision.accepted(number))

    def precision(self, place: int) -> Precision | None:
        """The precision asked of the number at ``place``."""
        return self.precisions[place] if self.precisions else None


class QuestionBase(WithoutEmpty):
    """A question as a trainee sees it: no key, no mark.

    ``RULE`` is how the kind is scored, in the words that stand on every paper.
    """

    RULE: ClassVar[str] = ""

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

    def rule(self) -> str:
        """How this question is scored, as the candidate is told."""
        return self.RULE

    def reread(self, key: Key, raw: Any) -> Decimal:  # noqa: ARG002
        """Share of what an examiner could fairly read where ``parse`` could read nothing."""
        return Decimal(0)

    def nearly(self, key: Key, raw: Any) -> bool:  # noqa: ARG002
        """Whether an answer without full credit is so near a right one that a person must look."""
        return False


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
    """Share of the key's ``name=number`` pairs that ``answer`` gets right."""
    read = {name: (Decimal(number),) for name, number in answer.items()}
    return share_of_readings(key, read)


def share_of_readings(key: Key, answer: Mapping[str, Sequence[Decimal]]) -> Decimal:
    """Share of the key's pairs for which one of the readings of the answer is right."""
    right = 0
    for place, pair in enumerate(key.correct):
        name, _, number = pair.partition("=")
        right += any(key.accepts(place, read, Decimal(number)) for read in answer.get(name, ()))
    return Decimal(right) / len(key.correct)


def nearly_a_number(
    key: Key, read: Mapping[str, Sequence[Decimal]], doubtful: Mapping[str, Sequence[Decimal]]
) -> bool:
    """Whether some number is missed by all readings, but nearly met, or met by a doubtful one."""
    for place, pair in enumerate(key.correct):
        name, _, text = pair.partition("=")
        number, sure = Decimal(text), read.get(name, ())
        if any(key.accepts(place, one, number) for one in sure):
            continue
        if any(key.nearly(place, one, number) for one in sure):
            return True
        if any(key.accepts(place, one, number) for one in doubtful.get(name, ())):
            return True
    return False


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
