"""QL6 items with variants: a thousand of each, solved again from what the candidate reads."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from generators import DRAWS, MOST, best_constant, easy_ways, number, variants

import assessments
from assessments.bank.item import draw, read_item

ITEMS = Path(assessments.__file__).parent / "items" / "ql6"
NEWER = ("28", "29", "31", "33", "35", "37", "39")
POOLS = ("25", "34")
VARIED = {name: read_item(ITEMS / f"ql6-{name}.md") for name in (*NEWER, *POOLS)}


def read(values, *names):
    return [number(values[name]) for name in names]


def day(text):
    return datetime.strptime(text, "%d/%m/%Y")  # noqa: DTZ007 - a date of a register has no zone


def days_late(v):
    last = day(v["effect"])
    for _ in range(14):  # the day in force is the first of fifteen
        last += timedelta(days=1)
    received = re.findall(r"\| (\d\d/\d\d?/\d{4}) \|$", v["rows"], re.MULTILINE)
    assert len(received) == 4
    return sum(max(0, (day(text) - last).days) for text in received)


def minutes(text):
    hours, rest = re.fullmatch(r"(\d+) giờ(?: (\d\d))?", text).groups()
    return 60 * int(hours) + int(rest or 0)


def minutes_left(v):
    sign, book = read(v, "sign", "book")
    until_midnight = 24 * 60 - minutes(v["found"])
    return 24 * 60 - (until_midnight + minutes(v["back"]) + sign + book)


def hours_saved(v):
    x, m1, m2, events, k = read(v, "x", "m1", "m2", "events", "k")
    return sum(5 * m1 - m2 for _ in range(int(x))) / 60 - events * k / 60


def days_until_it_binds(v):
    draft, opinions, effects, review, sign = read(
        v, "draft", "opinions", "effects", "review", "sign"
    )
    ready = max(draft + opinions, draft + effects)
    return ready + review + sign + 10


def team(v):
    x, calls, on_site, travel, share, part = read(
        v, "x", "calls", "minutes", "travel", "share", "part"
    )
    load = x * calls * ((1 - share / 100) * on_site + share / 100 * (on_site + travel))
    return next(n for n in range(1, 999) if n * 160 * 60 * part / 100 >= load)


def people_on_call(v):
    desks, most, absent = read(v, "desks", "most", "absent")
    outside = desks * (5 * 16 + 2 * 24)
    return next(n for n in range(1, 999) if n * most * (1 - absent / 100) >= outside)


SOLVED = {
    "29": (days_late, 0, ("from_signing", "by_letter")),
    "31": (minutes_left, 0, ("office", "own")),
    "33": (hours_saved, 0.05, ("no_summary", "one_day")),
    "35": (days_until_it_binds, 0, ("at_once", "in_turn")),
    "37": (team, 0, ("no_travel", "all_time")),
    "39": (people_on_call, 0, ("whole_week", "no_absence")),
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
    [tolerance] = draw(VARIED[name], "ql6").key.tolerances
    assert float(tolerance) <= SOLVED[name][1]


def faults(row):
    _, state, (degree, years), place, received = row
    trained = degree.startswith(("Đại học", "Thạc sĩ")) and ("CNTT" in degree or years >= 3)
    return (
        not (trained and state in ("Công chức", "Viên chức")),
        place not in ("Văn phòng HĐND và UBND", "Trung tâm Phục vụ hành chính công"),
        day(received) > day("15/10/2026"),
    )


def test_item_28_counts_what_its_roster_shows():
    line = re.compile(r"^\| (.+) \| (.+) \| (.+); (\d) năm \| (.+) \| (.+) \|$", re.MULTILINE)
    together = []
    for values in variants(VARIED["28"]):
        found = line.findall(values["rows"])
        rows = [faults((n, s, (d, int(y)), p, r)) for n, s, d, y, p, r in found]
        counts = [sum(column) for column in zip(*rows, strict=True)]
        keys = [int(values[name]) for name in ("person", "place", "letter", "met")]
        assert (len(rows), keys) == (8, [*counts, sum(not any(row) for row in rows)])
        together.append(sum(count * 10**n for n, count in enumerate(keys)))
    assert best_constant(together, 0) <= MOST


@pytest.mark.parametrize("name", POOLS)
def test_five_entries_out_of_a_pool_differ_and_no_place_gives_its_category_away(name):
    drawn = variants(VARIED[name])
    for place in range(1, 6):
        counts = Counter(values[f"c{place}"] for values in drawn)
        assert counts.most_common(1)[0][1] < DRAWS / 2
    for values in drawn:
        assert len({values[f"e{place}"] for place in range(1, 6)}) == 5
        assert len({values[f"c{place}"] for place in range(1, 6)}) >= 3


@pytest.mark.parametrize("name", VARIED)
def test_a_generator_leaves_no_place_open_and_repeats_itself_for_a_seed(name):
    one, other = (draw(VARIED[name], "2026").question.model_dump_json() for _ in range(2))
    assert one == other
    assert "{{" not in one
