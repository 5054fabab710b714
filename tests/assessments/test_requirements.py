"""Every requirement of the sources is taught, examined and, where it must be, in the capstone."""

from dataclasses import replace

import pytest
from shipped import BANK

from assessments.bank.bank import Bank
from assessments.bank.coverage import requirements_met
from courses.foundation.errors import ContentError
from courses.requirements import REQUIREMENTS, Asking, Requirement, read_requirements
from courses.tracks import all_competencies

MET = requirements_met(BANK)


def asking(source="491/BTTTT-ƯDCNTT", capstone="", **row):
    told = {"code": "V", "text": "Giải pháp", "outcomes": ("QL3.5",)} | row
    return Asking(name="x", source=source, capstone=capstone, rows=(Requirement(**told),))


def missing(document, bank=BANK):
    (row,) = requirements_met(bank, asked=[document])
    return row.missing


def test_there_is_no_hole():
    assert [f"{row.code}: {row.missing}" for row in MET if row.missing] == []


def test_every_list_that_the_sources_count_is_there_whole():
    codes = [row.code for row in MET]
    counted = {
        "CT": [f"CT{n}" for n in range(1, 5)],
        "NV": [f"NV{n}" for n in range(1, 9)],
        "N": [f"N{n}" for n in range(1, 5)],
        "CV 491": ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"],
        "CV 2723": [f"Hạn chế {n}" for n in range(1, 5)] + ["Đề nghị 1", "Đề nghị 2"],
        "năng lực": list(all_competencies()),
    }
    for name, listed in counted.items():
        assert [code for code in codes if code in listed] == listed, name
    articles = {code.split(".")[0] for code in codes if code.startswith("Điều")}
    assert articles == {f"Điều {n}" for n in range(4, 11)}


def test_what_no_live_item_examines_is_a_hole():
    resting = {
        id_: item.model_copy(update={"status": "resting"})
        for id_, item in BANK.items.items()
        if item.outcome == "QL3.5"
    }
    assert missing(asking(), Bank({**BANK.items, **resting}, BANK.rubrics)) == "câu hỏi"
    assert missing(asking(items=("VH1-10",))) == ""
    rested = {"VH1-10": BANK.items["VH1-10"].model_copy(update={"status": "resting"})}
    document = asking(items=("VH1-10",))
    assert missing(document, Bank({**BANK.items, **rested}, BANK.rubrics)) == "câu hỏi"


def test_what_no_lesson_says_is_a_hole():
    assert missing(asking(says="thí điểm")) == ""
    assert missing(asking(says="điều không bài nào nói")) == "bài học"


def test_what_no_capstone_cites_is_a_hole():
    assert missing(asking(capstone="mục A.")) == ""
    assert missing(asking(source="2723/BTTTT-UDCNTT", capstone="mục A.")) == "bài tổng hợp"


def test_an_outcome_or_an_item_that_is_none_is_refused():
    with pytest.raises(ContentError, match=r"không có QL9\.1"):
        missing(asking(outcomes=("QL9.1",)))
    with pytest.raises(ContentError, match="không có VH1-99"):
        missing(asking(items=("VH1-99",)))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("NV7 = [", "NV9 = [", "thiếu hoặc thừa mã NV7"),
        ('NV7 = ["KT2.1"', 'NV7 = ["QL1.1"', "năng lực của QL1.1 phục vụ NV7"),
        ("[[documents]]", "[[document]]", "documents.*thiếu khoá"),
    ],
)
def test_a_broken_list_is_refused(tmp_path, old, new, words):
    path, text = tmp_path / "requirements.toml", REQUIREMENTS.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=words):
        read_requirements(path)


def test_the_counts_are_those_of_a_plain_count():
    row = next(one for one in MET if one.code == "NV7")
    outcomes = {"KT2.1", "KT2.2", "KT2.4", "KT2.5"}
    live = [i for i in BANK.items.values() if i.status == "live" and i.outcome in outcomes]
    assert row == replace(row, assessed=len(live), lessons=("KT2",), capstone=None)
