"""Items of another system written into a bank's folder, as drafts for an author to finish.

A file is written only when reading it gives the very question and key that were sent. Nothing
that stands in the folder is ever overwritten, and the same package twice changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

from assessments.bank.exchange.uncarried import Uncarried
from assessments.bank.item import draw, read_item
from courses.foundation.errors import ContentError
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item, Variant

UNTOLD = "Chưa có lời giải: người soạn viết trước khi trình duyệt."
_NUMBER = re.compile(r"[0-9]{2,4}")
_ORIGIN = "QTI 3, mã câu "
_FEEDBACK = {"correct": UNTOLD, "wrong": UNTOLD}


@dataclass(frozen=True)
class About:
    """What the package does not say of its items and the house must know."""

    outcome: str
    depth: str
    minutes: int
    author_role: str

    @property
    def competency(self) -> str:
        """The competency, by which folder and ids go."""
        return self.outcome.partition(".")[0]


@dataclass(frozen=True)
class Taken:
    """What became of the items of a package: ids by the name they came with, and the rest."""

    written: Mapping[str, str]
    known: Mapping[str, str]
    left: tuple[Uncarried, ...]


def take_over(variants: Iterable[Variant], about: About, bank: Bank, items: Path) -> Taken:
    """Write each variant as a draft under ``items``, a file an item.

    Args:
        variants: what was read from a package.
        about: what they are to be filed as.
        bank: the items that the folder holds; an item of the same origin is left as it is.
        items: the bank's folder of items.
    """
    known = {_origin(item): id_ for id_, item in bank.items.items() if _origin(item)}
    taken, written, old, left = set(bank.items), {}, {}, []
    names = Counter[str]()
    for variant in variants:
        name = variant.question.id
        names[name] += 1
        if names[name] > 1:
            left.append(Uncarried(name, "mã câu có hai lần trong gói; chỉ nhận lần đầu"))
        elif name in known:
            old[name] = known[name]
        else:
            item_id = _free_id(name, about.competency, taken)
            text = _file(variant, item_id, about)
            reason = _objection(text, item_id, variant) if text else _NO_KIND
            if reason:
                left.append(Uncarried(name, reason))
                continue
            path = items / about.competency.lower() / f"{item_id.lower()}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text.encode())
            taken.add(item_id)
            written[name] = item_id
    return Taken(written, old, tuple(left))


_NO_KIND = "câu tự luận cần thang chấm của nhà; QTI không mang theo thang chấm"


def _origin(item: Item) -> str:
    found = (source for source in item.sources if source.startswith(_ORIGIN))
    return next(found, "").removeprefix(_ORIGIN)


def _free_id(name: str, competency: str, taken: set[str]) -> str:
    """The item's own id if it is one of the competency and free, else the next number."""
    if name not in taken and re.fullmatch(rf"{re.escape(competency)}-[0-9A-Z]{{2,4}}", name):
        return name
    used = (id_.removeprefix(f"{competency}-") for id_ in taken)
    last = max((int(number) for number in used if _NUMBER.fullmatch(number)), default=0)
    return f"{competency}-{last + 1:02}"


def _file(variant: Variant, item_id: str, about: About) -> str:
    """The text of the item's file; empty for a kind that needs more than a package has."""
    fields = _FIELDS.get(variant.question.kind)
    if fields is None:
        return ""
    front = {
        "id": item_id,
        "competency": about.competency,
        "outcome": about.outcome,
        "depth": about.depth,
        "points": _plain(variant.points),
        "minutes": about.minutes,
        "sources": [f"{_ORIGIN}{variant.question.id}"],
        "author_role": about.author_role,
        "status": "draft",
        "kind": variant.question.kind,
        **fields(variant),
    }
    written = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=100)
    return f"---\n{written}---\n{variant.question.prompt}\n"


def _objection(text: str, item_id: str, variant: Variant) -> str:
    """Why a file may not be written: it cannot be read, or does not say what was sent."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{item_id.lower()}.md"
        path.write_text(text, encoding="utf-8")
        try:
            again = draw(read_item(path), "nhập")
        except ContentError as error:
            return error.message
    same = _said(again) == _said(variant)
    return "" if same else "ghi ra rồi đọc lại không còn đúng câu hỏi và đáp án đã gửi"


def _said(variant: Variant) -> tuple[Any, ...]:
    """Question and key in words, whatever letters the options have."""
    question: Any = variant.question
    options = {o.id: o.text for o in getattr(question, "options", ())}
    targets = {t.id: t.text for t in getattr(question, "targets", ())}
    words = [
        (options.get(left, left), targets.get(right, right))
        for left, _, right in (value.partition("=") for value in variant.key.correct)
    ]
    key = variant.key.model_copy(update={"correct": ()})
    unit = getattr(question, "unit", "")
    ordered = words if question.kind == "ordering" else sorted(words)
    return (
        " ".join(question.prompt.split()),
        unit,
        *map(sorted, (options.values(), targets.values())),
        ordered,
        key,
        variant.points,
    )


def _plain(number: Any) -> str:
    return format(number, "f")


def _choices(variant: Variant) -> dict[str, Any]:
    question: Any = variant.question
    right = variant.key.correct
    return {
        "options": [
            {"text": option.text, "correct": option.id in right, "feedback": UNTOLD}
            for option in question.options
        ]
    }


def _steps(variant: Variant) -> dict[str, Any]:
    question: Any = variant.question
    steps = [question.text_of(option) for option in variant.key.correct]
    return {"steps": steps, "feedback": _FEEDBACK}


def _pairs(variant: Variant) -> list[tuple[str, str]]:
    question: Any = variant.question
    targets = {target.id: target.text for target in question.targets}
    pairs = (pair.partition("=")[::2] for pair in variant.key.correct)
    return [(question.text_of(option), targets[target]) for option, target in pairs]


def _matched(variant: Variant) -> dict[str, Any]:
    question: Any = variant.question
    pairs = _pairs(variant)
    used = {right for _, right in pairs}
    return {
        "pairs": [{"left": left, "right": right, "feedback": UNTOLD} for left, right in pairs],
        "distractors": [t.text for t in question.targets if t.text not in used],
    }


def _sorted(variant: Variant) -> dict[str, Any]:
    question: Any = variant.question
    return {
        "categories": [target.text for target in question.targets],
        "entries": [
            {"text": text, "category": category, "feedback": UNTOLD}
            for text, category in _pairs(variant)
        ],
    }


def _number(variant: Variant) -> dict[str, Any]:
    question: Any = variant.question
    precision = variant.key.precision(0)
    asked = {"decimals": precision.decimals, "rounding": precision.rounding} if precision else {}
    return {
        "answer": variant.key.correct[0],
        "tolerance": _plain(variant.key.tolerances[0]),
        **asked,
        "unit": question.unit,
        "feedback": _FEEDBACK,
    }


def _meanings(variant: Variant) -> dict[str, Any]:
    key = variant.key
    return {"accepted": list(key.correct), "around": list(key.around), "feedback": _FEEDBACK}


_FIELDS: dict[str, Callable[[Variant], dict[str, Any]]] = {
    "single": _choices,
    "multiple": _choices,
    "ordering": _steps,
    "matching": _matched,
    "classification": _sorted,
    "numeric": _number,
    "short": _meanings,
}
