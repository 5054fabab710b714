"""Checking the bank: the shipped items pass, and each kind of broken specimen is found."""

import pytest

from assessments.bank.bank import read_bank
from assessments.bank.checking import check_bank, check_item
from assessments.bank.item import read_item
from courses.foundation.errors import ContentError
from courses.lesson import all_outcomes

HEAD = """\
---
id: QL4-99
competency: QL4
outcome: QL4.1
depth: hiểu
points: 2
minutes: 2
sources: ["CV 55/BTTTT-ƯDCNTT, mục 2.3.1.d"]
author_role: Người viết thử
status: live
"""


def specimen(folder, body, generator=None):
    path = folder / "ql4-99.md"
    path.write_text(f"{HEAD}{body}---\nCâu hỏi?\n", encoding="utf-8")
    if generator:
        path.with_suffix(".py").write_text(generator, encoding="utf-8")
    return read_item(path)


def single(*texts):
    lines = ["kind: single", "options:"]
    for number, text in enumerate(texts):
        correct = "true" if number == 0 else "false"
        lines.append(f"  - {{text: '{text}', correct: {correct}, feedback: 'Vì vậy.'}}")
    return "\n".join(lines) + "\n"


def codes(item):
    return {finding.code for finding in check_item(item)}


NUMERIC = """\
kind: numeric
answer: "{{answer}}"
tolerance: "0.1"
unit: ngày
feedback: {correct: 'Đúng {{so}}.', wrong: 'Sai.'}
"""


@pytest.mark.proof
def test_the_shipped_bank_has_nothing_to_mend():
    findings = list(check_bank(read_bank(), all_outcomes()))
    assert findings == []


def test_a_sound_specimen_passes(tmp_path):
    item = specimen(tmp_path, single("Phương án một", "Phương án hai", "Phương án ba"))
    assert codes(item) == set()


def test_a_key_far_longer_than_the_rest_is_found(tmp_path):
    item = specimen(tmp_path, single("Một phương án đúng mà lại rất dài dòng", "Ngắn", "Cụt"))
    assert codes(item) == {"LONG"}


def test_two_options_that_read_alike_are_found(tmp_path):
    item = specimen(tmp_path, single("Hòa giải", "Trình lên", "trình lên."))
    assert "AMBIGUOUS" in codes(item)


def test_a_generator_that_gives_few_variants_is_found(tmp_path):
    generator = "def variant(rng):\n    return {'answer': str(rng.randint(1, 3)), 'so': 'x'}\n"
    body = NUMERIC.replace("unit: ngày", "unit: 'ngày {{so}}'")
    assert "FEW" in codes(specimen(tmp_path, body, generator))


def test_a_generator_that_fails_on_some_seeds_is_found(tmp_path):
    generator = (
        "def variant(rng):\n"
        "    number = rng.randint(0, 40)\n"
        "    return {'answer': str(40 // number), 'so': str(number)}\n"
    )
    item = specimen(tmp_path, NUMERIC, generator)
    assert "DRAW" in codes(item)


def test_a_slow_generator_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("assessments.bank.checking.SLOW", 0.0)
    item = specimen(tmp_path, single("Phương án một", "Phương án hai", "Phương án ba"))
    assert codes(item) == {"SLOW"}


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ("Ra 1235 là quên trừ.", {"FIGURE"}),
        ("Chênh lệch là -3,5 ngày.", {"FIGURE"}),
        ("Ra {{so}} là quên trừ; ra {{so}} là quên chia.", {"TWICE"}),
        ("Năm 2026, theo ISO 27001, TCVN 14423:2026: từ 1.235 còn −3,5; 2–5 ngày.", set()),
        ("Ra {{so}} là quên trừ; ra 7 là quên chia.", set()),
    ],
)
def test_figures_that_officials_would_not_write_are_found(tmp_path, wrong, found):
    values = "dict(answer=str(n), so=f'{n:.0f}')"
    generator = f"def variant(rng):\n    n = rng.uniform(10, 99)\n    return {values}\n"
    item = specimen(tmp_path, NUMERIC.replace("Sai.", wrong), generator)
    assert codes(item) & {"FIGURE", "TWICE"} == found


def test_an_outcome_that_no_lesson_teaches_is_found(tmp_path):
    bank = read_bank()
    item = specimen(tmp_path, single("Phương án một", "Phương án hai", "Phương án ba"))
    items = {"QL4-99": item.model_copy(update={"outcome": "QL4.9"})}
    findings = list(check_bank(type(bank)(items=items, rubrics={}), all_outcomes()))
    assert [finding.code for finding in findings if finding.subject == "QL4-99"] == ["OUTCOME"]


def test_a_place_without_a_generator_is_refused_by_name(tmp_path):
    with pytest.raises(ContentError, match=r"thiếu tệp ql4-99\.py"):
        specimen(tmp_path, NUMERIC)


def test_a_value_that_is_not_used_is_refused_by_name(tmp_path):
    generator = "def variant(rng):\n    return {'answer': '1', 'so': '1', 'thua': '2'}\n"
    with pytest.raises(ContentError, match="không dùng: thua"):
        specimen(tmp_path, NUMERIC, generator)


def test_a_place_without_a_value_is_refused_by_name(tmp_path):
    generator = "def variant(rng):\n    return {'answer': '1'}\n"
    with pytest.raises(ContentError, match=r"so.*không có giá trị"):
        specimen(tmp_path, NUMERIC, generator)
