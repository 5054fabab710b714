"""One variant of an item as an assessment item of QTI 3.0 (1EdTech, 2022).

Markdown stands rendered in the body and word for word in ``data-markdown``, so that nothing is
lost on the way back. Scores are shares of full credit; the points go with them as
``MAXSCORE``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from assessments.bank.exchange.uncarried import Uncarried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assessments.bank.item import Variant

NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
KINDS = (
    "single",
    "multiple",
    "ordering",
    "matching",
    "classification",
    "numeric",
    "short",
    "essay",
)
_MARKDOWN = MarkdownIt("commonmark", {"xhtmlOut": True, "html": False}).enable("table")
_RESPONSE = "RESPONSE"
AROUND = " | "


def to_qti(variant: Variant) -> ET.Element | Uncarried:
    """The item's element, or what QTI has no interaction for."""
    question: Any = variant.question
    if question.kind not in KINDS:
        return Uncarried(question.id, f"QTI 3 không có tương tác cho loại “{question.kind}”")
    root = ET.Element(
        "qti-assessment-item",
        {
            "xmlns": NAMESPACE,
            "identifier": question.id,
            "title": question.id,
            "adaptive": "false",
            "time-dependent": "false",
            "xml:lang": "vi",
            "data-kind": question.kind,
        },
    )
    root.append(_declaration(variant))
    _outcome(root, "SCORE", "0")
    _outcome(root, "MAXSCORE", format(variant.points, "f"))
    body = ET.SubElement(root, "qti-item-body")
    body.append(_rendered("div", question.prompt))
    ET.SubElement(body, "p", {"class": "rule"}).text = question.rule()
    body.append(_INTERACTIONS[question.kind](question))
    if question.kind in _PROCESSING:
        processing = ET.SubElement(root, "qti-response-processing")
        processing.append(_PROCESSING[question.kind](variant))
    return root


def _declaration(variant: Variant) -> ET.Element:
    question: Any = variant.question
    cardinality, base = _TYPES[question.kind]
    attributes = {"identifier": _RESPONSE, "cardinality": cardinality, "base-type": base}
    if variant.key.around:
        attributes["data-around"] = AROUND.join(variant.key.around)
    declared = ET.Element("qti-response-declaration", attributes)
    values = [value.replace("=", " ") for value in variant.key.correct]
    if values:
        right = ET.SubElement(declared, "qti-correct-response")
        for value in values if cardinality != "single" else values[:1]:
            ET.SubElement(right, "qti-value").text = value
    if question.kind in _MAPPED:
        declared.append(_mapping(variant, values))
    return declared


def _mapping(variant: Variant, values: list[str]) -> ET.Element:
    """Credit by key: each right value a part of it, a wrong pick of several takes one away."""
    question: Any = variant.question
    each = 1.0 if question.kind == "short" else 1 / len(values)
    wrong = -each if question.kind == "multiple" else 0.0
    bounds = {"default-value": repr(wrong), "lower-bound": "0", "upper-bound": "1"}
    mapping = ET.Element("qti-mapping", bounds)
    for value in values:
        entry = {"map-key": value, "mapped-value": repr(each)}
        if question.kind == "short":
            entry["case-sensitive"] = "false"
        ET.SubElement(mapping, "qti-map-entry", entry)
    return mapping


def _outcome(root: ET.Element, name: str, value: str) -> None:
    declared = {"identifier": name, "cardinality": "single", "base-type": "float"}
    default = ET.SubElement(
        ET.SubElement(root, "qti-outcome-declaration", declared), "qti-default-value"
    )
    ET.SubElement(default, "qti-value").text = value


def _rendered(tag: str, text: str, attributes: dict[str, str] | None = None) -> ET.Element:
    """An element that shows Markdown and holds it."""
    html = _MARKDOWN.render(text) if tag == "div" else _MARKDOWN.renderInline(text)
    shown = ET.fromstring(f"<{tag}>{html}</{tag}>")  # noqa: S314 - rendered by us, without raw HTML
    shown.attrib.update({**(attributes or {}), "data-markdown": text})
    return shown


def _choice(question: Any) -> ET.Element:
    most = "1" if question.kind == "single" else "0"
    attributes = {"response-identifier": _RESPONSE, "max-choices": most, "shuffle": "false"}
    return _options(ET.Element("qti-choice-interaction", attributes), question.options)


def _order(question: Any) -> ET.Element:
    attributes = {"response-identifier": _RESPONSE, "shuffle": "false"}
    return _options(ET.Element("qti-order-interaction", attributes), question.options)


def _options(interaction: ET.Element, options: Iterable[Any]) -> ET.Element:
    for option in options:
        choice = _rendered("qti-simple-choice", option.text, {"identifier": option.id})
        interaction.append(choice)
    return interaction


def _match(question: Any) -> ET.Element:
    most = {"max-associations": str(len(question.options)), "shuffle": "false"}
    interaction = ET.Element("qti-match-interaction", {"response-identifier": _RESPONSE, **most})
    for options, limit in ((question.options, "1"), (question.targets, "0")):
        side = ET.SubElement(interaction, "qti-simple-match-set")
        for option in options:
            attributes = {"identifier": option.id, "match-max": limit}
            side.append(_rendered("qti-simple-associable-choice", option.text, attributes))
    return interaction


def _text_entry(question: Any) -> ET.Element:
    line = ET.Element("p")
    ET.SubElement(line, "qti-text-entry-interaction", {"response-identifier": _RESPONSE})
    unit = getattr(question, "unit", "")
    if unit:
        ET.SubElement(line, "span", {"class": "unit"}).text = unit
    return line


def _extended(question: Any) -> ET.Element:
    attributes = {
        "response-identifier": _RESPONSE,
        "data-min-words": str(question.min_words),
        "data-max-words": str(question.max_words),
    }
    return ET.Element("qti-extended-text-interaction", attributes)


def _map_response(_variant: Variant) -> ET.Element:
    score = ET.Element("qti-set-outcome-value", {"identifier": "SCORE"})
    ET.SubElement(score, "qti-map-response", {"identifier": _RESPONSE})
    return score


def _match_correct(_variant: Variant) -> ET.Element:
    test = ET.Element("qti-match")
    _variable_and_key(test)
    return _scored(test)


def _equal(variant: Variant) -> ET.Element:
    """Right within the tolerance or, where a precision is asked, when it rounds to the key."""
    tolerance = format(variant.key.tolerances[0], "f")
    test = ET.Element("qti-or")
    within = {"tolerance-mode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
    _variable_and_key(ET.SubElement(test, "qti-equal", within))
    precision = variant.key.precision(0)
    if precision is not None:
        figures = {"rounding-mode": "decimalPlaces", "figures": str(precision.decimals)}
        asked = {**figures, "data-rounding": precision.rounding}
        _variable_and_key(ET.SubElement(test, "qti-equal-rounded", asked))
    return _scored(test)


def _variable_and_key(test: ET.Element) -> None:
    ET.SubElement(test, "qti-variable", {"identifier": _RESPONSE})
    ET.SubElement(test, "qti-correct", {"identifier": _RESPONSE})


def _scored(test: ET.Element) -> ET.Element:
    condition = ET.Element("qti-response-condition")
    branch = ET.SubElement(condition, "qti-response-if")
    branch.append(test)
    score = ET.SubElement(branch, "qti-set-outcome-value", {"identifier": "SCORE"})
    ET.SubElement(score, "qti-base-value", {"base-type": "float"}).text = "1"
    return condition


_TYPES = {
    "single": ("single", "identifier"),
    "multiple": ("multiple", "identifier"),
    "ordering": ("ordered", "identifier"),
    "matching": ("multiple", "directedPair"),
    "classification": ("multiple", "directedPair"),
    "numeric": ("single", "float"),
    "short": ("single", "string"),
    "essay": ("single", "string"),
}
_MAPPED = ("multiple", "matching", "classification", "short")
_INTERACTIONS: dict[str, Callable[[Any], ET.Element]] = {
    "single": _choice,
    "multiple": _choice,
    "ordering": _order,
    "matching": _match,
    "classification": _match,
    "numeric": _text_entry,
    "short": _text_entry,
    "essay": _extended,
}
_PROCESSING: dict[str, Callable[[Variant], ET.Element]] = {
    "single": _match_correct,
    "multiple": _map_response,
    "ordering": _match_correct,
    "matching": _map_response,
    "classification": _map_response,
    "numeric": _equal,
    "short": _map_response,
}
