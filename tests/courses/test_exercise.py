"""Presenting and judging: shuffled, reproducible, fair, and never paying for nonsense."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from strategies import (
    JUDGED,
    KINDS,
    SAID,
    answers,
    anything,
    exercises,
    presented,
    right_answer,
    seeds,
    wrong_answer,
)

from courses.exercise import EXERCISE, judge, present


def exercise(kind, **fields):
    return EXERCISE.validate_python({"kind": kind, "prompt": "Hỏi.", **fields})


def options(*correct, number=4):
    return [
        {"text": f"Phương án {n}", "correct": n in correct, "feedback": f"Vì {n}."}
        for n in range(number)
    ]


@pytest.mark.parametrize("kind", KINDS)
@given(st.data(), seeds)
def test_the_same_seed_gives_the_same_question_and_key(kind, data, seed):
    authored = data.draw(exercises(kind))
    assert present(authored, "Q1", seed) == present(authored, "Q1", seed)


@pytest.mark.parametrize("kind", JUDGED)
@given(st.data())
def test_the_key_marks_full(kind, data):
    question, key = data.draw(presented(kind))
    judgement = judge(question, key, right_answer(question, key))
    assert (judgement.share, judgement.state) == (1, "correct")


@pytest.mark.parametrize("kind", [kind for kind in JUDGED if kind not in ("decisions", "short")])
@given(st.data())
def test_a_wholly_wrong_answer_earns_nothing(kind, data):
    question, key = data.draw(presented(kind))
    judgement = judge(question, key, wrong_answer(question, key))
    assert (judgement.share, judgement.state) == (0, "wrong")


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_whatever_is_sent_gets_a_share_between_nothing_and_all(kind, data):
    question, key = data.draw(presented(kind))
    raw = data.draw(anything | answers(question))
    judgement = judge(question, key, raw)
    assert 0 <= judgement.share <= 1
    if judgement.state in ("blank", "invalid", "wrong", "unjudged"):
        assert judgement.share == 0


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_malformed_input_is_invalid_and_earns_nothing(kind, data):
    question, key = data.draw(presented(kind))
    malformed = data.draw(st.sampled_from([True, 7, 2.5, ["\x00"], {"zz": "zz"}, {"a": ["b"]}]))
    assert judge(question, key, malformed).state == "invalid"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", [None, "", "  \n", [], {}])
@given(data=st.data())
def test_blank_is_told_apart_from_wrong_and_malformed(kind, raw, data):
    question, key = data.draw(presented(kind))
    assert judge(question, key, raw).state == "blank"


@given(st.data())
def test_choosing_one_more_right_option_never_costs(data):
    question, key = data.draw(presented("multiple"))
    chosen = data.draw(answers(question))
    missing = [id_ for id_ in key.correct if id_ not in chosen]
    better = [*chosen, *missing[:1]]
    assert judge(question, key, better).share >= judge(question, key, chosen).share


@given(st.data())
def test_dropping_a_wrong_option_never_costs(data):
    question, key = data.draw(presented("multiple"))
    chosen = data.draw(answers(question).filter(lambda ids: len(ids) > 1))
    wrong = [id_ for id_ in chosen if id_ not in key.correct]
    better = [id_ for id_ in chosen if id_ not in wrong[:1]]
    assert judge(question, key, better).share >= judge(question, key, chosen).share


@given(st.data())
def test_swapping_two_neighbours_into_their_right_order_never_costs(data):
    question, key = data.draw(presented("ordering"))
    order = data.draw(answers(question))
    place = data.draw(st.integers(0, len(order) - 2))
    first, second = order[place : place + 2]
    if key.correct.index(first) > key.correct.index(second):
        better = [*order[:place], second, first, *order[place + 2 :]]
        assert judge(question, key, better).share >= judge(question, key, order).share


@pytest.mark.parametrize("kind", ["matching", "classification", "table"])
@given(st.data())
def test_correcting_one_part_always_pays(kind, data):
    question, key = data.draw(presented(kind))
    answer, right = data.draw(answers(question)), right_answer(question, key)
    wrong = wrong_answer(question, key)
    part = data.draw(st.sampled_from(sorted(right)))
    before = judge(question, key, answer | {part: wrong[part]}).share
    after = judge(question, key, answer | {part: right[part]}).share
    assert after > before


@given(st.data())
def test_a_better_decision_on_the_same_way_always_pays(data):
    question, key = data.draw(presented("decisions"))
    best, path = right_answer(question, key), data.draw(answers(question))
    last = list(path)[-1]
    before = judge(question, key, path)
    after = judge(question, key, path | {last: best[last]})
    assert after.share > before.share or path[last] == best[last] or before.share == after.share
    assert after.share >= before.share


@pytest.mark.parametrize("kind", ["single", "multiple", "matching", "classification", "ordering"])
@given(st.data(), seeds, seeds)
def test_neither_order_nor_label_of_options_changes_a_mark(kind, data, seed, other_seed):
    authored = data.draw(exercises(kind))
    question, key = present(authored, "Q1", seed)
    shuffled, other_key = present(authored, "Q1", other_seed)
    answer = question.parse(data.draw(answers(question)))
    same = _in_labels_of(question, shuffled, answer)
    assert judge(shuffled, other_key, same) == judge(question, key, answer)


def _in_labels_of(question, other, answer):
    """The same choice of texts in the labels of another variant."""
    option = {o.id: next(p.id for p in other.options if p.text == o.text) for o in question.options}
    if isinstance(answer, str):
        return option[answer]
    if isinstance(answer, list):
        return [option[id_] for id_ in answer]
    target = {t.id: next(p.id for p in other.targets if p.text == t.text) for t in question.targets}
    return {option[left]: target[right] for left, right in answer.items()}


@given(exercises("ordering"), seeds)
def test_the_order_shown_is_never_the_answer(authored, seed):
    question, key = present(authored, "Q1", seed)
    assert tuple(option.id for option in question.options) != key.correct


def test_over_many_seeds_the_right_option_stands_at_every_place():
    authored = exercise("single", options=options(0))
    places = {present(authored, "Q1", str(seed))[1].correct for seed in range(60)}
    assert places == {("a",), ("b",), ("c",), ("d",)}


def test_a_dilemma_is_valid_whatever_is_chosen_and_is_not_judged():
    question, key = present(exercise("single", options=options()), "Q1", "seed")
    assert {judge(question, key, o.id).state for o in question.options} == {"unjudged"}


def test_choosing_everything_pays_nothing_when_half_is_wrong():
    question, key = present(exercise("multiple", options=options(0, 1)), "Q1", "seed")
    assert judge(question, key, [o.id for o in question.options]).share == 0


def test_one_right_and_one_wrong_pick_cancel_each_other():
    question, key = present(exercise("multiple", options=options(0, 1)), "Q1", "seed")
    wrong = next(o.id for o in question.options if o.id not in key.correct)
    assert judge(question, key, [*key.correct, wrong]).share == Decimal("0.5")


def test_at_the_tolerance_is_right_and_a_hair_beyond_is_wrong():
    authored = exercise("numeric", answer="10.5", tolerance="0.05", feedback=SAID)
    question, key = present(authored, "Q1", "seed")
    assert judge(question, key, "10,55").state == "correct"
    assert judge(question, key, "10,5500001").state == "wrong"


@pytest.mark.parametrize("typed", ["hòa giải", "HOÀ  GIẢI", "hoà giải."])
def test_a_short_answer_is_right_whatever_its_case_blanks_and_tone_placement(typed):
    authored = exercise("short", accepted=["hoà giải"], feedback=SAID)
    question, key = present(authored, "Q1", "seed")
    assert judge(question, key, typed).state == "correct"


def test_a_short_answer_with_another_tone_is_wrong():
    authored = exercise("short", accepted=["hoà giải"], feedback=SAID)
    question, key = present(authored, "Q1", "seed")
    assert judge(question, key, "hoá giải").state == "wrong"


def step(onward):
    """A step of a case: the right decision leads onward, the others end it."""
    return {
        "situation": "Tình huống giả định.",
        "options": [
            {"text": text, "credit": credit, "feedback": "Vì vậy.", "next": target}
            for text, credit, target in (("Ký", 1, onward), ("Trả lại", 0, None), ("Chờ", 0, None))
        ],
    }


BROKEN = [
    ("single", {"options": options(0, 1)}, "nhiều nhất một phương án đúng"),
    ("multiple", {"options": options(0)}, "ít nhất hai phương án đúng"),
    ("multiple", {"options": options(0, 1, 2, 3)}, "một phương án sai"),
    ("single", {"options": options(0)[:1] * 2}, "nhiều nhất một|trùng nội dung"),
    ("multiple", {"options": options(0, 1) + options()[2:]}, "trùng nội dung"),
    ("single", {"options": options(0, number=27)}, "nhiều nhất 26"),
    ("ordering", {"steps": ["Một", "Hai", "Một"], "feedback": SAID}, "trùng nội dung"),
    (
        "matching",
        {"pairs": [{"left": x, "right": "Y", "feedback": "."} for x in "abc"]},
        "hai vế phải khác nhau",
    ),
    (
        "matching",
        {"pairs": [{"left": "a", "right": x, "feedback": "."} for x in "abc"]},
        "trùng nội dung",
    ),
    (
        "classification",
        {
            "categories": ["N1", "N2"],
            "entries": [{"text": x, "category": "N3", "feedback": "."} for x in "abcd"],
        },
        "nhóm không có trong categories: N3",
    ),
    (
        "table",
        {"columns": ["A", "B"], "rows": [{"label": "1", "cells": ["x"]}], "feedback": SAID},
        "đúng số ô như số cột",
    ),
    (
        "table",
        {"columns": ["A"], "rows": [{"label": "1", "cells": ["x"]}], "feedback": SAID},
        "không có ô nào để điền",
    ),
    ("numeric", {"answer": "mười", "tolerance": "0", "feedback": SAID}, "valid decimal"),
    ("numeric", {"answer": "10", "tolerance": "-1", "feedback": SAID}, "equal to 0"),
    ("short", {"accepted": ["nghiệm thu", " . "], "feedback": SAID}, "để trống"),
    ("decisions", {"start": "một", "steps": {"một": step("hai")}}, "không đường nào dẫn tới"),
    ("decisions", {"start": "một", "steps": {"một": step("một")}}, "chạy vòng"),
    (
        "decisions",
        {"start": "một", "steps": {"một": step("hai"), "hai": step(None)}},
        "cùng số quyết định",
    ),
    ("essay", {"min_words": 200, "max_words": 100}, "lớn hơn tối đa"),
    (
        "code",
        {"results": [{"name": "a", "label": x, "answer": "1"} for x in "ab"], "feedback": SAID},
        "trùng tên",
    ),
]


def test_of_every_kind_there_is_a_broken_specimen():
    assert {kind for kind, _fields, _words in BROKEN} == set(KINDS)


@pytest.mark.parametrize(("kind", "fields", "words"), BROKEN)
def test_an_exercise_that_cannot_be_judged_fairly_is_refused_in_words(kind, fields, words):
    with pytest.raises(ValidationError, match=words):
        exercise(kind, **fields)


def lines(authored, *chosen):
    """What is told about the options, by text, or pairs, by texts, that were chosen."""
    question, key = present(authored, "Q1", "x")
    id_of = {option.text: option.id for option in question.options}
    if all(isinstance(choice, tuple) for choice in chosen):
        targets = {target.text: target.id for target in question.targets}
        answer = {id_of[left]: targets[right] for left, right in chosen}
    else:
        answer = [id_of[choice] for choice in chosen]
        answer = answer[0] if authored.kind == "single" else answer
    return authored.tell(question, question.parse(answer), judge(question, key, answer).share)


def test_a_single_choice_is_told_the_feedback_of_the_chosen_option_only():
    assert lines(exercise("single", options=options(1)), "Phương án 2") == ["Vì 2."]


def test_a_multiple_choice_is_told_what_is_right_what_is_not_and_what_is_missing():
    authored = exercise("multiple", options=options(0, 1))
    assert lines(authored, "Phương án 0", "Phương án 3") == [
        "**Chọn đúng.** Phương án 0. Vì 0.",
        "**Còn thiếu.** Phương án 1. Vì 1.",
        "**Không nên chọn.** Phương án 3. Vì 3.",
    ]


def test_of_each_pair_one_is_told_whether_it_is_right_and_the_right_one():
    pairs = [{"left": f"Vế {n}?", "right": f"Việc {n}", "feedback": f"Vì {n}."} for n in range(3)]
    told = lines(exercise("matching", pairs=pairs), ("Vế 0?", "Việc 0"), ("Vế 1?", "Việc 2"))
    assert sorted(told) == [
        "**Chưa đúng, phải là:** Vế 1? ↔ Việc 1. Vì 1.",
        "**Đúng.** Vế 0? ↔ Việc 0. Vì 0.",
    ]


def test_of_each_classified_entry_one_is_told_whether_it_is_right_and_its_category():
    entries = [{"text": f"Việc {n}", "category": "A", "feedback": f"Vì {n}."} for n in range(4)]
    authored = exercise("classification", categories=["A", "B"], entries=entries)
    told = lines(authored, ("Việc 0", "A"), ("Việc 1", "B"))
    assert sorted(told) == [
        "**Chưa đúng, phải là:** Việc 1 ↔ A. Vì 1.",
        "**Đúng.** Việc 0 ↔ A. Vì 0.",
    ]
