"""Variants as a quiz of Moodle XML, for ``Import questions`` of Moodle 4 and later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from assessments.bank.exchange.uncarried import Uncarried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assessments.bank.item import Variant

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_ALL = 100.0


def to_moodle(variants: Iterable[Variant]) -> tuple[bytes, list[Uncarried]]:
    """The quiz as UTF-8 XML, and what Moodle has no type of question for.

    Near misses, document numbers and the safe side of rounding are judged by us alone: items
    that rest on them are carried and named.
    """
    quiz, uncarried = ET.Element("quiz"), []
    for variant in variants:
        kind = variant.question.kind
        if kind not in _TYPES:
            reason = f"Moodle không có loại câu tương ứng với “{kind}”"
            uncarried.append(Uncarried(variant.question.id, reason))
            continue
        type_, fill = _TYPES[kind]
        node = _question(quiz, variant, type_)
        fill(node, variant)
        uncarried += _lost(variant)
    return ET.tostring(quiz, encoding="utf-8", xml_declaration=True), uncarried


def _lost(variant: Variant) -> list[Uncarried]:
    name, precision = variant.question.id, variant.key.precision(0)
    if variant.question.kind == "short":
        return [Uncarried(name, "Moodle so chữ, không nhận các cách viết khác của cùng một ý")]
    if precision is not None and precision.rounding != "nearest":
        return [Uncarried(name, "Moodle không biết chiều làm tròn an toàn")]
    return []


def _question(quiz: ET.Element, variant: Variant, type_: str) -> ET.Element:
    question: Any = variant.question
    node = ET.SubElement(quiz, "question", {"type": type_})
    ET.SubElement(ET.SubElement(node, "name"), "text").text = question.id
    text = _html(node, "questiontext", question.prompt)
    text.text = f"{text.text}<p><em>{question.rule()}</em></p>"
    ET.SubElement(node, "defaultgrade").text = format(variant.points, "f")
    ET.SubElement(node, "penalty").text = "0"
    return node


def _html(node: ET.Element, tag: str, markdown: str) -> ET.Element:
    text = ET.SubElement(ET.SubElement(node, tag, {"format": "html"}), "text")
    text.text = _MARKDOWN.render(markdown)
    return text


def _answer(node: ET.Element, fraction: float, text: str, *, html: bool = False) -> ET.Element:
    attributes = {"fraction": f"{fraction:.7g}", **({"format": "html"} if html else {})}
    answer = ET.SubElement(node, "answer", attributes)
    ET.SubElement(answer, "text").text = _MARKDOWN.renderInline(text) if html else text
    return answer


def _choice(node: ET.Element, variant: Variant) -> None:
    question: Any = variant.question
    single = question.kind == "single"
    ET.SubElement(node, "single").text = str(single).lower()
    ET.SubElement(node, "shuffleanswers").text = "true"
    each = _ALL / len(variant.key.correct)
    for option in question.options:
        right = option.id in variant.key.correct
        wrong = 0.0 if single else -each
        _answer(node, each if right else wrong, option.text, html=True)


def _pairs(node: ET.Element, variant: Variant) -> None:
    question: Any = variant.question
    targets = {target.id: target.text for target in question.targets}
    key = dict(pair.split("=") for pair in variant.key.correct)
    for option in question.options:
        _sub(node, option.text, targets[key[option.id]])
    for spare in sorted(set(targets) - set(key.values())):
        _sub(node, "", targets[spare])


def _sub(node: ET.Element, left: str, right: str) -> None:
    pair = ET.SubElement(node, "subquestion", {"format": "html"})
    ET.SubElement(pair, "text").text = _MARKDOWN.renderInline(left)
    ET.SubElement(ET.SubElement(pair, "answer"), "text").text = right


def _order(node: ET.Element, variant: Variant) -> None:
    question: Any = variant.question
    ET.SubElement(node, "layouttype").text = "VERTICAL"
    ET.SubElement(node, "selecttype").text = "ALL"
    # Credit by pairs in the right order, the nearest to Kendall's tau that Moodle has.
    ET.SubElement(node, "gradingtype").text = "RELATIVE_ALL_PREVIOUS_AND_NEXT"
    for place, option in enumerate(variant.key.correct, start=1):
        _answer(node, place, question.text_of(option), html=True)


def _number(node: ET.Element, variant: Variant) -> None:
    precision = variant.key.precision(0)
    half = 10.0**-precision.decimals / 2 if precision else 0.0
    answer = _answer(node, _ALL, variant.key.correct[0])
    tolerance = max(float(variant.key.tolerances[0]), half)
    ET.SubElement(answer, "tolerance").text = f"{tolerance:.9g}"


def _short(node: ET.Element, variant: Variant) -> None:
    ET.SubElement(node, "usecase").text = "0"
    for text in variant.key.correct:
        _answer(node, _ALL, text)


def _essay(node: ET.Element, variant: Variant) -> None:
    question: Any = variant.question
    ET.SubElement(node, "responseformat").text = "plain"
    ET.SubElement(node, "minwordlimit").text = str(question.min_words)
    ET.SubElement(node, "maxwordlimit").text = str(question.max_words)


_TYPES: dict[str, tuple[str, Callable[[ET.Element, Variant], None]]] = {
    "single": ("multichoice", _choice),
    "multiple": ("multichoice", _choice),
    "matching": ("matching", _pairs),
    "classification": ("matching", _pairs),
    "ordering": ("ordering", _order),
    "numeric": ("numerical", _number),
    "short": ("shortanswer", _short),
    "essay": ("essay", _essay),
}
