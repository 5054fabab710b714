"""A delivery engine for QTI 3 packages as the standard describes it, for tests.

It reads the package by the manifest and scores by the item's own response processing. It
shares no code with the product: what it cannot understand raises, as another system would.
"""

from __future__ import annotations

import io
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree as ET

_CP = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"
_Q = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"


def items_of(package):
    """The items that the manifest of a package (bytes) names, by identifier."""
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        manifest = ET.fromstring(files.read("imsmanifest.xml"))  # noqa: S314 - our own
        assert manifest.findtext(f"{_CP}metadata/{_CP}schemaversion") == "3.0.0"
        hrefs = [
            one.get("href")
            for one in manifest.iter(f"{_CP}resource")
            if one.get("type") == "imsqti_item_xmlv3p0"
        ]
        roots = [ET.fromstring(files.read(href)) for href in hrefs]  # noqa: S314 - our own
    return {root.get("identifier"): root for root in roots}


def offered(item):
    """What a candidate is shown to choose from, as text by identifier."""
    kinds = ("qti-simple-choice", "qti-simple-associable-choice")
    return {
        one.get("identifier"): " ".join("".join(one.itertext()).split())
        for kind in kinds
        for one in item.iter(f"{_Q}{kind}")
    }


def key_of(item):
    """The correct response as the declaration has it."""
    declared = item.find(f"{_Q}qti-response-declaration")
    return [one.text for one in declared.iterfind(f"{_Q}qti-correct-response/{_Q}qti-value")]


def score(item, response):
    """The SCORE outcome (share of full credit) of a response: a list of values."""
    processing = item.find(f"{_Q}qti-response-processing")
    if processing is None:
        return None  # people mark it
    (rule,) = processing
    if rule.tag == f"{_Q}qti-set-outcome-value":
        (expression,) = rule
        assert expression.tag == f"{_Q}qti-map-response"
        return _mapped(item, response)
    (branch,) = rule.findall(f"{_Q}qti-response-if")
    test, then = branch
    value = Decimal(then.findtext(f"{_Q}qti-base-value"))
    return value if _true(test, item, response) else Decimal(0)


def _mapped(item, response):
    mapping = item.find(f"{_Q}qti-response-declaration/{_Q}qti-mapping")
    entries = list(mapping.iter(f"{_Q}qti-map-entry"))
    total = Decimal(0)
    for value in response:
        for entry in entries:
            same = value == entry.get("map-key")
            if entry.get("case-sensitive") == "false":
                same = value.casefold() == entry.get("map-key").casefold()
            if same:
                total += Decimal(entry.get("mapped-value"))
                break
        else:
            total += Decimal(mapping.get("default-value"))
    low, high = (Decimal(mapping.get(f"{end}-bound")) for end in ("lower", "upper"))
    return min(max(total, low), high)


def _true(test, item, response):
    name = test.tag.removeprefix(_Q)
    if name == "qti-or":
        return any(_true(one, item, response) for one in test)
    key = key_of(item)
    if name == "qti-match":
        ordered = item.find(f"{_Q}qti-response-declaration").get("cardinality") == "ordered"
        return response == key if ordered else sorted(response) == sorted(key)
    if len(response) != 1:
        return False
    answer, right = Decimal(response[0]), Decimal(key[0])
    if name == "qti-equal":
        assert test.get("tolerance-mode") == "absolute"
        below, above = map(Decimal, test.get("tolerance").split())
        return right - below <= answer <= right + above
    assert name == "qti-equal-rounded"
    assert test.get("rounding-mode") == "decimalPlaces"
    unit = Decimal(1).scaleb(-int(test.get("figures")))
    return answer.quantize(unit, ROUND_HALF_UP) == right.quantize(unit, ROUND_HALF_UP)
