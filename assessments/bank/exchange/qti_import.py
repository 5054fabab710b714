"""Reading assessment items of QTI 3.0: ours word for word, others' as far as they are plain."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from pydantic import ValidationError

from assessments.bank.exchange.qti_export import AROUND, NAMESPACE
from assessments.bank.exchange.uncarried import Uncarried
from assessments.bank.item import Variant
from courses.foundation.errors import ContentError
from courses.kinds.base import Key, Precision
from courses.question import QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGEST = 2_000_000  # bytes of one item; more is a flood
_Q = f"{{{NAMESPACE}}}"
_UNSHOWN = frozenset({"img", "object", "audio", "video", "picture", "math", "qti-stimulus-ref"})


def from_qti(data: bytes, path: Path) -> Variant | Uncarried:
    """Read one item.

    Raises:
        ContentError: naming ``path``, when it is no XML, declares entities, or is too large.
    """
    root = _parse(data, path)
    name = root.get("identifier", path.stem)
    try:
        return _read(root, name)
    except (ValueError, ArithmeticError, IndexError, KeyError):
        return Uncarried(name, "có số hoặc thuộc tính không đọc được")


def _read(root: ET.Element, name: str) -> Variant | Uncarried:
    shown = {node.tag.removeprefix(_Q) for node in root.iter()} & _UNSHOWN
    if shown:
        return Uncarried(name, f"có {', '.join(sorted(shown))}, câu của nhà chỉ có chữ")
    interactions = [node for node in root.iter() if node.tag.endswith("-interaction")]
    if len(interactions) != 1:
        return Uncarried(name, f"có {len(interactions)} tương tác, chỉ nhận câu có một")
    (interaction,) = interactions
    kind = _kind(root, interaction)
    if kind is None:
        return Uncarried(name, f"không nhận tương tác {interaction.tag.removeprefix(_Q)}")
    fields = {"id": name, "kind": kind, "prompt": _prompt(root), **_FIELDS[kind](interaction)}
    key = _key(root, kind)
    if kind == "numeric":
        fields |= {"unit": _unit(root), "precision": key.precision(0)}
    try:
        question = QUESTION.validate_python(fields)
    except ValidationError as error:
        return Uncarried(name, f"không thành câu hỏi: {error.errors()[0]['msg']}")
    return Variant(question=question, key=key, points=_points(root))


def _parse(data: bytes, path: Path) -> ET.Element:
    if len(data) > LARGEST:
        raise ContentError("tệp QTI quá lớn", path=path)
    try:
        _refuse_doctype(data, path)
        return ET.fromstring(data)  # noqa: S314 - doctypes, and so entities, are refused above
    except (ET.ParseError, expat.ExpatError, ValueError, LookupError) as error:
        raise ContentError(f"không đọc được XML: {error}", path=path) from None


def _refuse_doctype(data: bytes, path: Path) -> None:
    """Refuse a document type in any encoding before anything of it is expanded."""

    def refuse(*_: object) -> None:
        raise ContentError("tệp QTI khai báo thực thể hoặc DTD", path=path)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)


def _kind(root: ET.Element, interaction: ET.Element) -> str | None:
    """The kind that the item names if it is ours, else what the interaction comes to."""
    tag = interaction.tag.removeprefix(_Q)
    declared = root.find(f"{_Q}qti-response-declaration")
    base = declared.get("base-type", "") if declared is not None else ""
    most = "single" if interaction.get("max-choices") == "1" else "multiple"
    entry = "short" if base == "string" else "numeric" if base in ("float", "integer") else None
    found = {
        "qti-choice-interaction": most,
        "qti-order-interaction": "ordering",
        "qti-match-interaction": root.get("data-kind", "matching"),
        "qti-text-entry-interaction": entry,
        "qti-extended-text-interaction": "essay",
    }
    return found.get(tag)


def _prompt(root: ET.Element) -> str:
    """The Markdown if it is ours, else all text outside the interaction."""
    for node in root.iter(f"{_Q}div"):
        if "data-markdown" in node.attrib:
            return node.attrib["data-markdown"]
    body = root.find(f"{_Q}qti-item-body")
    prompts = list(root.iter(f"{_Q}qti-prompt"))
    shown = prompts or (
        [] if body is None else [n for n in body if n.tag in (f"{_Q}p", f"{_Q}div")]
    )
    return "\n\n".join(filter(None, (_text(node) for node in shown))) or "(không có lời dẫn)"


def _text(node: ET.Element) -> str:
    return node.attrib.get("data-markdown") or " ".join("".join(node.itertext()).split())


def _unit(root: ET.Element) -> str:
    spans = (node for node in root.iter(f"{_Q}span") if node.get("class") == "unit")
    return next((node.text or "" for node in spans), "")


def _options(node: ET.Element, tag: str) -> list[dict[str, str]]:
    return [{"id": n.get("identifier", ""), "text": _text(n)} for n in node.iter(f"{_Q}{tag}")]


def _choices(interaction: ET.Element) -> dict[str, Any]:
    return {"options": _options(interaction, "qti-simple-choice")}


def _sides(interaction: ET.Element) -> dict[str, Any]:
    sides = [_options(s, "qti-simple-associable-choice") for s in interaction]
    left, right = [*sides, [], []][:2]
    return {"options": left, "targets": right}


def _words(interaction: ET.Element) -> dict[str, Any]:
    limits = {"min_words": "data-min-words", "max_words": "data-max-words"}
    return {
        name: int(interaction.get(of, "")) for name, of in limits.items() if interaction.get(of)
    }


_FIELDS: dict[str, Callable[[ET.Element], dict[str, Any]]] = {
    "single": _choices,
    "multiple": _choices,
    "ordering": _choices,
    "matching": _sides,
    "classification": _sides,
    "numeric": lambda _node: {},
    "short": lambda _node: {},
    "essay": _words,
}


def _key(root: ET.Element, kind: str) -> Key:
    declared = root.find(f"{_Q}qti-response-declaration")
    if declared is None:
        return Key(kind=kind)
    values = [node.text or "" for node in declared.iter(f"{_Q}qti-value")]
    if kind == "short":
        entries = (node.get("map-key", "") for node in declared.iter(f"{_Q}qti-map-entry"))
        values = list(dict.fromkeys([*entries, *values]))
    if kind in ("matching", "classification"):
        values = ["=".join(value.split()) for value in values]
    if kind != "numeric":
        words = declared.get("data-around", "")
        around = tuple(words.split(AROUND)) if words else ()
        return Key(kind=kind, correct=tuple(values), around=around)
    return _number_key(root, values)


def _number_key(root: ET.Element, values: list[str]) -> Key:
    within = next(root.iter(f"{_Q}qti-equal"), None)
    tolerance = within.get("tolerance", "0").split()[0] if within is not None else "0"
    asked = next(root.iter(f"{_Q}qti-equal-rounded"), None)
    precisions = () if asked is None else (_precision(asked),)
    tolerances = (Decimal(tolerance),)
    return Key(kind="numeric", correct=tuple(values), tolerances=tolerances, precisions=precisions)


def _precision(asked: ET.Element) -> Precision:
    rounding: Any = asked.get("data-rounding", "nearest")
    return Precision(decimals=int(asked.get("figures", "0")), rounding=rounding)


def _points(root: ET.Element) -> Decimal:
    for declared in root.iter(f"{_Q}qti-outcome-declaration"):
        value = declared.find(f"{_Q}qti-default-value/{_Q}qti-value")
        if declared.get("identifier") == "MAXSCORE" and value is not None and value.text:
            return Decimal(value.text)
    return Decimal(1)
