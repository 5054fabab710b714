"""Items to other systems and back: nothing changes on the way, and nothing is lost in silence."""

import io
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from qti_reader import items_of, offered, score
from shipped import BANK

from assessments.bank.answering import right, wrong
from assessments.bank.exchange.moodle import to_moodle
from assessments.bank.exchange.package import read_package, write_package
from assessments.bank.exchange.qti_export import KINDS, NAMESPACE, to_qti
from assessments.bank.exchange.qti_import import from_qti
from assessments.bank.exchange.uncarried import Uncarried
from assessments.bank.item import draw, mark
from courses.foundation.errors import ContentError

VARIANTS = [draw(item, "trao đổi") for _, item in sorted(BANK.items.items())]
CARRIED = [variant for variant in VARIANTS if variant.question.kind in KINDS]
HERE = Path("goi.zip")


def parse(data):
    return ET.fromstring(data)  # noqa: S314 - what we have just written ourselves


def test_the_whole_bank_comes_back_from_a_package_word_for_word_and_key_for_key():
    data, uncarried = write_package(VARIANTS)
    back, lost = read_package(data, HERE)
    assert lost == []
    partly = {v.question.id for v in VARIANTS if v.question.kind == "ordering"}
    left_out = {v.question.id for v in VARIANTS if v not in CARRIED}
    assert {u.item for u in uncarried} == left_out | partly
    for before, after in zip(CARRIED, back, strict=True):
        assert after.question == before.question
        assert after.points == before.points
        assert after.key == before.key


def test_marks_are_the_same_after_the_journey():
    for before in CARRIED:
        after = from_qti(ET.tostring(to_qti(before)), HERE)
        for answer in (right(before), wrong(before)):
            assert mark(after, answer) == mark(before, answer), before.question.id


def test_the_same_items_give_the_same_bytes():
    assert write_package(CARRIED[:9])[0] == write_package(CARRIED[:9])[0]


def test_the_manifest_names_every_file_of_the_package():
    with zipfile.ZipFile(io.BytesIO(write_package(CARRIED)[0])) as package:
        manifest = parse(package.read("imsmanifest.xml"))
        named = {node.get("href") for node in manifest.iter() if node.tag.endswith("}resource")}
        assert named == set(package.namelist()) - {"imsmanifest.xml"}


def test_what_qti_cannot_hold_is_named_with_a_reason():
    table = next(v for v in VARIANTS if v.question.kind == "table")
    found = to_qti(table)
    assert isinstance(found, Uncarried)
    assert "table" in found.reason


FOREIGN = f"""<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="{NAMESPACE}" identifier="ngoai-1" title="x" time-dependent="false">
  <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
    <qti-correct-response><qti-value>b</qti-value></qti-correct-response>
  </qti-response-declaration>
  <qti-item-body><p>Thủ đô <b>nào</b>?</p>
    <qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
      <qti-simple-choice identifier="a">Huế</qti-simple-choice>
      <qti-simple-choice identifier="b">Hà <i>Nội</i></qti-simple-choice>
    </qti-choice-interaction>
  </qti-item-body>
</qti-assessment-item>"""


def test_a_plain_item_of_another_system_is_read_by_its_text():
    variant = from_qti(FOREIGN.encode(), HERE)
    assert variant.question.prompt == "Thủ đô nào?"
    assert [option.text for option in variant.question.options] == ["Huế", "Hà Nội"]
    assert mark(variant, "b").state == "correct"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("qti-choice-interaction", "qti-hotspot-interaction", "hotspot"),
        ("</qti-item-body>", "<qti-media-interaction/></qti-item-body>", "2 tương tác"),
        ('identifier="a"', 'identifier="b"', "không thành câu hỏi"),
    ],
)
def test_what_cannot_be_taken_over_is_named(old, new, words):
    found = from_qti(FOREIGN.replace(old, new).encode(), HERE)
    assert isinstance(found, Uncarried)
    assert words in found.reason


@pytest.mark.parametrize(
    "data",
    [b"", b"<a", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', b"<a>" + b"x" * 2_000_001 + b"</a>"],
)
def test_damaged_and_hostile_xml_is_refused_by_name(data):
    with pytest.raises(ContentError) as refused:
        from_qti(data, HERE)
    assert refused.value.path == HERE


def test_a_file_that_is_no_zip_is_refused_by_name():
    with pytest.raises(ContentError, match="không phải gói QTI"):
        read_package(b"PK nothing", HERE)


def test_moodle_gets_every_kind_it_has_and_the_rest_is_named():
    data, uncarried = to_moodle(VARIANTS)
    quiz = parse(data)
    names = {node.findtext("name/text") for node in quiz}
    left_out = {u.item for u in uncarried} - names
    assert names | left_out == {variant.question.id for variant in VARIANTS}
    kinds = {v.question.kind for v in VARIANTS if v.question.id in left_out}
    assert kinds == {"table", "decisions"}


def test_moodles_fractions_pay_what_our_rule_pays():
    for variant in (v for v in CARRIED if v.question.kind == "multiple"):
        question = parse(to_moodle([variant])[0])[0]
        fractions = [float(answer.get("fraction")) for answer in question.iter("answer")]
        assert sum(f for f in fractions if f > 0) == pytest.approx(100)
        assert max(fractions) == pytest.approx(-min(fractions))


def in_qti(answer, kind):
    """A raw answer of ours as the values that a QTI system holds."""
    if kind in ("matching", "classification"):
        return [f"{left} {right}" for left, right in answer.items()]
    if kind == "numeric":
        return [answer.replace(".", "").replace(",", ".")]
    return answer if isinstance(answer, list) else [answer]


def test_an_independent_reader_shows_every_option_and_pays_what_we_pay():
    items = items_of(write_package(CARRIED)[0])
    assert set(items) == {variant.question.id for variant in CARRIED}
    paid = Counter()
    for variant in CARRIED:
        item, kind = items[variant.question.id], variant.question.kind
        choices = [
            *getattr(variant.question, "options", ()),
            *getattr(variant.question, "targets", ()),
        ]
        assert set(offered(item)) == {choice.id for choice in choices}
        if kind == "essay":
            assert score(item, ["Bài viết"]) is None
            continue
        for answer in (right(variant), wrong(variant)):
            share = mark(variant, answer).points / variant.points
            told = score(item, in_qti(answer, kind))
            assert float(told) == pytest.approx(float(share)), variant.question.id
            paid[kind] += 1
    assert set(paid) == set(KINDS) - {"essay"}


def test_an_independent_reader_pays_a_part_of_several_right_choices_as_we_do():
    items = items_of(write_package(CARRIED)[0])
    for variant in (v for v in CARRIED if v.question.kind == "multiple"):
        options = [option.id for option in variant.question.options]
        for ticked in (options, options[:2], [variant.key.correct[0]]):
            share = mark(variant, ticked).points / variant.points
            told = score(items[variant.question.id], ticked)
            assert float(told) == pytest.approx(float(share), abs=1e-6), variant.question.id


def moodle_pays(question, chosen):
    """What Moodle pays for ticked or written texts: the sum of fractions, not below nothing."""
    fractions = {
        one.findtext("text"): float(one.get("fraction")) for one in question.iter("answer")
    }
    return max(0.0, sum(fractions[text] for text in chosen)) / 100


def test_an_independent_reading_of_moodles_file_pays_what_we_pay():
    quiz = {node.findtext("name/text"): node for node in parse(to_moodle(CARRIED)[0])}
    seen = Counter()
    for variant in CARRIED:
        node, kind = quiz[variant.question.id], variant.question.kind
        if kind in ("single", "multiple"):
            texts = [one.findtext("text") for one in node.iter("answer")]
            place = {
                option.id: text
                for option, text in zip(variant.question.options, texts, strict=True)
            }
            for answer in (right(variant), wrong(variant)):
                ticked = answer if isinstance(answer, list) else [answer]
                paid = moodle_pays(node, [place[one] for one in ticked])
                share = float(mark(variant, answer).points / variant.points)
                assert paid == pytest.approx(share, abs=1e-5), variant.question.id
        elif kind == "numeric":
            key = Decimal(node.findtext("answer/text"))
            tolerance = Decimal(node.findtext("answer/tolerance"))
            (value,) = in_qti(right(variant), kind)
            assert abs(Decimal(value) - key) <= tolerance + Decimal("1e-12"), variant.question.id
            (value,) = in_qti(wrong(variant), kind)
            assert abs(Decimal(value) - key) > tolerance, variant.question.id
        elif kind in ("matching", "classification"):
            pairs = Counter(
                (one.findtext("text") or "", one.findtext("answer/text"))
                for one in node.iter("subquestion")
            )
            assert len([pair for pair in pairs if pair[0]]) == len(variant.question.options)
        elif kind == "ordering":
            places = [float(one.get("fraction")) for one in node.iter("answer")]
            assert places == [float(n) for n in range(1, len(variant.question.options) + 1)]
        seen[kind] += 1
    assert seen["multiple"] > 50
