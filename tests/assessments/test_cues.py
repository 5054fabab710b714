"""Broken specimens of the faults that show over many items or many variants."""

import random
from datetime import date
from types import SimpleNamespace

import pytest

from assessments.bank.bank import Bank, read_bank
from assessments.bank.cues import cues
from assessments.bank.heuristics import shortcuts
from assessments.bank.item import draw, read_item
from assessments.bank.kinship import contradictions, suggested_enemies
from assessments.bank.statistics import (
    ItemStatistics,
    Response,
    read_statistics,
    sample,
    write_statistics,
)
from courses.foundation.errors import ContentError
from courses.foundation.numerals import exact

HEAD = """\
---
id: QL4-97
competency: QL4
outcome: QL4.1
depth: hiểu
points: 2
minutes: 2
sources: ["CV 55/BTTTT-ƯDCNTT, mục 2.3.1.d"]
author_role: Người viết thử
status: live
"""
NUMERIC = """\
kind: numeric
answer: "{{answer}}"
decimals: 1
traps: ["{{trap}}"]
feedback: {correct: 'Đúng.', wrong: 'Sai.'}
---
Cộng {{a}} với {{b}}, làm tròn đến một chữ số sau dấu phẩy.
"""
DAY = date(2026, 11, 28)
RNG = random.Random(1)  # noqa: S311 - reproducible answers


def generated(folder, body):
    path = folder / "ql4-97.md"
    path.write_text(HEAD + NUMERIC, encoding="utf-8")
    path.with_suffix(".py").write_text(f"def variant(rng):\n{body}", encoding="utf-8")
    item = read_item(path)
    return dict(shortcuts(item, [draw(item, f"x/{number}") for number in range(100)]))


def test_a_constant_that_wins_too_often_is_found(tmp_path):
    body = (
        "    a = rng.randint(1, 3)\n    return dict(a=str(a), b='7', answer=str(a + 7), trap='0')\n"
    )
    assert any(name.startswith("luôn ghi") for name in generated(tmp_path, body))


def test_a_named_wrong_method_that_is_paid_is_found(tmp_path):
    body = (
        "    a, b = rng.randint(100, 999), rng.randint(1, 9) / 1000\n"
        "    return dict(a=str(a), b=str(b), answer=str(a + b), trap=str(a))\n"
    )
    assert "cách sai thứ 1 trong traps" in generated(tmp_path, body)


def test_a_shortcut_over_the_numbers_of_the_prompt_is_found(tmp_path):
    body = (
        "    a, b = rng.randint(100, 999), rng.randint(10, 99)\n"
        "    return dict(a=str(a), b=str(b), answer=str(a), trap='0')\n"
    )
    assert "số lớn nhất trong đề" in generated(tmp_path, body)


def test_a_sound_generator_has_no_shortcut(tmp_path):
    body = (
        "    a, b = rng.randint(100, 999), rng.randint(100, 999)\n"
        "    return dict(a=str(a), b=str(b), answer=str(a * b / 7), trap=str(a + b))\n"
    )
    assert generated(tmp_path, body) == {}


def item(kind, **exercise):
    options = tuple(SimpleNamespace(**option) for option in exercise.pop("options", ()))
    shown = SimpleNamespace(kind=kind, options=options, **exercise)
    return SimpleNamespace(id="QL1-99", exercise=shown, template=None)


def found(items):
    return {(finding.subject, finding.code) for finding in cues(items)}


def test_a_word_that_marks_distractors_is_found_over_the_bank():
    key = {"text": "Ký ngay", "correct": True}
    wrong = [{"text": f"Chờ vì lý do {n}", "correct": False} for n in range(3)]
    assert ("(ngân hàng)", "WORD") in found([item("single", options=[key, *wrong])] * 20)


def test_a_number_of_keys_that_never_changes_is_found():
    options = [{"text": str(n), "correct": n < 3} for n in range(6)]
    assert found([item("multiple", options=options)] * 12) == {("(ngân hàng)", "COUNT")}


def test_a_branch_that_tells_how_the_last_choice_went_is_found():
    steps = {
        "một": SimpleNamespace(
            options=[
                SimpleNamespace(text="A", credit=1, next="hai"),
                SimpleNamespace(text="BB", credit=0, next="ba"),
            ]
        )
    }
    assert found([item("decisions", steps=steps)]) == {("QL1-99", "REPLAY")}


def test_two_items_that_rest_on_different_facts_are_found():
    bank = read_bank()
    other = bank.items["KT1-06"].model_copy(update={"facts": {"thu dấu vết": "sau khi khoá"}})
    texts = [f.text for f in contradictions(Bank(bank.items | {other.id: other}, bank.rubrics))]
    assert len(texts) == 1
    assert "sau khi khoá" in texts[0]
    assert list(contradictions(bank)) == []


def test_items_that_are_worded_alike_are_suggested_as_enemies_and_declared_ones_are_not():
    bank = read_bank()
    twin = bank.items["QL3-04"].model_copy(update={"id": "QL3-98"})
    pairs = {pair[:2] for pair in suggested_enemies(Bank(bank.items | {twin.id: twin}, {}))}
    assert ("QL3-04", "QL3-98") in pairs
    friend = twin.model_copy(update={"enemies": ("QL3-04",)})
    pairs = {pair[:2] for pair in suggested_enemies(Bank(bank.items | {friend.id: friend}, {}))}
    assert ("QL3-04", "QL3-98") not in pairs


def responses(number, rng):
    able = [rng.random() for _ in range(number)]
    return [
        Response(share=float(rng.random() < a), rest=a, variant=n % 2, answer="ab"[n % 2])
        for n, a in enumerate(able)
    ]


def test_statistics_stand_beside_the_item_and_read_as_they_were_written(tmp_path):
    (tmp_path / "ql1").mkdir()
    one = sample("2026-1", DAY, "QL-A", responses(120, RNG))
    kept = ItemStatistics(item="QL1-01").added(one)
    write_statistics(tmp_path, kept)
    assert read_statistics(tmp_path, "QL1-01") == kept
    assert (kept.answers, one.options, set(one.by_variant)) == (120, {"a": 60, "b": 60}, {"0", "1"})
    assert one.item_rest > 0.3
    assert kept.added(one) == kept
    (tmp_path / "ql1" / "ql1-01.stats.toml").write_text("item = 7\n")
    with pytest.raises(ContentError):
        read_statistics(tmp_path, "QL1-01")


def test_figures_from_too_few_answers_are_not_told():
    one = sample("2026-1", DAY, "QL-A", responses(29, RNG))
    assert (one.answers, one.difficulty, one.item_rest, one.by_variant) == (29, None, None, {})


def test_an_item_that_everybody_solves_has_no_correlation():
    same = [Response(share=1, rest=n / 40) for n in range(40)]
    assert sample("2026-1", DAY, "QL-A", same).item_rest is None


def test_a_change_log_ends_with_the_version_that_stands(tmp_path):
    change = "version: 2\nchanges: [{version: 1, day: 2026-11-27, by: Ban đề, what: Viết mới}]\n"
    path = tmp_path / "ql4-97.md"
    body = "kind: short\naccepted: [một]\nfeedback: {correct: Đúng., wrong: Sai.}\n---\nHỏi?\n"
    path.write_text(HEAD + change + body, encoding="utf-8")
    with pytest.raises(ContentError, match="phiên bản hiện nay"):
        read_item(path)


def test_computed_keys_are_written_without_noise():
    assert (exact(0.1 + 0.2), exact(12), exact(61 / 6)) == ("0.3", "12", "10.166666667")
