"""The QL6 items: keys recomputed from what a candidate reads, variants, essays and the lesson."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import ceil
from pathlib import Path

import pytest
from generators import a_thousand_times
from shipped import lesson_of

import assessments
from assessments.bank.answering import malformed, right, wrong
from assessments.bank.balance import lint_balance
from assessments.bank.bank import read_bank
from assessments.bank.item import draw, mark, read_item
from courses.models.staffing import (
    ARTICLES,
    DISTRICTS_END,
    PROVINCE,
    ROSTER,
    Degree,
    Pace,
    Province,
    Unit,
    best_clusters,
    most_communes,
    review,
    tally,
    three_tiers,
    two_tiers,
    years_to_fill,
)

ITEMS = Path(assessments.__file__).parent / "items" / "ql6"
OBJECTIVE = [read_item(path) for path in sorted(ITEMS.glob("ql6-[0-9]*.md"))]
ON_LAW = [read_item(path) for path in sorted(ITEMS.glob("ql6-l*.md"))]
VARIED = [item for item in OBJECTIVE if item.template]
LESSON = lesson_of("QL6")
SEEDS = [str(seed) for seed in range(50)]
EVE = DISTRICTS_END - timedelta(days=1)
YEAR_END = date(2024, 12, 31)


@cache
def item(number):
    return read_item(ITEMS / f"ql6-{number}.md")


def shown(number, seed):
    """What a candidate reads, its numbers in reading order, and the key of one variant."""
    variant = draw(item(number), seed)
    text = re.sub(r"\bNQ \S+|QĐ \S+|Điều [\d.]+a?|năm \d{4}|[012]\d?/\d+/\d{4}", "", asked(variant))
    return [float(n.replace(",", ".")) for n in re.findall(r"\d+(?:,\d+)?", text)], variant.key


def asked(variant):
    return variant.question.prompt


def cells(key):
    return {place: float(number) for place, number in (pair.split("=") for pair in key.correct)}


def roster_of(text):
    """The roster of a Markdown table with agency, degree, place and letter."""
    rows = re.findall(
        r"^\| (?!Đơn vị)([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE
    )
    return [unit_of(*row) for row in rows]


def unit_of(name, degree, place, letter):
    own = re.search(r"\((.+)\)", name)
    studied, mode = degree.partition(";")[0].lower().split(", ")
    level, field = re.fullmatch(r"(đại học|thạc sĩ|cao đẳng|trung cấp) (.+)", studied).groups()
    return Unit(
        name,
        "huyện" if name.startswith(("Huyện", "Thành phố")) else "sở",
        Degree(level, field.replace("cntt", "CNTT"), mode),
        place,
        {"Đã gửi Sở": "đã gửi Sở", "Chưa có": "chưa có"}.get(letter, "đã ký, chưa gửi"),
        own[1] if own else None,
    )


def test_the_bank_is_as_deep_as_a_paper_needs():
    assert [content.id for content in OBJECTIVE] == [f"QL6-{n:02}" for n in range(1, 40)]
    assert {content.points for content in OBJECTIVE} == {Decimal(2)}
    drawn = [content for content in [*OBJECTIVE, *ON_LAW] if content.status == "live"]
    assert len(drawn) >= 40
    # No paper asks what is only to be known by heart: such items rest.
    assert {content.depth for content in drawn} == {"hiểu", "vận dụng", "phân tích"}
    assert len({content.exercise.kind for content in OBJECTIVE}) == 9
    assert len(VARIED) >= 15


def test_every_outcome_of_the_lesson_is_assessed_by_at_least_six_items():
    counts = Counter(content.outcome for content in OBJECTIVE if content.status == "live")
    assert set(counts) == {outcome.id for outcome in LESSON.head.outcomes}
    assert min(counts.values()) >= 6


def test_no_document_but_the_mandate_stands_behind_more_than_three_in_ten_items():
    bank = read_bank()
    texts = {path.stem.upper(): path.read_text("utf-8") for path in ITEMS.glob("*.md")}
    faults = lint_balance(bank, texts, YEAR_END)
    assert [fault for fault in faults if fault.path == Path("QL6")] == []


def test_every_outcome_of_the_lesson_is_practised():
    practised = {block.body.outcome for block in LESSON.blocks}
    assert {outcome.id for outcome in LESSON.head.outcomes} <= practised


def test_few_items_ask_only_for_recall():
    depths = Counter(content.depth for content in OBJECTIVE)
    assert depths["biết"] <= 4
    assert len(depths) == 4


def test_the_key_is_the_longest_option_in_at_most_half_of_the_choice_items():
    choices = [c.exercise.options for c in OBJECTIVE if c.exercise.kind in ("single", "multiple")]
    longest = [max(options, key=lambda option: len(option.text)).correct for options in choices]
    assert sum(longest) <= len(longest) / 2


@pytest.mark.parametrize("content", OBJECTIVE, ids=lambda content: content.id)
def test_whoever_knows_earns_two_points_and_whoever_does_not_none(content):
    for seed in SEEDS[:8]:
        variant = draw(content, seed)
        assert mark(variant, right(variant)).points == 2
        assert mark(variant, wrong(variant)).points == 0
        assert mark(variant, malformed(variant)).state == "invalid"


@pytest.mark.parametrize("content", VARIED, ids=lambda content: content.id)
def test_fifty_seeds_give_at_least_thirty_variants_without_an_open_place(content):
    drawn = [content.template.variant(random.Random(seed)) for seed in SEEDS]  # noqa: S311 - reproducible
    assert len({repr(values) for values in drawn}) >= 30
    assert not any("{{" in repr(draw(content, seed).question) for seed in SEEDS)


@a_thousand_times
def test_the_counts_of_item_05_are_those_of_the_roster_that_is_shown(seed):
    variant = draw(item("05"), seed)
    roster = roster_of(asked(variant))
    counts = tally(roster, YEAR_END)
    expected = [counts[article] for article in (*ARTICLES, "đạt")]
    assert len(roster) == 8
    assert [*cells(variant.key).values()] == expected


@a_thousand_times
def test_the_share_of_item_06_follows_from_the_overlaps_that_are_shown(seed):
    (total, degree, place, letter, two, three), key = shown("06", seed)
    met = total - (degree + place + letter - two - 2 * three)
    assert abs(100 * met / total - float(key.correct[0])) <= 0.05 + 1e-9


@a_thousand_times
def test_the_minutes_of_item_11_are_between_the_two_lawful_ways(seed):
    (check, _, draft, away, read, deputy, book), key = shown("11", seed)
    ready = check + draft
    apart = abs(ready + deputy - max(ready, away) - read)
    assert book > 0
    assert float(key.correct[0]) == apart >= 10


@a_thousand_times
def test_the_counts_of_item_20_are_those_of_the_roster_on_either_side_of_the_day(seed):
    variant = draw(item("20"), seed)
    roster = roster_of(asked(variant))
    departments = [unit for unit in roster if unit.tier == "sở"]
    assert cells(variant.key) == {
        "r1c1": len(roster),
        "r1c2": len(departments),
        "r2c1": tally(roster, EVE)["đạt"],
        "r2c2": tally(departments, EVE)["đạt"],
    }


@a_thousand_times
def test_the_difference_of_item_21_is_two_tiers_minus_three(seed):
    (a, c, s, n, h, m, x), key = shown("21", seed)
    three = a + m * c + a + ceil((h + s) / n) * c
    two = a + ceil((x + s) / n) * c
    assert float(key.correct[0]) == pytest.approx(two - three)
    assert float(key.correct[0]) != 0


@a_thousand_times
def test_the_communes_of_item_22_are_in_time_and_one_more_is_not(seed):
    (limit, sign, staff, collate, departments), key = shown("22", seed)
    communes = int(key.correct[0])
    pace = Pace(sign, collate, int(staff))
    place = Province(int(departments), 1, 1, communes)
    assert two_tiers(place, pace).total <= limit + 1e-9
    assert two_tiers(replace(place, communes=communes + 1), pace).total > limit + 1e-9


@a_thousand_times
def test_the_hours_of_item_23_are_those_of_the_clusters_that_are_shown(seed):
    variant = draw(item("23"), seed)
    (x, s, a, n, c, _), _ = shown("23", seed)
    clusters = [int(re.sub(r"\D", "", row.label) or 0) for row in variant.question.rows]
    for k, hours in zip(clusters, cells(variant.key).values(), strict=True):
        queue = ceil(((k or x) + s) / n) * c
        assert hours == pytest.approx(a + (ceil(x / k) * c if k else 0) + queue)


@a_thousand_times
def test_the_years_of_item_24_fill_every_post_and_one_year_less_does_not(seed):
    (per, communes, qualified, hired, leaving), key = shown("24", seed)
    need, years = ceil(communes / per), int(key.correct[0])
    assert qualified + years * (hired - leaving) >= need
    assert qualified + (years - 1) * (hired - leaving) < need


def units_of_item_08():
    marks = re.findall(
        r"^\| (?:Bằng|Nơi|Phân).+?\|(.+)\|$", item("08").exercise.prompt, re.MULTILINE
    )
    broken = [[bool(cell.strip()) for cell in row.split("|")] for row in marks]
    return [dict(zip(ARTICLES, column, strict=True)) for column in zip(*broken, strict=True)]


def test_the_best_single_measure_of_item_08_is_to_place_officers_rightly():
    units = units_of_item_08()
    met = sum(not any(unit.values()) for unit in units)
    gain = {
        article: sum(not any({**unit, article: False}.values()) for unit in units) - met
        for article in ARTICLES
    }
    assert (len(units), met, gain) == (10, 2, {"Điều 4": 0, "Điều 5": 3, "Điều 10.2a": 1})


def test_only_the_common_form_of_item_09_meets_the_limit_lawfully_with_two_people():
    place = Province(departments=14, districts=1, communes_per_district=1, communes=96)
    hours = {
        "form": two_tiers(place, Pace(6, 0.25, 2)).total,
        "clusters that sign": two_tiers(place, Pace(6, 0.5, 2), 12).total,
        "shorter drafting": two_tiers(place, Pace(2, 0.5, 2)).total,
        "a third person": two_tiers(place, Pace(6, 0.5, 3)).total,
    }
    assert [*hours.values()] == [19.75, 16.5, 29.5, 24.5]


def test_every_path_of_the_case_is_three_decisions_and_only_the_best_earns_all():
    variant = draw(item("19"), "ca")
    question = variant.question
    assert question.length == 3
    path = right(variant)
    assert mark(variant, path).points == 2
    assert mark(variant, dict([*path.items()][:2])).points < 2


def test_figures_in_essay_1_are_what_the_model_computes():
    assert years_to_fill(need=48, qualified=17, hired=6, leaving=2) == 8
    assert years_to_fill(need=24, qualified=17, hired=6, leaving=2) == 2


def test_figures_in_essay_3_are_what_the_model_computes():
    place = Province(departments=16, districts=1, communes_per_district=1, communes=54)
    ways = [(1, 0), (1, 9), (0.5, 0)]
    assert [two_tiers(place, Pace(6, c, 2), k).total for c, k in ways] == [41, 25, 23.5]
    assert two_tiers(place, Pace(6, 0.7, 2)).total > 30
    assert years_to_fill(need=54, qualified=16, hired=7, leaving=2) == 8
    assert years_to_fill(need=27, qualified=16, hired=7, leaving=2) == 3


def test_figures_in_essay_5_follow_from_its_table():
    letters, wrong_names, sound, reached = 50 - 4, 8 + 6 + 5, 12 + 15, 24
    assert letters - wrong_names == sound
    shares = [round(100 * count / 50) for count in (letters, sound, reached)]
    assert shares == [92, 54, 48]
    assert (sound + 4 + 8, sound + 4 + 8 + 6 + 5, 31 - reached) == (39, 50, 7)


def test_essay_6_needs_six_years_of_transition():
    assert years_to_fill(need=44, qualified=20, hired=4, leaving=0) == 6


def exercise(name):
    return LESSON.block(name).body.exercise


def lesson_roster():
    text = "\n".join(part for part in LESSON.parts if isinstance(part, str))
    return re.findall(r"^\| \d+ \| (.+) \|$", text, re.MULTILINE)


def test_the_roster_that_the_lesson_shows_is_the_one_the_model_holds():
    rows = [row.split(" | ") for row in lesson_roster()]
    read = [unit_of(*row[:4]) for row in rows]
    held = ROSTER[14:]
    assert len(read) == len(held) == 6
    assert [review(unit, YEAR_END) == () for unit in read] == [
        review(unit, YEAR_END) == () for unit in held
    ]
    assert [unit.degree for unit in read] == [unit.degree for unit in held]


def test_what_the_lesson_says_of_the_first_fourteen_units_is_the_tally_of_the_model():
    text = "\n".join(part for part in LESSON.parts if isinstance(part, str))
    said = re.search(r"mười bốn đơn vị đầu: (.+?);", text)
    counts = tally(ROSTER[:14], YEAR_END)
    shown = [int(figure) for figure in re.findall(r"\*\*(\d+)\*\*", said[1])]
    assert shown == [counts[key] for key in (*ARTICLES, "đạt")]
    assert [len(review(unit, YEAR_END)) for unit in ROSTER[:14]].count(3) == 1
    assert all(unit.it_unit is None for unit in ROSTER if unit.tier == "huyện")


def test_the_table_of_the_lesson_is_the_tally_of_the_model():
    counts = tally(ROSTER, YEAR_END)
    answers = [row.cells[0].answer for row in exercise("ra-20-don-vi").rows]
    assert answers == [counts[key] for key in (*ARTICLES, "đạt")]


def test_the_prediction_of_the_lesson_is_44_hours_against_41():
    pace = Pace(8, 1, 2)
    assert exercise("du-doan").answer == Decimal(int(two_tiers(PROVINCE, pace).total)) == 44
    assert three_tiers(PROVINCE, pace).total == 41


def test_figures_in_the_explanation_and_the_case_of_the_lesson_are_the_models():
    pace = Pace(8, 1, 2)
    clusters = best_clusters(PROVINCE, pace)
    assert (most_communes(PROVINCE, pace), clusters) == (54, 10)
    assert two_tiers(PROVINCE, pace, clusters).total == 25
    assert two_tiers(PROVINCE, replace(pace, collate=0.5)).total == 26
    assert years_to_fill(need=60, qualified=22, hired=10, leaving=2) == 5
