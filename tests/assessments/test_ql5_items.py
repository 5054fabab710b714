"""The QL5 items: keys recomputed from what a candidate is shown, variants, essays, rubrics."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from itertools import combinations
from math import ceil
from pathlib import Path

import pytest
from generators import a_thousand_times
from shipped import lesson_of

import assessments
from assessments.bank.answering import right, wrong
from assessments.bank.item import Item, draw, mark, read_item
from assessments.bank.rubric import read_rubric
from courses.models.critical_path import (
    Activity,
    Threat,
    cheapest_crash,
    crash,
    delay,
    end_week,
    expected_cost,
)
from courses.models.earned_value import PROJECT, TODAY, Status, scenario

ITEMS = Path(assessments.__file__).parent / "items" / "ql5"
OBJECTIVE = sorted(ITEMS.glob("ql5-[0-9]*.md"))
ESSAYS = sorted(ITEMS.glob("ql5-e*.md"))
VARIED = [path for path in OBJECTIVE if path.with_suffix(".py").exists()]
LESSON = lesson_of("QL5")
PLAN = tuple(replace(activity, done=0) for activity in PROJECT)
SEEDS = range(50)


@cache
def item(number: str) -> Item:
    return read_item(ITEMS / f"ql5-{number}.md")


def key_text(content: Item) -> str:
    return next(option.text for option in content.exercise.options if option.correct)


def first_values(number: str, seed: int) -> dict[str, str]:
    return item(number).template.variant(random.Random(seed))  # noqa: S311 - reproducible


def values(number: str, seed: int) -> dict[str, float]:
    """The numbers of one variant as a candidate reads them, and the key; words are left out."""
    shown = first_values(number, seed)
    numbers = {name: text for name, text in shown.items() if text[0].isdigit()}
    read = {n: float(text.replace(".", "").replace(",", ".")) for n, text in numbers.items()}
    return read | {"answer": float(shown["answer"])}


def test_the_bank_is_as_deep_as_a_paper_needs():
    bank = [read_item(path) for path in OBJECTIVE]
    drawn = [content for content in bank if content.status == "live"]
    assert len(drawn) >= 40
    assert {content.points for content in bank} == {2}
    # No paper asks what is only to be known by heart: such items rest.
    assert {content.depth for content in drawn} == {"hiểu", "vận dụng", "phân tích"}
    assert len({content.exercise.kind for content in bank}) == 9
    assert len(VARIED) >= 15


def test_every_outcome_of_the_lesson_is_assessed_by_at_least_six_items():
    drawn = [content for content in map(read_item, OBJECTIVE) if content.status == "live"]
    for outcome in LESSON.head.outcomes:
        assert sum(content.outcome == outcome.id for content in drawn) >= 6


@pytest.mark.parametrize("path", OBJECTIVE, ids=lambda path: path.stem)
def test_the_right_answer_earns_all_and_a_wrong_or_a_blank_one_nothing(path):
    content = read_item(path)
    for seed in ("2026", "2027"):
        variant = draw(content, seed)
        assert mark(variant, right(variant)).points == 2
        assert mark(variant, wrong(variant)).points == 0
        assert mark(variant, "").state == "blank"


def test_the_key_is_the_longest_option_in_at_most_half_of_the_single_choices():
    choices = [read_item(path).exercise for path in OBJECTIVE]
    singles = [exercise.options for exercise in choices if exercise.kind == "single"]
    longest = [max(options, key=lambda option: len(option.text)).correct for options in singles]
    assert sum(longest) <= len(singles) / 2


@pytest.mark.parametrize("path", VARIED, ids=lambda path: path.stem)
def test_fifty_seeds_give_at_least_thirty_distinct_questions(path):
    content = read_item(path)
    assert len({repr(draw(content, str(seed)).question) for seed in SEEDS}) >= 30


@a_thousand_times
def test_item_01_is_budget_times_cost_over_accepted_milestones(seed):
    v = values("01", seed)
    earned = v["b1"] + v["b2"] + 0.3 * v["b3"]
    cost = v["paid"] - v["advance"] + v["owed"]
    expected = (v["b1"] + v["b2"] + v["b3"] + v["b4"]) * cost / earned
    assert v["answer"] == pytest.approx(expected, abs=0.6)
    assert abs(v["trap"] - expected) > 100


@a_thousand_times
def test_item_02_is_remaining_work_over_what_is_left_without_overhead(seed):
    v = values("02", seed)
    expected = (v["budget"] - v["earned"]) / (v["total"] - v["overhead"] - v["actual"])
    assert v["answer"] == pytest.approx(expected, abs=0.0051)
    assert min(abs(v["trap_total"] - expected), abs(v["trap_budget"] - expected)) > 0.03


@a_thousand_times
def test_item_03_sets_a_fast_dear_project_beside_a_cheap_late_one(seed):
    v = first_values("03", seed)
    for n in "12":
        budget, actual = float(v[f"b{n}"].replace(".", "")), float(v[f"a{n}"].replace(".", ""))
        earned = budget * float(v[f"e{n}"]) / 100
        assert float(v[f"cpi{n}"]) == pytest.approx(earned / actual, abs=0.006)
        assert float(v[f"spi{n}"]) == pytest.approx(
            float(v[f"e{n}"]) / float(v[f"p{n}"]), abs=0.006
        )
        assert float(v[f"eac{n}"]) == pytest.approx(budget * actual / earned, abs=0.6)
        assert abs(budget / round(earned / actual, 2) - float(v[f"eac{n}"])) <= float(v[f"slip{n}"])
    assert float(v["cpi1"]) < 1 < float(v["spi1"])
    assert float(v["spi2"]) < 1 < float(v["cpi2"])


@a_thousand_times
def test_item_07_is_the_longer_of_two_chains_after_the_news(seed):
    v = values("07", seed)
    through_c = v["a"] + v["c"] + v["late"] + v["e"] + v["f"]
    through_d = v["a"] + v["b"] + v["d"] - 1 + v["e"] + v["f"]
    assert v["answer"] == max(through_c, through_d) == through_c
    assert v["answer"] not in (v["plan"], v["trap"], through_d)


@a_thousand_times
def test_item_08_weighs_the_shared_activity_against_both_parallel_ones(seed):
    v = values("08", seed)
    expected = 2 * v["pb"] + v["pc"] + min(v["pd"], v["pb"] + v["pc"])
    assert v["answer"] == expected
    assert v["answer"] != v["trap"]


@a_thousand_times
def test_item_13_misses_the_deadline_by_the_critical_threat_or_by_two_together(seed):
    v = values("13", seed)
    assert max(v["w2"], v["w3"]) <= v["slack"] < v["w2"] + v["w3"]
    expected = 100 * (1 - v["p1"] / 100) * (1 - v["p2"] * v["p3"] / 10000)
    assert v["answer"] == pytest.approx(expected, abs=0.051)


@a_thousand_times
def test_item_14_leaves_what_has_happened_out_of_the_reserve(seed):
    v = values("14", seed)
    threats = [
        Threat("D", v[p] / 100, cost=v[c]) for p, c in (("lower", "c1"), ("p2", "c2"), ("p3", "c3"))
    ]
    assert v["answer"] == pytest.approx(v["price"] + expected_cost(threats))
    assert v["trap"] == pytest.approx(v["answer"] + v["c4"])


@a_thousand_times
def test_item_17_charges_only_the_weeks_beyond_the_slack(seed):
    v = values("17", seed)
    weeks = v["work"] - v["slack"] + v["retest"]
    assert v["answer"] == v["price"] + weeks * v["keep"]
    assert v["trap"] > v["answer"]


def test_item_04_key_takes_the_advance_out_and_the_debt_in():
    found = Status(15000, 9000, 6300, 7900 - 2600 + 1100)
    assert (round(found.cpi, 2), round(found.spi, 2)) == (0.98, 0.70)
    assert key_text(item("04")).startswith("CPI 0,98 và SPI 0,70")


def test_item_06_offers_the_three_forecasts_and_the_budget():
    found = Status(9000, 4500, 3600, 4300)
    assert found.forecast_at_plan == 9700
    assert round(found.forecast_at_trend) == 10750
    assert int(found.forecast_under_pressure) == 12362
    assert key_text(item("06")).startswith("9.700")


def test_item_10_key_is_the_cheapest_way_to_gain_two_weeks():
    project = (
        Activity("P", "", 7, crash_weeks=3, crash_price=60),
        Activity("Q", "", 10, crash_weeks=3, crash_price=110),
        Activity("R", "", 9, crash_weeks=2, crash_price=70),
        Activity("S", "", 4, after=("P", "Q", "R")),
    )
    choice = cheapest_crash(project, end_week(project) - 2)
    assert choice == {"Q": 2, "R": 1}
    assert sum(activity.premium for activity in crash(project, choice)) == 290
    assert key_text(item("10")) == "Rút Q hai tuần và R một tuần, 290 triệu đồng"


def test_item_12_ends_in_week_34_whatever_y_has_gained():
    project = (
        Activity("X", "", 20),
        Activity("Y", "", 15),
        Activity("Z", "", 10, after=("X", "Y")),
    )
    assert end_week(project) == 30
    assert end_week(delay(delay(project, "X", 4), "Y", -2)) == 34
    assert key_text(item("12")).startswith("Tuần 34")


def test_item_16_only_the_measure_on_the_critical_activity_pays():
    def cost(slack, weeks, chance):
        return 150 * chance * max(0, weeks - slack)

    gains = [
        cost(3, 4, 0.5) - cost(3, 4, 0.2) - 120,
        cost(0, 3, 0.4) - cost(0, 1, 0.4) - 100,
        cost(2, 2, 0.7) - cost(2, 2, 0.3) - 40,
    ]
    assert [gain > 0 for gain in gains] == [False, True, False]
    assert key_text(item("16")).startswith("Biện pháp 2")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("lam-not-eac", Status(6000, 2000, 2000, 2400).forecast_at_trend),
        ("nhac-lai", end_week(delay(PLAN, "C", 6))),
        ("tre-du-lieu", end_week(delay(PLAN, "E", 10)) - end_week(PLAN)),
        ("du-doan", end_week(crash(scenario(supplier_late=7), {"D": 2}), TODAY)),
    ],
)
def test_numeric_keys_of_the_lesson_are_what_the_model_computes(block, expected):
    exercise = LESSON.block(block).body.exercise
    assert abs(float(exercise.answer) - expected) <= float(exercise.tolerance)


def test_the_check_of_part_one_is_dear_and_behind_by_a_tenth():
    found = Status(9000, 3000, 2700, 3000)
    assert (found.cpi, found.spi) == (0.9, 0.9)


def test_the_worked_example_of_the_lesson_is_dear_and_late():
    found = Status(8000, 3200, 2400, 3000)
    assert (found.cpi, found.spi) == (0.8, 0.75)
    assert (found.forecast_at_trend, found.forecast_at_plan) == (10000, 8600)
    assert found.to_complete() == pytest.approx(1.12)


def test_the_risk_to_watch_in_the_lesson_delays_the_end_most_in_expectation():
    left = {"C": 5, "E": 2.3, "D": 0, "G": 0}
    risks = {"C": (0.4, 7), "E": (0.6, 2), "D": (0.3, 4), "G": (0.2, 3)}
    expected = {c: p * max(0, weeks - left[c]) for c, (p, weeks) in risks.items()}
    assert max(expected, key=expected.get) == "D"
    assert "(việc D)" in next(
        o.text for o in LESSON.block("chon-rui-ro").body.exercise.options if o.correct
    )


def test_the_rescue_of_essay_1_fits_the_limit_without_cutting_the_security_check():
    rest = (12000 - 900 - 4500) / 0.9
    as_it_stands = Status(12000, 5400, 4500, 5000).forecast_at_trend
    assert (round(5000 + rest), round(as_it_stands)) == (12333, 13333)
    assert 5000 + rest < 12600 < as_it_stands


def test_the_change_of_essay_2_costs_960_and_three_weeks():
    project = (Activity("S", "", 6), Activity("D", "", 10), Activity("F", "", 8, after=("S", "D")))
    late = delay(delay(project, "S", 6), "F", 1)
    weeks = end_week(late) - end_week(project)
    assert (weeks, 780 + weeks * 60) == (3, 960)


def test_essay_4_buys_the_one_treatment_worth_its_price():
    slack, weeks, chance = (4, 0, 3), (5, 4, 3), (0.5, 0.4, 0.7)
    expected = [p * max(0, w - left) for left, w, p in zip(slack, weeks, chance, strict=True)]
    assert expected == [0.5, 1.6, 0]
    gains = [100 * 0.5 * 1, 100 * 0.4 * (4 - 1), 0]
    prices = [150, 90, 60]
    assert [gain > price for gain, price in zip(gains, prices, strict=True)] == [False, True, False]


def test_essay_5_crashes_two_activities_and_reaches_week_32_at_the_earliest():
    project = (
        Activity("C", "", 9, crash_weeks=3, crash_price=120),
        Activity("D", "", 8, crash_weeks=2, crash_price=50),
        Activity("E", "", 5, crash_weeks=2, crash_price=30),
        Activity("F", "", 4, after=("C", "D", "E")),
        Activity("G", "", 4, after=("F",)),
    )
    assert 18 + end_week(project) == 35
    for weeks, price in ((15, 290), (14, 460)):
        choice = cheapest_crash(project, weeks)
        assert sum(activity.premium for activity in crash(project, choice)) == price
    assert cheapest_crash(project, 13) is None


def test_essay_6_deducts_three_times_for_november():
    cuts = ceil((99.5 - 98.2) / 0.5)
    assert (cuts, 90 + 90 * (1 - 0.05 * cuts)) == (3, 166.5)


@pytest.mark.parametrize("path", ESSAYS, ids=lambda path: path.stem)
def test_each_essay_asks_for_150_to_400_words(path):
    essay = read_item(path).exercise
    assert (essay.min_words, essay.max_words) == (150, 400)


@pytest.mark.parametrize("path", ESSAYS, ids=lambda path: path.stem)
def test_the_examples_of_a_criterion_are_passages_told_apart(path):
    for criterion in read_rubric(path.stem).criteria:
        words = [level.example.split() for level in criterion.levels]
        runs = [{tuple(text[n : n + 5]) for n in range(len(text) - 4)} for text in words]
        for one, other in combinations(runs, 2):
            assert len(one & other) < 0.25 * min(len(one), len(other))
