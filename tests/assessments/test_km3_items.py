"""The KM3 items: every drawn key re-solved from what is printed, and no short cut pays."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

import pytest
from km_content import (
    FOLDER,
    RARELY,
    bold,
    commonest,
    commonest_answer,
    decision_ranks,
    full_answer,
    item,
    length_ranks,
    number_key,
    numbers,
    right_in,
    share_of_points,
    shown_rows,
    table_key,
    variants,
)
from shipped import lesson_of

from assessments.bank.item import mark, read_item
from courses.foreign_language import language_of, the_languages
from courses.models.notices import OUTAGE, TEAM

PATHS = sorted((FOLDER / "km3").glob("km3-*.md"))
ITEMS = [read_item(path) for path in PATHS]
OBJECTIVE = [one for one in ITEMS if one.exercise.kind != "essay"]
GENERATED = [one.id for one in OBJECTIVE if one.template]
LESSON = lesson_of("KM3")


def hours_left(x):
    begin, now = (datetime(2026, 11, int(x[n + 1]), int(x[n])) for n in (0, 3))  # noqa: DTZ001
    return x[2] - (now - begin).total_seconds() / 3600


def effort(x, every):
    places, hours, urge, call, notice = x[:5]
    return places * hours * urge * every / 2 * call + hours / every * notice


def credit(x, free):
    return x[2] * x[0] * (x[3] - free) / 100


SOLVED = {
    # id: (right method, wrong methods) on the numbers in bold, in the order of print
    "KM3-05": (
        lambda x: x[1] * (x[0] - x[3]) / x[2] - x[4],
        [
            lambda x: x[1] * (x[0] - x[3]) / x[2],
            lambda x: (x[0] - x[3]) / x[2],
            lambda x: x[1] * x[0] / x[2] - x[4],
        ],
    ),
    "KM3-06": (
        lambda x: x[0] * x[1] * x[2] - x[3],
        [lambda x: x[0] * x[1] * x[2], lambda x: x[0] * x[2] - x[3], lambda x: x[3]],
    ),
    "KM3-17": (
        lambda x: x[0] * x[2] / x[1],
        [lambda x: x[0] * x[2] / (x[2] + x[3]), lambda x: x[0] * (x[2] + x[3]) / x[1]],
    ),
    "KM3-18": (
        lambda x: x[0] + x[1] - x[2] - x[3],
        [lambda x: x[0] + x[1] - x[3], lambda x: x[0] + x[1] - x[2], lambda x: x[0] - x[3]],
    ),
    "KM3-21": (
        lambda x: x[0] * x[1] * x[2] * x[3] / 2,
        [
            lambda x: x[0] * x[1] * x[2] * x[3],
            lambda x: x[0] * x[1] * x[2],
            lambda x: x[1] * x[2] * x[0] ** 2 / 2,
        ],
    ),
    "KM3-22": (
        lambda x: 60 * x[0] * x[1] - x[2] * x[3] - x[4] * x[5],
        [lambda x: 60 * x[0] * x[1] - x[2] * x[3], lambda x: 60 * x[0] - x[2] * x[3] - x[4] * x[5]],
    ),
    "KM3-23": (
        lambda x: effort(x, x[5]) - effort(x, x[6]),
        [
            lambda x: x[0] * x[1] * x[2] * (x[5] - x[6]) / 2 * x[3],
            lambda x: (
                2 * x[0] * x[1] * x[2] * (x[5] - x[6]) / 2 * x[3]
                - x[4] * x[1] * (1 / x[6] - 1 / x[5])
            ),
        ],
    ),
    "KM3-24": (hours_left, [lambda x: x[2] - hours_left(x), lambda x: x[2] - abs(x[3] - x[0])]),
    "KM3-31": (
        lambda x: x[2] * x[3] * x[1] / 2 * x[0] * (x[4] - 1) * x[5],
        [
            lambda x: x[2] * x[3] * x[1] / 2 * x[0] * x[4] * x[5],
            lambda x: x[2] * x[3] * x[1] / 2 * x[0] * (x[4] - 1),
        ],
    ),
    "KM3-34": (
        lambda x: 3 * x[3] - x[1] - x[2],
        [lambda x: x[0] + x[3] - sum(x[:3]) / 3, lambda x: x[3]],
    ),
    "KM3-EN07": (
        lambda x: credit(x, x[1]),
        [lambda x: credit(x, 0), lambda x: x[2] * x[0] / 100, lambda x: credit(x, x[1] - 1)],
    ),
}
WRONG = [(name, n) for name, (_, wrong) in SOLVED.items() for n in range(len(wrong))]


def test_there_are_43_objective_items_of_nine_kinds_with_eighteen_generators():
    assert len(OBJECTIVE) == 43
    assert len(GENERATED) == 18
    assert len({one.exercise.kind for one in OBJECTIVE}) == 9
    assert {one.depth for one in OBJECTIVE} == {"hiểu", "vận dụng", "phân tích"}
    assert {one.status for one in ITEMS} == {"live"}


def test_every_outcome_has_ten_objective_items_at_least_and_is_practised():
    outcomes = {outcome.id for outcome in LESSON.head.outcomes}
    assessed = Counter(one.outcome for one in OBJECTIVE)
    assert set(assessed) == outcomes <= {block.body.outcome for block in LESSON.blocks}
    assert min(assessed.values()) >= 10


def test_each_language_of_an_item_is_offered_and_the_chosen_one_has_six_items():
    codes = Counter(filter(None, (language_of(one.id) for one in OBJECTIVE)))
    assert set(codes) <= {language.code for language in the_languages().languages}
    assert codes[the_languages().chosen.code] >= 6


def test_six_essays_leave_arithmetic_no_more_than_35_percent_of_the_points():
    assert len(ITEMS) - len(OBJECTIVE) == 6
    assert share_of_points(ITEMS, {"numeric", "table"}) <= 0.35


@pytest.mark.parametrize("one", OBJECTIVE, ids=lambda one: one.id)
def test_the_key_earns_full_points(one):
    for variant in variants(one.id)[:5]:
        assert mark(variant, full_answer(variant)).points == one.points


def test_the_key_is_never_the_longest_option():
    for one in OBJECTIVE:
        if one.exercise.kind == "single":
            longest = max(one.exercise.options, key=lambda option: len(option.text))
            assert not longest.correct, one.id


def test_no_length_gives_the_key_away_in_more_than_half_of_the_choices():
    ranks = length_ranks(OBJECTIVE)
    assert max(Counter(ranks).values()) <= len(ranks) / 2
    steps = decision_ranks(OBJECTIVE)
    assert sum(rank == "longest" for rank in steps) <= len(steps) / 2


@pytest.mark.parametrize("name", SOLVED)
def test_every_drawn_number_is_what_the_prompt_asks_for(name):
    right, _ = SOLVED[name]
    for variant in variants(name):
        key, _ = number_key(variant)
        assert right(bold(variant.question.prompt)) == pytest.approx(key, abs=1e-5)


@pytest.mark.parametrize("name", SOLVED)
def test_the_right_method_rounded_as_asked_earns_full_marks(name):
    places = 3 if "ba chữ số sau dấu phẩy" in item(name).exercise.prompt else 0
    assert right_in(name, SOLVED[name][0], places) == 1


@pytest.mark.proof(one_in=3)
@pytest.mark.parametrize(("name", "wrong"), WRONG)
def test_a_wrong_method_is_right_in_hardly_any_seed(name, wrong):
    assert right_in(name, SOLVED[name][1][wrong]) <= RARELY


@pytest.mark.parametrize("name", SOLVED)
def test_no_constant_is_right_in_more_than_a_tenth_of_the_seeds(name):
    assert commonest(name) <= RARELY


@pytest.mark.parametrize("name", ["KM3-04", "KM3-09", "KM3-10", "KM3-11", "KM3-29", "KM3-EN01"])
def test_no_whole_answer_that_is_not_a_number_comes_back_often(name):
    assert commonest_answer(name) <= RARELY


def test_item_09_takes_the_share_of_the_sum_not_the_mean_of_the_shares():
    for variant in variants("KM3-09"):
        rows, key = shown_rows(variant), table_key(variant)
        expected = [part for n, d in rows for part in (n - d, 100 * d / n)]
        assert key == pytest.approx(expected, abs=1e-5)
        assert rows[2] == [rows[0][0] + rows[1][0], rows[0][1] + rows[1][1]]
        assert abs(key[5] - (key[1] + key[3]) / 2) > 0.05


def test_item_10_keeps_exactly_the_claims_that_the_table_proves():
    for variant in variants("KM3-10"):
        online, total = (numbers(line)[-2:] for line in variant.question.prompt.splitlines()[4:6])
        (a, b), (d, c) = online, total
        places = numbers(variant.question.prompt)[0]
        grew = {"tăng": b > a, "giảm": b < a}
        share = {"tăng": b / c > a / d, "giảm": b / c < a / d}
        for option in variant.question.options:
            text, said = option.text, numbers(option.text)
            way = next((word for word in grew if word in text), "")
            if text.startswith("Số lượt"):
                true = grew[way]
            elif text.startswith("Tỷ lệ"):
                true = share[way]
            elif text.startswith("Quý II"):
                true = 100 * b / c > said[0]
            elif text.startswith("Mỗi xã"):
                true = b / places > said[0]
            else:
                true = text.startswith("Hai quý") and said[0] == a + b
            assert (option.id in variant.key.correct) == true, text


def test_item_29_counts_every_deadline_from_discovery():
    for variant in variants("KM3-29"):
        found, passed = bold(variant.question.prompt)
        assert table_key(variant) == [
            part for limit in (24, 72, 72) for part in (limit, found + limit, limit - passed)
        ]


def test_item_en01_judges_the_version_in_use():
    for variant in variants("KM3-EN01"):
        prompt = variant.question.prompt
        low, ours = map(int, re.search(r"bản \*\*(\d+)\.(\d+)\*\*", prompt).groups())
        first = int(re.search(rf"versions {low}\.(\d+) to", prompt)[1])
        right = {
            option.text for option in variant.question.options if option.id in variant.key.correct
        }
        shown = {option.text for option in variant.question.options}
        claims = {
            "Bản đang dùng nằm trong phạm vi bị lỗi": ours >= first,
            "Bản đang dùng không bị lỗi này": ours < first,
        }
        for claim in shown & set(claims):
            assert (claim in right) == claims[claim]


def test_item_en08_accepts_the_deadline_in_many_ways_and_no_other_date():
    for variant in variants("KM3-EN08")[:60]:
        deadline, month = re.search(r"\*\* (\d+) (\w+)\.", variant.question.prompt).groups()
        number = {"October": 10, "November": 11}[month]
        for said in (
            f"{deadline}/{number}",
            f"ngày {deadline}/{number}/2026",
            f"{deadline} {month}",
        ):
            assert mark(variant, said).points == 2
        board = re.search(r"meets on (\d+)", variant.question.prompt)[1]
        assert mark(variant, f"{board}/{number}").points == 0


def test_no_deadline_of_item_en08_comes_back_often():
    answers = Counter(variant.key.correct[0] for variant in variants("KM3-EN08"))
    assert answers.most_common(1)[0][1] / len(variants("KM3-EN08")) <= RARELY


def test_the_lesson_says_of_the_outage_what_the_model_finds():
    asked = LESSON.block("du-doan").body.exercise
    told = " ".join(option.feedback for option in asked.options)
    for every, calls in [(8, 192), (1, 24), (0.25, 6)]:
        assert OUTAGE.calls(every) == pytest.approx(calls)
        assert f"{OUTAGE.minutes(every):,.0f}".replace(",", ".") in told
        assert f"{calls} cuộc" in told
    assert OUTAGE.minutes(4) == 616
    assert f"{OUTAGE.repair(8, TEAM):.0f} phút" in told
    best = min((8, 4, 1, 0.25), key=OUTAGE.minutes)
    assert best == 1
    assert next(o.text for o in asked.options if o.correct).startswith("Khoảng một bản tin mỗi giờ")


def test_no_figure_of_the_simulation_stands_before_its_prediction():
    before = LESSON.parts[: LESSON.parts.index(LESSON.block("du-doan"))]
    text = LESSON.head.title + "\n".join(part for part in before if isinstance(part, str))
    assert not re.search(r"1\.172|304 phút|mỗi giờ một|mỗi giờ có một", text)
