"""Newer QL1 items with variants: a thousand of each, solved again from what is shown."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from generators import DRAWS, MOST, easy_ways, number, variants

import assessments
from assessments.bank.item import draw, read_item

ITEMS = Path(assessments.__file__).parent / "items" / "ql1"
NAMES = ("25", "26", "29", "30", "33", "35", "36", "39", "40", "41")
VARIED = {name: read_item(ITEMS / f"ql1-{name}.md") for name in NAMES}
POOLS = ("25", "41")
CHOICES = ("29", "40")


def read(values, *names):
    return [number(values[name]) for name in names]


def day(text):
    return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007 - a day


def moment(text):
    return datetime.strptime(f"{text[:16].strip(' ,')}/2026", "%H:%M ngày %d/%m/%Y")  # noqa: DTZ007 - a story


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def inspections(v):
    service, share, watching, each = read(v, "service", "share", "watching", "each")
    return service * share * (100 - watching) // (10_000 * each)


def touched(v):
    changed = ("P", "điều 8 của Q", "điều 3 của R")
    rows = [cells(line) for line in v["rows"].splitlines()]
    return sum(int(count) for _, bases, count in rows if any(c in bases for c in changed))


def caught_up(v):
    soon, late, slow, fast = read(v, "soon", "late", "slow", "fast")
    low, high = late, late + 500
    for _ in range(80):
        middle = (low + high) / 2
        behind = fast * (middle - late) < slow * (middle - soon)
        low, high = (middle, high) if behind else (low, middle)
    return low


def other_mix(v):
    k, m, s1, s2 = read(v, "k", "m", "s1", "s2")
    return s2 + (s1 - s2) * k / (k + m)


def common_rate(v):
    rows = [read(v, f"n{place}", f"k{place}") for place in (1, 2, 3)]
    return 2 * sum(n * k for n, k in rows) / sum(n for n, _ in rows)


SOLVED = {
    "26": (inspections, 0, ("unwatched", "everything", "kept")),
    "33": (touched, 0, ("by_name", "only_p")),
    "35": (caught_up, 0.05, ("chase", "late")),
    "36": (other_mix, 0.05, ("raw", "plain", "other")),
    "39": (common_rate, 0.05, ("plain", "best", "worst")),
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


def test_item_29_follows_the_clause_of_transition_project_by_project():
    for values in variants(VARIED["29"]):
        turn, limit = day(values["turn"]), day(values["limit"])
        for place, line in enumerate(values["rows"].splitlines(), start=1):
            _, decided, signed, raised = cells(line)
            late = signed == "chưa ký" or day(signed) > limit
            grown = raised != "không" and day(raised) >= turn
            under = day(decided) >= turn or late or grown
            assert values[f"ok{place}"] == str(under).lower(), line
            later = [day(text) for text in (signed, raised) if text[0].isdigit()]
            assert all(day(decided) < moment_ <= day(values["today"]) for moment_ in later)


def test_item_30_counts_back_day_by_day_from_the_day_of_effect():
    days = Counter()
    for values in variants(VARIED["30"]):
        found = day(values["effective"])
        for _ in range(10 + sum(int(values[step]) for step in "oats")):
            found -= timedelta(days=1)
        assert day(values["day"]) == found
        assert found >= date(2027, 1, 1)
        days[found] += 1
    assert days.most_common(1)[0][1] <= MOST


def test_item_40_holds_24_and_72_hours_from_discovery_and_the_office_told():
    for values in variants(VARIED["40"]):
        for place, line in enumerate(values["rows"].splitlines(), start=1):
            _, found, told, full = cells(line)
            notice = moment(told) - moment(found) <= timedelta(hours=24)
            report = moment(full) - moment(found) <= timedelta(hours=72)
            kept = notice and report and told.endswith("CA") and full.endswith("CA")
            assert values[f"ok{place}"] == str(not kept).lower(), line


@pytest.mark.parametrize("name", CHOICES)
def test_two_to_four_of_six_are_right_and_no_place_or_number_of_them_wins(name):
    drawn = variants(VARIED[name])
    right = [[values[f"ok{place}"] == "true" for place in range(1, 7)] for values in drawn]
    assert {sum(row) for row in right} == {2, 3, 4}
    assert Counter(map(tuple, right)).most_common(1)[0][1] <= MOST


@pytest.mark.parametrize("name", POOLS)
def test_six_entries_out_of_a_pool_differ_and_no_place_gives_its_category_away(name):
    drawn = variants(VARIED[name])
    for place in range(1, 7):
        counts = Counter(values[f"c{place}"] for values in drawn)
        assert counts.most_common(1)[0][1] < DRAWS / 2
    for values in drawn:
        assert len({values[f"e{place}"] for place in range(1, 7)}) == 6
        assert len({values[f"c{place}"] for place in range(1, 7)}) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_a_generator_leaves_no_place_open_and_repeats_itself_for_a_seed(name):
    one, other = (draw(VARIED[name], "2026").question.model_dump_json() for _ in range(2))
    assert one == other
    assert not re.search(r"\{\{", one)
