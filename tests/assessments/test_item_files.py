"""Items of other systems as drafts of the house: word for word, once, and nothing overwritten."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from shipped import BANK

from assessments.bank.answering import right
from assessments.bank.bank import read_bank
from assessments.bank.exchange.item_files import About, take_over
from assessments.bank.exchange.package import read_package, write_package
from assessments.bank.item import draw, mark
from courses.foundation.errors import ContentError

ABOUT = About("KT1.2", "vận dụng", 3, "Chuyên gia nội dung an toàn thông tin")
HERE = Path("goi.zip")
OWN = """---
id: KT1-07
competency: KT1
outcome: KT1.1
depth: hiểu
points: 2
minutes: 2
sources: [Sổ tay của cơ quan]
author_role: Người soạn
status: draft
kind: single
options:
  - {text: Một, correct: true, feedback: Đúng.}
  - {text: Hai, feedback: Sai.}
  - {text: Ba, feedback: Sai.}
---
Mấy?
"""
VARIANTS = [draw(BANK.items[id_], "trao đổi") for id_ in sorted(BANK.items) if id_[:3] == "KT1"]


def sent(variants):
    return read_package(write_package(variants)[0], HERE)[0]


def folder_of(path):
    return read_bank(path / "items", path / "rubrics")


def taken(path, variants, about=ABOUT):
    return take_over(variants, about, folder_of(path), path / "items")


def test_a_package_comes_back_as_drafts_that_are_read_and_marked_as_what_was_sent(tmp_path):
    found = taken(tmp_path, sent(VARIANTS))
    written = folder_of(tmp_path)
    assert set(written.items) == set(found.written.values())
    kinds = Counter(item.exercise.kind for item in written.items.values())
    assert set(kinds) >= {"single", "multiple", "ordering", "matching", "classification", "numeric"}
    for before in VARIANTS:
        item = written.items.get(before.question.id)
        if item is None:
            continue
        assert (item.status, item.outcome) == ("draft", "KT1.2")
        after = draw(item, "x")
        assert after.question.prompt.split() == before.question.prompt.split()
        assert mark(after, right(after)).points == before.points
    essays = {v.question.id for v in VARIANTS if v.question.kind == "essay"}
    assert {one.item for one in found.left} == essays
    assert all("thang chấm" in one.reason for one in found.left)


def test_the_same_package_twice_changes_nothing(tmp_path):
    variants = sent(VARIANTS[:6])
    first = taken(tmp_path, variants)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.md")}
    again = taken(tmp_path, variants)
    assert (again.written, again.known) == ({}, first.written)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.md")} == before


def test_an_id_that_is_taken_or_foreign_gets_the_next_number_and_nothing_is_overwritten(tmp_path):
    own = tmp_path / "items" / "kt1" / "kt1-07.md"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, encoding="utf-8")
    variants = [v for v in sent(VARIANTS) if v.question.kind == "single"][:2]
    renamed = [renamed_to(v, name) for v, name in zip(variants, ("KT1-07", "ngoai-1"), strict=True)]
    found = taken(tmp_path, renamed)
    assert found.written == {"KT1-07": "KT1-08", "ngoai-1": "KT1-09"}
    assert own.read_text(encoding="utf-8") == OWN


def renamed_to(variant, name):
    question = variant.question.model_copy(update={"id": name})
    return type(variant)(question=question, key=variant.key, points=variant.points)


def test_one_bad_item_does_not_stop_the_others_and_is_named_with_its_reason(tmp_path):
    good, other = sent(VARIANTS)[:2]
    bad = good.question.model_copy(update={"id": "xau", "prompt": "Tính {{so}} rồi chọn."})
    citing = good.question.model_copy(update={"id": "dan", "prompt": "Theo [@không/có/NĐ-CP]."})
    spoilt = [type(good)(question=q, key=good.key, points=good.points) for q in (bad, citing)]
    found = taken(tmp_path, [*spoilt, other, other])
    assert list(found.written) == [other.question.id]
    assert [one.item for one in found.left] == ["xau", "dan", other.question.id]
    assert "hai lần" in found.left[-1].reason


def zipped(*files, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, data in files:
            package.writestr(name, data)
    return buffer.getvalue()


ITEM = write_package(VARIANTS[:1])[0]
with zipfile.ZipFile(io.BytesIO(ITEM)) as _package:
    XML = next(_package.read(name) for name in _package.namelist() if name.startswith("items/"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped(("items/bom.xml", b" " * 3_000_000)), "quá lớn"),
        (zipped(*((f"anh/{n}.bin", b"0" * 1_900_000) for n in range(60))), "quá lớn"),
        (zipped(("../../etc/x.xml", XML)), "ra ngoài gói"),
        (zipped(("/etc/x.xml", XML)), "ra ngoài gói"),
        (zipped(("..\\x.xml", XML)), "ra ngoài gói"),
        (zipped(("C:/x.xml", XML)), "ra ngoài gói"),
        (zipped(("x.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')), "DTD"),
        (zipped(("x.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"))), "DTD"),
        (zipped(("x.xml", b"<a")), "không đọc được XML"),
        (ITEM[: len(ITEM) // 2], "gói hỏng"),
        (b"MZ" + ITEM[:200], "gói hỏng"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_packages_are_refused_whole_by_name(data, words):
    with pytest.raises(ContentError, match=words) as refused:
        read_package(data, HERE)
    assert refused.value.path is not None


def test_a_spoilt_byte_is_found_by_its_checksum():
    data = bytearray(zipped(("x.xml", XML), method=zipfile.ZIP_STORED))
    place = bytes(data).index(b"identifier")
    data[place] ^= 1
    with pytest.raises(ContentError, match="gói hỏng"):
        read_package(bytes(data), HERE)


def test_files_that_are_no_items_and_items_with_pictures_are_named_not_dropped():
    picture = XML.replace(b"</qti-item-body>", b'<img src="a.png"/></qti-item-body>')
    variants, left = read_package(zipped(("anh/a.png", b"PNG"), ("x.xml", picture)), HERE)
    assert variants == []
    assert [one.reason.split(",")[0] for one in left] == [
        "tệp này không phải câu hỏi QTI",
        "có img",
    ]


def test_a_number_that_is_none_leaves_out_its_item_alone():
    spoilt = XML.replace(b'identifier="MAXSCORE"', b'identifier="MAXSCORE" x="1"')
    spoilt = spoilt.replace(b"<qti-value>2</qti-value>", b"<qti-value>hai</qti-value>")
    variants, left = read_package(zipped(("x.xml", spoilt), ("y.xml", XML)), HERE)
    assert len(variants) == 1
    assert [one.reason for one in left] == ["có số hoặc thuộc tính không đọc được"]
