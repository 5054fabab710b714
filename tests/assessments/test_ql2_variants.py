"""Newer QL2 items with variants: a thousand of each, solved again from what is shown."""

from __future__ import annotations

import math
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from generators import DRAWS, MOST, easy_ways, number, variants

import assessments
from assessments.bank.item import draw, read_item

ITEMS = Path(assessments.__file__).parent / "items" / "ql2"
NAMES = ("25", "27", "29", "30", "32", "33", "38", "39")
VARIED = {name: read_item(ITEMS / f"ql2-{name}.md") for name in NAMES}
CHOICES = ("30", "38")
NOTES = {
    "Máy chủ treo, quầy không mở được đơn": True,
    "Đứt đường truyền do nhà cung cấp thuê lại": True,
    "Trang mở được, bấm nộp thì báo lỗi": True,
    "Cơ quan thuê cắt điện sửa tủ điện quầy": False,
    "Trang báo cáo lỗi, quầy vẫn nộp được hồ sơ": False,
}


def read(values, *names):
    return [number(values[name]) for name in names]


def too_few(v):
    """Every state of the line and three servers, one by one."""
    line, unit = (share / 100 for share in read(v, "line", "unit"))
    enough = 0.0
    for way, *pool in product((True, False), repeat=4):
        if way and sum(pool) >= 2:
            enough += math.prod(unit if up else 1 - unit for up in pool)
    return 8760 * (1 - line * enough)


def price_of_a_file(v):
    rate, times, h1, h2, cost = read(v, "rate", "times", "h1", "h2", "cost")
    # A loss at every minute of a period in turn, instead of half the period.
    lost = [sum(rate * (m + 0.5) / 60 for m in range(int(60 * h))) / (60 * h) for h in (h1, h2)]
    return 1000 * cost / (times * (lost[0] - lost[1]))


def all_keep_their_word(v):
    *promises, days = read(v, "s1", "s2", "s3", "days")
    return sum((100 - promise) / 100 * days * 480 for promise in promises)


def by_hand(v):
    records, p, q, minutes = read(v, "records", "p", "q", "minutes")
    rest = records - records * p / 100
    return (rest - rest * q / 100) * minutes / 60


def servers(v):
    daily, share, rate, load = read(v, "daily", "share", "rate", "load")
    need = daily * share / 100 / 60
    return next(n for n in range(2, 999) if (n - 1) * rate * load / 100 >= need)


SOLVED = {
    "25": (too_few, 0.2, ("any", "three", "cluster")),
    "27": (price_of_a_file, 0.05, ("whole", "after")),
    "29": (all_keep_their_word, 0.1, ("weakest", "mean", "month")),
    "33": (by_hand, 0.05, ("all", "added")),
    "39": (servers, 0, ("needed", "full", "mean")),
}


@pytest.mark.parametrize("name", SOLVED)
def test_the_key_of_a_thousand_variants_is_found_again_from_what_is_shown(name):
    solve, *_ = SOLVED[name]
    for values in variants(VARIED[name]):
        assert math.isclose(float(values["answer"]), solve(values), abs_tol=2e-3), values


@pytest.mark.parametrize("name", SOLVED)
def test_no_constant_named_mistake_or_rule_of_thumb_is_right_in_more_than_a_tenth(name):
    _, tolerance, traps = SOLVED[name]
    hits = easy_ways(VARIED[name], variants(VARIED[name]), tolerance, traps)
    assert {way: n for way, n in hits.items() if n > MOST} == {}


@pytest.mark.parametrize("name", SOLVED)
def test_the_item_accepts_no_more_than_the_tolerance_tried_here(name):
    [tolerance] = draw(VARIED[name], "ql2").key.tolerances
    assert float(tolerance) <= SOLVED[name][1]


def counts(line):
    """Whether the contract counts an interruption, from its row alone."""
    _, at, _, note = (cell.strip() for cell in line.strip("|").split("|"))
    hour = int(at[-5:-3])
    if not 8 <= hour < 17:
        return False
    # Announced or not, maintenance in hours of work is outside the night's window.
    return True if note.startswith("Bảo trì") else NOTES[note]


def test_item_30_counts_what_the_contract_counts():
    for values in variants(VARIED["30"]):
        for place, line in enumerate(values["rows"].splitlines(), start=1):
            assert values[f"ok{place}"] == str(counts(line)).lower(), line


MET = (
    "biên bản",
    "tắt thử",
    "nền tảng",
    "đã thử",
    "mẫu thử",
    "phê duyệt",
    "đã đánh giá",
    "tại quầy",
)


def test_item_38_asks_for_what_the_dossier_does_not_show_done():
    for values in variants(VARIED["38"]):
        for place in range(1, 7):
            met = any(word in values[f"t{place}"] for word in MET)
            assert values[f"ok{place}"] == str(not met).lower(), values[f"t{place}"]


@pytest.mark.parametrize("name", CHOICES)
def test_two_to_four_of_six_are_right_and_no_set_of_them_is_common(name):
    drawn = variants(VARIED[name])
    right = [[values[f"ok{place}"] == "true" for place in range(1, 7)] for values in drawn]
    assert {sum(row) for row in right} == {2, 3, 4}
    assert Counter(map(tuple, right)).most_common(1)[0][1] <= MOST


def test_six_needs_out_of_a_pool_differ_and_no_place_gives_its_category_away():
    drawn = variants(VARIED["32"])
    for place in range(1, 7):
        sorts = Counter(values[f"c{place}"] for values in drawn)
        assert sorts.most_common(1)[0][1] < DRAWS / 2
    for values in drawn:
        assert len({values[f"e{place}"] for place in range(1, 7)}) == 6
        assert len({values[f"c{place}"] for place in range(1, 7)}) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_a_generator_leaves_no_place_open_and_repeats_itself_for_a_seed(name):
    one, other = (draw(VARIED[name], "2026").question.model_dump_json() for _ in range(2))
    assert one == other
    assert "{{" not in one


def test_item_28_the_two_offers_meet_at_a_quarter_in_common():
    hours = {share: 62 + (150 - 62) * (share - 10) / 40 for share in (25, 30)}
    assert hours == {25: 95, 30: 106}


def test_figures_of_the_rubrics_of_essays_four_and_five():
    assert round(0.01 * 0.01 * 8760, 1) == 0.9
    assert round(44 / (0.01 * 8760), 1) == 0.5
    assert round(0.001 * 8760 / 2, 1) == 4.4
