"""Broken specimens of the faults that show over many items or many variants."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from assessments.bank.bank import Bank, read_bank
from assessments.bank.cues import cues
from assessments.bank.expectation import expectation, reading
from assessments.bank.heuristics import shortcuts
from assessments.bank.item import draw, read_item
from assessments.bank.kinship import contradictions, suggested_enemies
from assessments.bank.statistics import Sample, gathered
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


def test_a_word_that_stands_as_often_in_right_options_is_no_cue_and_few_options_tell_nothing():
    options = [{"text": text, "correct": text[0] == "K"} for text in ("Ký vì đủ", "Chờ vì đủ")]
    chosen = [item("single", options=options)] * 20
    assert [finding.text.split("”")[0] for finding in cues(chosen)] == ["“chờ", "“ký"]
    assert found(chosen[:19]) == set()


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


def sampled(answers, share=0.5, **more):
    told = {"sitting": "2026-1", "on": DAY, "form": "QL-A", "version": 1, **more}
    return Sample(answers=answers, share=share, **told)


def test_figures_from_too_few_answers_are_kept_and_not_told_until_sittings_add_up():
    few = sampled(20, 0.4, options={"Có": 20}, variants={"0": {"answers": 20, "share": 0.4}})
    assert (few.difficulty, few.chosen, few.variants["0"].difficulty) == (None, {}, None)
    alone = gathered("QL1-01", [few])
    assert (alone.answers, alone.difficulty) == (20, None)
    more = gathered("QL1-01", [few, sampled(20, 0.6, form="QL-B")])
    assert (more.answers, more.difficulty) == (40, pytest.approx(0.5))


def test_another_version_of_an_item_is_another_question():
    both = gathered("QL1-01", [sampled(40, 0.2), sampled(60, 0.8, version=2, form="QL-B")])
    assert [both.of_version(v).answers for v in (1, 2, 3)] == [40, 60, 0]
    assert both.of_version(2).difficulty == 0.8


def test_samples_stand_in_the_order_of_their_sittings():
    late = sampled(30, on=DAY.replace(year=2027))
    assert gathered("QL1-01", [late, sampled(30)]).samples[-1] == late


def test_what_is_expected_of_an_item_is_told_by_the_best_that_is_known_of_it():
    item = read_bank().items["QL4-03"]
    assert expectation(item).basis == "depth"
    rated = item.model_copy(update={"expected": Decimal("0.35")})
    assert (expectation(rated).share, expectation(rated).basis) == (Decimal("0.35"), "author")
    known = gathered(item.id, [sampled(99, 0.71)])
    assert expectation(rated, known).basis == "author"  # 99 are one too few
    known = gathered(item.id, [sampled(100, 0.71)])
    assert expectation(rated, known).model_dump() == {
        "share": Decimal("0.71"),
        "basis": "observed",
        "answers": 100,
    }
    newer = rated.model_copy(update={"version": 2})
    assert expectation(newer, known).basis == "author"


def test_who_guesses_among_few_options_finds_an_item_easier_than_who_must_write_a_number():
    bank = read_bank().items.values()
    of_depth = [item for item in bank if item.depth == "vận dụng"]
    shares = {item.exercise.kind: expectation(item).share for item in of_depth}
    assert shares["single"] > shares["numeric"] == Decimal("0.60")


def test_words_to_be_read_are_those_of_prompt_options_and_targets_and_no_key():
    item = next(i for i in read_bank().items.values() if i.exercise.kind == "matching")
    question = draw(item, "x").question
    texts = [question.prompt, *(o.text for o in (*question.options, *question.targets))]
    assert reading(question) == sum(len(text.split()) for text in texts)


def test_a_change_log_ends_with_the_version_that_stands(tmp_path):
    change = "version: 2\nchanges: [{version: 1, day: 2026-11-27, by: Ban đề, what: Viết mới}]\n"
    path = tmp_path / "ql4-97.md"
    body = "kind: short\naccepted: [một]\nfeedback: {correct: Đúng., wrong: Sai.}\n---\nHỏi?\n"
    path.write_text(HEAD + change + body, encoding="utf-8")
    with pytest.raises(ContentError, match="phiên bản hiện nay"):
        read_item(path)


def test_computed_keys_are_written_without_noise():
    assert (exact(0.1 + 0.2), exact(12), exact(61 / 6)) == ("0.3", "12", "10.166666667")
