"""The QL2 items can be marked, and their keys are what the availability model computes."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from generators import a_thousand_times
from shipped import lesson_of

import assessments
from assessments.bank.item import Item, draw, mark, read_item
from courses.models.availability import (
    ServiceLevel,
    Stage,
    Upgrade,
    availability,
    best_plan,
    cheapest_level,
    cost_per_hour,
    downtime,
    parallel,
    province_chain,
    province_upgrades,
    repairable,
    upgraded,
    yearly_cost,
)

ITEMS = Path(assessments.__file__).parent / "items" / "ql2"
OBJECTIVE = sorted(ITEMS.glob("ql2-[0-9]*.md"))
ESSAYS = sorted(ITEMS.glob("ql2-e*.md"))
LESSON = lesson_of("QL2")
SEEDS = [str(number) for number in range(50)]
VARIED = ["01", "02", "05", "07", "08", "10", "12", "15", "16"]
LATER = ["25", "27", "29", "30", "32", "33", "38", "39"]  # solved in test_ql2_variants


@cache
def item(number: str) -> Item:
    return read_item(ITEMS / f"ql2-{number}.md")


def hours(*stages: Stage) -> float:
    return downtime(availability(stages))


def stage(percent: float, copies: int = 1, shared: float = 0, name: str = "chặng") -> Stage:
    return Stage(name, percent / 100, copies, shared / 100)


def numbers(text: str) -> list[float]:
    """Every number of a Vietnamese text, in order; dots group thousands."""
    found = re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", text)
    return [float(number.replace(".", "").replace(",", ".")) for number in found]


def percents(text: str) -> list[float]:
    return [float(number.replace(",", ".")) for number in re.findall(r"(\d+(?:,\d+)?) %", text)]


def prompt_and_key(number: str, seed: str) -> tuple[str, float, float]:
    """What is asked, and the number and tolerance that it is marked by."""
    variant = draw(item(number), seed)
    return variant.question.prompt, float(variant.key.correct[0]), float(variant.key.tolerances[0])


def full_answer(content: Item, seed: str) -> object:
    """The answer of a candidate who knows the key."""
    key = draw(content, seed).key
    if key.kind in ("multiple", "ordering"):
        return list(key.correct)
    if key.kind in ("matching", "classification"):
        return dict(pair.split("=") for pair in key.correct)
    if key.kind == "table":
        return {cell: n.replace(".", ",") for cell, n in (p.split("=") for p in key.correct)}
    if key.kind == "decisions":
        best = (p.split("=")[0] for p in key.correct if Decimal(p.split("=")[1]) == 1)
        return dict(choice.split("/") for choice in best)
    return key.correct[0].replace(".", ",")


def test_the_bank_is_as_deep_as_a_paper_needs():
    bank = [read_item(path) for path in OBJECTIVE]
    drawn = [content for content in bank if content.status == "live"]
    assert len(drawn) >= 40
    assert {content.points for content in bank} == {2}
    assert len({content.exercise.kind for content in bank}) == 9
    assert {content.depth for content in drawn} == {"hiểu", "vận dụng", "phân tích"}
    assert [read_item(path).points for path in ESSAYS] == [8] * 6


def test_every_outcome_of_the_lesson_is_assessed_by_six_items_and_practised_by_a_block():
    outcomes = {outcome.id for outcome in LESSON.head.outcomes}
    bank = [read_item(path) for path in OBJECTIVE]
    assessed = Counter(content.outcome for content in bank if content.status == "live")
    assert set(assessed) == outcomes
    assert min(assessed.values()) >= 6
    assert {block.body.outcome for block in LESSON.blocks} >= outcomes


@pytest.mark.parametrize("path", [*OBJECTIVE, *ESSAYS], ids=lambda path: path.stem)
def test_every_item_is_live(path):
    content = read_item(path)
    assert content.status == ("resting" if content.depth == "biết" else "live")


@pytest.mark.parametrize("path", OBJECTIVE, ids=lambda path: path.stem)
def test_the_key_earns_full_points_and_a_blank_earns_none(path):
    content = read_item(path)
    assert mark(draw(content, "2026"), full_answer(content, "2026")).points == 2
    assert mark(draw(content, "2026"), "").points == 0


def test_the_key_is_the_longest_option_in_at_most_half_of_the_choice_items():
    choices = [read_item(path).exercise for path in OBJECTIVE]
    choices = [exercise.options for exercise in choices if exercise.kind == "single"]
    longest = [max(options, key=lambda o: len(o.text)).correct for options in choices]
    assert sum(longest) <= len(choices) / 2


def test_seventeen_items_have_variants():
    assert [p.stem[-2:] for p in OBJECTIVE if read_item(p).template] == VARIED + LATER


@pytest.mark.parametrize("number", VARIED)
def test_fifty_seeds_give_at_least_thirty_different_questions(number):
    content = item(number)
    drawn = {draw(content, seed).question.model_dump_json() for seed in SEEDS}
    assert len(drawn) >= 30


@pytest.mark.parametrize("number", VARIED)
def test_no_variant_leaves_a_place_open(number):
    content = item(number)
    assert not any("{{" in draw(content, seed).question.model_dump_json() for seed in SEEDS)


@a_thousand_times
def test_item_01_counts_the_four_stages_on_the_way_and_not_the_store(seed):
    prompt, key, tolerance = prompt_and_key("01", seed)
    *chain, store = (stage(percent) for percent in percents(prompt))
    assert abs(hours(*chain) - key) <= tolerance
    assert abs(hours(*chain, store) - key) > tolerance
    assert abs(max(hours(each) for each in chain) - key) > tolerance


@a_thousand_times
def test_item_02_counts_what_the_pair_shares(seed):
    prompt, key, tolerance = prompt_and_key("02", seed)
    line, software, balancer, shared = percents(prompt)
    singles = (stage(line), stage(software))
    assert abs(hours(*singles, stage(balancer, 2, shared)) - key) <= tolerance
    for wrong in (stage(balancer, 2), stage(balancer)):
        assert abs(hours(*singles, wrong) - key) > tolerance


@a_thousand_times
def test_item_05_has_the_hours_of_one_copy_and_of_two(seed):
    variant = draw(item("05"), seed)
    key = [float(pair.split("=")[1]) for pair in variant.key.correct]
    for row, (one, two) in zip(
        variant.question.rows, zip(key[::2], key[1::2], strict=True), strict=True
    ):
        unit, shared = (float(cell.replace(",", ".")) for cell in row.cells[:2])
        assert one == pytest.approx(hours(stage(unit)), abs=0.051)
        assert two == pytest.approx(hours(stage(unit, 2, shared)), abs=0.051)


@a_thousand_times
def test_item_07_is_the_price_of_an_hour_of_the_whole_chain(seed):
    prompt, key, tolerance = prompt_and_key("07", seed)
    line, centre, software, better = percents(prompt)
    cost = float(re.search(r"(\d+) triệu đồng/năm", prompt)[1])
    chain = [stage(line, name="đường"), stage(centre), stage(software)]
    plan = upgraded(chain, [Upgrade("chào", cost, stage(better, name="đường"))])
    assert abs(cost_per_hour(chain, plan) - key) <= tolerance
    assert abs(cost / downtime(availability(chain)) - key) > tolerance


@a_thousand_times
def test_item_08_is_the_best_group_and_five_hours_ahead_of_every_other(seed):
    prompt, key, tolerance = prompt_and_key("08", seed)
    cap = float(re.search(r"hạn mức \*\*(\d+)", prompt)[1])
    rows = [numbers(line) for line in prompt.splitlines() if re.match(r"\| [ĐNMP]\.", line)]
    chain = [stage(now, name=str(n)) for n, (now, _, _) in enumerate(rows)]
    offers = [
        Upgrade(str(n), cost, stage(then, name=str(n))) for n, (_, then, cost) in enumerate(rows)
    ]
    best = best_plan(chain, offers, cap)
    assert abs(best.downtime - key) <= tolerance
    for dropped in best.taken:
        others = [offer for offer in offers if offer != dropped]
        assert best_plan(chain, others, cap).downtime >= best.downtime + 4.99


@a_thousand_times
def test_item_10_is_what_faster_repair_saves_of_the_whole_service(seed):
    prompt, key, tolerance = prompt_and_key("10", seed)
    mtbf, slow, software, fast = numbers(prompt)[:4]
    before, after = (stage(100 * repairable(mtbf, repair)) for repair in (slow, fast))
    saved = hours(before, stage(software)) - hours(after, stage(software))
    assert abs(saved - key) <= tolerance


@a_thousand_times
def test_item_12_counts_the_outages_in_working_hours_alone(seed):
    prompt, key, tolerance = prompt_and_key("12", seed)
    minutes = 60 * 8 * float(re.search(r"có (\d+) ngày làm việc", prompt)[1])
    first, night, upkeep, second = (
        float(n) for n in re.findall(r"\| (\d+) phút \|", prompt, flags=re.MULTILINE)
    )
    left = downtime(percents(prompt)[0] / 100, minutes) - first - second
    assert (night, upkeep) == (95, 240)
    assert left > 0
    assert abs(left - key) <= tolerance


@a_thousand_times
def test_item_15_has_one_month_in_each_band_of_credit(seed):
    variant = draw(item("15"), seed)
    fee = float(re.search(r"phí \*\*(\d+)", variant.question.prompt)[1])
    key = [float(pair.split("=")[1]) for pair in variant.key.correct]
    bands = set()
    for row, days, (share, credit) in zip(
        variant.question.rows, (30, 31, 30), zip(key[::2], key[1::2], strict=True), strict=True
    ):
        measured = 100 * (1 - float(row.cells[0]) / (days * 1440))
        expected = 0 if measured >= 99.5 else 0.1 if measured >= 99 else 0.25
        assert share == pytest.approx(measured, abs=0.0051)
        assert credit == pytest.approx(fee * expected)
        bands.add(expected)
    assert bands == {0, 0.1, 0.25}


@a_thousand_times
def test_item_16_is_where_both_levels_cost_the_same(seed):
    prompt, key, tolerance = prompt_and_key("16", seed)
    served, low, cheap, high, dear = numbers(prompt)[:5]
    levels = [ServiceLevel("thấp", low / 100, cheap), ServiceLevel("cao", high / 100, dear)]
    costs = [yearly_cost(level, key, served) for level in levels]
    assert costs[0] == pytest.approx(costs[1], abs=(tolerance + 0.05) * served / 50)
    assert cheapest_level(levels, key * 0.9, served).name == "thấp"
    assert cheapest_level(levels, key * 1.1, served).name == "cao"


def test_item_09_the_separate_room_is_best_and_its_rivals_are_as_described():
    line, platform, software = (
        stage(n, name=m) for n, m in ((99.7, "đ"), (98.5, "n"), (99.2, "p"))
    )
    chain = (line, platform, software)
    near, far = (
        Upgrade(name, cost, stage(98.5, 2, shared, "n"))
        for name, cost, shared in (("cùng", 250, 60), ("khác", 420, 5))
    )
    offers = [
        near,
        far,
        Upgrade("p", 200, stage(99.8, name="p")),
        Upgrade("đ", 150, stage(99.9, name="đ")),
    ]
    best = best_plan(chain, offers, 450)
    key = next(option.text for option in item("09").exercise.options if option.correct)
    assert [offer.name for offer in best.taken] == ["khác"]
    assert round(best.downtime) == 104
    assert "104" in key
    assert round(upgraded(chain, [near, offers[2]]).downtime) in (122, 123)
    assert round(hours(line, stage(98.5, 2), stage(99.8))) == 46
    assert round(upgraded(chain, offers[2:]).downtime) == 157
    assert round(upgraded(chain, [far, offers[3]]).downtime) == 87


def test_item_13_allows_8_76_hours_and_counts_seven():
    assert downtime(0.999) == pytest.approx(8.76)
    assert downtime(0.999) > 7
    assert downtime(0.999) < 26 + 7


def test_item_20_is_right_without_tone_habits_and_wrong_for_another_layer():
    variant = draw(item("20"), "2026")
    assert mark(variant, " Lớp NGỮ NGHĨA. ").points == 2
    assert mark(variant, "kỹ thuật").points == 0


def test_item_21_the_second_best_path_earns_something_and_the_worst_nothing():
    content = item("21")
    variant = draw(content, "2026")
    worth = dict(pair.split("=") for pair in variant.key.correct)
    worst = dict(choice.split("/") for choice, credit in worth.items() if Decimal(credit) == 0)
    assert mark(variant, worst).points == 0
    middle = dict(c.split("/") for c, credit in worth.items() if 0 < Decimal(credit) < 1)
    assert mark(variant, middle).points == pytest.approx(Decimal("0.6"))


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("lam-not-song-song", downtime(parallel([0.98, 0.95]) * 0.998)),
        ("du-doan", hours(stage(99.5), stage(99, 2), stage(99.9), stage(99.8))),
        ("on-hong-chung", hours(stage(99.2, 2, 25))),
    ],
)
def test_numeric_keys_of_the_lesson_are_what_the_model_computes(block, expected):
    exercise = LESSON.block(block).body.exercise
    assert abs(float(exercise.answer) - expected) <= float(exercise.tolerance)


def test_the_worked_example_of_the_lesson_is_what_the_model_computes():
    chain = [
        stage(99.6, name="i"),
        stage(99.8, name="c"),
        stage(98.5, name="n"),
        stage(99.9, name="p"),
    ]
    software = upgraded(chain, [Upgrade("p", 350, stage(99.99, name="p"))])
    platform = upgraded(chain, [Upgrade("n", 400, stage(98.5, 2, 10, "n"))])
    independent = upgraded(chain, [Upgrade("n", 400, stage(98.5, 2, name="n"))])
    assert [round(p.downtime, 1) for p in (upgraded(chain, []), platform)] == [191.7, 75.8]
    assert round(cost_per_hour(chain, software), 1) == 45.3
    assert round(cost_per_hour(chain, platform), 1) == 3.5
    assert round(independent.downtime, 1) == 63.2


def test_the_model_answer_of_the_lesson_has_the_figures_of_the_simulation():
    now, offers = province_chain(), province_upgrades()
    figures = [best_plan(now, offers, cap).downtime for cap in (500, 720)]
    separate = upgraded(now, [offers[1]]).downtime
    everything = best_plan(now, offers, 5000)
    text = LESSON.block("giai-thich").body.exercise.model_answer
    for figure in (*figures, separate):
        assert f"{figure:.1f}".replace(".", ",") in text
    assert round(100 * availability(everything.chain), 1) == 99.7


def test_the_best_group_of_the_lesson_turns_when_a_little_over_35_percent_is_shared():
    names = [
        [u.name for u in best_plan(province_chain(), province_upgrades(shared=share), 500).taken]
        for share in (0.35, 0.37)
    ]
    assert [len(each) for each in names] == [2, 1]


def test_figures_of_the_second_essay_are_what_the_model_computes():
    chain = [stage(n, name=m) for n, m in ((99.3, "đ"), (98.8, "n"), (99.9, "t"), (99.6, "p"))]
    near, naive, far = (
        Upgrade("n", cost, stage(98.8, 2, shared, "n"))
        for cost, shared in ((220, 50), (220, 0), (430, 5))
    )
    support = Upgrade("p", 140, stage(99.8, name="p"))
    power = Upgrade("t", 600, stage(99.97, name="t"))
    plans = ([], [naive, support], [near, support], [far], [far, support])
    found = [round(upgraded(chain, plan).downtime) for plan in plans]
    assert found == [209, 89, 140, 111, 94]
    assert best_plan(chain, [near, far, support, power], 480).taken == (far,)
    assert round(cost_per_hour(chain, upgraded(chain, [far])), 1) == 4.4
    assert round(cost_per_hour(chain, upgraded(chain, [power]))) == 100


def test_figures_of_the_third_essay_are_what_the_model_computes():
    assert downtime(0.995, 2080) == pytest.approx(10.4)
    assert round((1080 - 900) / (61 - downtime(0.995, 2080)), 1) == 3.6
    assert (1260 - 900) / 6 == 60
