"""KT1 items with variants: a thousand of each, solved again from what the candidate reads."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from generators import DRAWS, MOST, easy_ways, number, variants

import assessments
from assessments.bank.item import draw, read_item

ITEMS = Path(assessments.__file__).parent / "items" / "kt1"
VARIED = {path.stem[-2:]: read_item(path.with_suffix(".md")) for path in ITEMS.glob("*.py")}
POOLS = {"17": 3, "18": 3, "21": 3, "27": 3, "31": 3}
TABLE = "09"
DAYS = ("thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật", "thứ Hai", "thứ Ba")


def read(values, *names):
    return [number(values[name]) for name in names]


def links_saved(v):
    n, each, platform = read(v, "n", "each", "platform")
    links = sum(1 for one in range(int(n)) for _ in range(one))
    return (links - n) * each - platform


def calls_an_hour(v):
    records, detect, lock, people = read(v, "records", "detect", "lock", "people")
    hours = detect + lock / 60
    return next(c for c in count() if (c + 1) * records * hours > people + 1e-9)


def left_after_two(v):
    level = math.prod(read(v, "l", "i"))
    for effect in read(v, "e1", "e2"):
        level -= level * effect / 100
    return level


def effect_needed(v):
    level, e1, limit = read(v, "level", "e1", "limit")
    low, high = 0.0, 100.0
    for _ in range(80):
        middle = (low + high) / 2
        enough = level * (1 - e1 / 100) * (1 - middle / 100) <= limit
        low, high = (low, middle) if enough else (middle, high)
    return high


def plans(points, costs):
    """Points and cost of every set of four measures."""
    sets = [[n for n in range(4) if mask >> n & 1] for mask in range(16)]
    return [(sum(points[n] for n in s), sum(costs[n] for n in s)) for s in sets]


def most_removed(v):
    points = [math.prod(read(v, f"x{n}", f"f{n}")) / 100 for n in (1, 2, 3, 4)]
    cap = number(v["cap"])
    affordable = plans(points, read(v, "p1", "p2", "p3", "p4"))
    return max(removed for removed, cost in affordable if cost <= cap)


def money_to_add(v):
    cap, total, limit = read(v, "cap", "total", "limit")
    enough = plans(read(v, "d1", "d2", "d3", "d4"), read(v, "p1", "p2", "p3", "p4"))
    return min(cost for removed, cost in enough if total - removed <= limit) - cap


def gain_a_year(v):
    n1, n2, loss1, loss2 = read(v, "n1", "n2", "loss1", "loss2")
    once, years, running = read(v, "once", "years", "running")
    decade = n1 * loss1 - n2 * loss2 - 10 * running - once * 10 / years
    return decade / 10


def probability_that_pays(v):
    cost, loss, effect = read(v, "cost", "loss", "effect")
    return 100 * cost / (loss - loss * (100 - effect) / 100)


def months_to_threshold(v):
    face, health, both, growth = read(v, "face", "health", "both", "growth")
    people = (face - both) + (health - both) + both
    return next(month for month in count() if people + month * growth >= 10_000)


def hours_to_restore(v):
    data, speed, share, setup, check = read(v, "data", "speed", "share", "setup", "check")
    seconds = data * 8000 / (speed * share / 100)
    return setup + check + seconds / 3600


def more_machines(v):
    start, double, early, late = read(v, "start", "double", "early", "late")
    machines, lost = start, {0: start}
    for minute in range(int(double), int(late) + 1, int(double)):
        machines += machines
        lost[minute] = machines
    return lost[int(late)] - lost[int(early)]


def hours_left(v):
    hours = []
    for moment in (v["found"], v["now"]):
        hour, minute, day = re.fullmatch(r"(\d+) giờ (\d\d) (.+)", moment).groups()
        hours.append(24 * DAYS.index(day) + int(hour) + int(minute) / 60)
    return hours[0] + 72 - hours[1]


def minute(text):
    hours, minutes = re.findall(r"\d+", text)
    return 60 * int(hours) + int(minutes)


def data_lost(v):
    step, bad = read(v, "step", "bad")
    runs = [run for run in range(0, 24 * 60, int(step)) if run <= minute(v["at"])]
    return minute(v["at"]) - runs[-1 - int(bad)]


def true_alarms(v):
    everybody, bad, found, wrong = read(v, "all", "bad", "found", "wrong")
    alarms = [bad * found / 100, (everybody - bad) * wrong / 100]
    return 100 * alarms[0] / sum(alarms)


def risk_left(v):
    levels = [math.prod(read(v, f"l{n}", f"i{n}")) for n in (1, 2, 3, 4)]
    cuts = [level * number(v[f"f{n}"]) / 100 for n, level in enumerate(levels, start=1)]
    affordable = plans(cuts, read(v, "p1", "p2", "p3", "p4"))
    return min(sum(levels) - cut for cut, cost in affordable if cost <= number(v["cap"]))


def lost_by_obligation(v):
    best = {False: 0.0, True: 0.0}
    for mask in range(32):
        chosen = [letter for place, letter in enumerate("abcde") if mask >> place & 1]
        if sum(read(v, *(f"c_{one}" for one in chosen))) <= number(v["cap"]):
            cut = sum(math.prod(read(v, f"r_{one}", f"e_{one}")) for one in chosen) / 100
            bound = "d" in chosen
            best[bound] = max(best[bound], cut)
    return max(best.values()) - best[True]


WEEK = ("Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy")


def files_again(v):
    lines = re.findall(r"- bản tối (.+?): (.+)[;.]", v["backups"])
    good = next(WEEK.index(day) for day, state in lines if "thành công" in state)
    hour, half, day = re.fullmatch(r"(\d+) giờ (30 )?(.+)", v["moment"]).groups()
    attack = 48 * WEEK.index(day) + 2 * int(hour) + bool(half)
    worked = 0
    for step in range(48 * good + 44, attack):  # half hours since the backup at 22 giờ
        open_ = step % 48 in range(15, 23) or step % 48 in range(27, 35)
        worked += open_ and 0 < step // 48 < 6
    return worked / 2 * number(v["rate"])


SOLVED = {
    "01": (risk_left, 0.05, ("by_ratio", "by_size", "no_cap", "reduced")),
    "02": (lost_by_obligation, 0.05, ("own", "kept")),
    "03": (files_again, 0.5, ("trusting", "around_the_clock", "older")),
    "15": (links_saved, 0, ("no_platform", "twice", "kept")),
    "16": (calls_an_hour, 0, ("one_record", "no_lock", "shared", "above")),
    "19": (left_after_two, 0.05, ("added", "stronger", "removed")),
    "20": (effect_needed, 0.05, ("alone", "minus", "rest")),
    "22": (most_removed, 0.05, ("by_ratio", "by_size", "everything")),
    "23": (money_to_add, 0, ("by_ratio", "whole", "everything")),
    "24": (gain_a_year, 0.05, ("no_running", "at_once", "same_loss", "gross")),
    "25": (probability_that_pays, 0.05, ("whole_loss", "what_is_left", "upside_down")),
    "26": (months_to_threshold, 0, ("added", "basic", "one_kind")),
    "28": (hours_to_restore, 0.05, ("bytes", "copy_only", "full_speed")),
    "29": (more_machines, 0, ("linear", "all_of_them", "from_now")),
    "30": (hours_left, 0.05, ("from_proof", "one_day", "spent")),
    "48": (data_lost, 0, ("newest", "one_more", "fewer")),
    "49": (true_alarms, 0.05, ("caught", "quiet", "over_good", "share")),
}


def test_twenty_three_items_have_variants():
    assert set(VARIED) == {*SOLVED, *POOLS, TABLE}


@pytest.mark.parametrize("name", SOLVED)
def test_the_key_of_a_thousand_variants_is_found_again_from_what_is_shown(name):
    solve, *_ = SOLVED[name]
    for values in variants(VARIED[name]):
        assert math.isclose(float(values["answer"]), solve(values), abs_tol=1e-6), values


@pytest.mark.parametrize("name", SOLVED)
def test_no_constant_named_mistake_or_rule_of_thumb_is_right_in_more_than_a_tenth(name):
    _, tolerance, traps = SOLVED[name]
    hits = easy_ways(VARIED[name], variants(VARIED[name]), tolerance, traps)
    assert {way: n for way, n in hits.items() if n > MOST} == {}


@pytest.mark.parametrize("name", SOLVED)
def test_the_item_accepts_no_more_than_the_tolerance_tried_here(name):
    [tolerance] = draw(VARIED[name], "kt1").key.tolerances
    assert float(tolerance) <= SOLVED[name][1]


def test_no_line_of_the_register_comes_back_in_more_than_a_tenth():
    drawn = variants(VARIED[TABLE])
    for line in (1, 2, 3):
        counts = Counter(tuple(values[f"{cell}{line}"] for cell in "xdr") for values in drawn)
        assert counts.most_common(1)[0][1] <= MOST


def test_both_habits_lose_points_and_money_in_every_variant():
    for values in variants(VARIED["22"]):
        assert max(read(values, "by_ratio", "by_size")) < float(values["answer"])
    for values in variants(VARIED["23"]):
        assert number(values["by_ratio"]) > float(values["answer"]) > 0


def test_the_level_rises_by_sensitive_data_alone():
    for values in variants(VARIED["26"]):
        everybody, growth = read(values, "all", "growth")
        months = int(values["answer"])
        assert everybody + months * growth < 100_000
        assert number(values["both"]) < min(read(values, "face", "health"))


def test_the_breach_can_still_be_notified_in_time_and_the_moments_are_in_order():
    for values in variants(VARIED["30"]):
        assert 0 < float(values["answer"]) < number(values["from_proof"])


@pytest.mark.parametrize("name", POOLS)
def test_five_entries_out_of_a_pool_differ_and_no_place_gives_its_category_away(name):
    drawn = variants(VARIED[name])
    for place in range(1, 6):
        counts = Counter(values[f"c{place}"] for values in drawn)
        assert counts.most_common(1)[0][1] < DRAWS / 2
    for values in drawn:
        assert len({values[f"e{place}"] for place in range(1, 6)}) == 5
        assert len({values[f"c{place}"] for place in range(1, 6)}) >= POOLS[name]


def test_the_numbers_of_a_level_stand_on_their_side_of_the_threshold():
    limits = {"Cấp độ 2": range(100_000), "Cấp độ 3": range(400, 10**6)}
    sensitive = ("khuôn mặt", "bệnh sử")
    for values in variants(VARIED["27"]):
        for place in range(1, 6):
            text, level = values[f"e{place}"], values[f"c{place}"]
            for shown in re.findall(r"(\d[\d.]*) (?:người|dân)", text):
                people = round(number(shown))
                assert people in limits[level]
                if any(word in text for word in sensitive):
                    assert (people >= 10_000) == (level == "Cấp độ 3")


@pytest.mark.parametrize("name", VARIED)
def test_a_generator_leaves_no_place_open_and_repeats_itself_for_a_seed(name):
    one, other = (draw(VARIED[name], "2026").question.model_dump_json() for _ in range(2))
    assert one == other
    assert "{{" not in one
