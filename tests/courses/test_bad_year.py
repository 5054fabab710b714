"""Losses of a year: the figures of lesson KT1, and what must hold of every register."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.lesson import LESSONS, read_lesson
from courses.models.bad_year import (
    BAD,
    CAP,
    PORTAL_PROBE,
    THREATS,
    YEARS,
    Probe,
    Threat,
    after_probe,
    chance_between,
    cheapest,
    expected,
    losses,
    spent,
    total,
    total_with,
)
from courses.models.risk import best_plan, province_register
from courses.widgets.simulations.bad_year import view

SHARES = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
MONEY = st.integers(0, 3000)
REGISTERS = st.lists(
    st.builds(Threat, st.uuids().map(str), SHARES, MONEY, MONEY, SHARES), min_size=1, max_size=5
)
CAPS = st.integers(0, 6000)


def by_every_set_of_events(threats, bought, least):
    """Add up the chances of all sets of events whose losses reach ``least``."""
    chance = 0.0
    for happens in product([True, False], repeat=len(threats)):
        pairs = list(zip(threats, happens, strict=True))
        left = [t.chance * (1 - t.effect * (t.name in bought)) for t in threats]
        weight = prod(p if it else 1 - p for p, it in zip(left, happens, strict=True))
        chance += weight * (sum(t.loss for t, it in pairs if it) >= least)
    return chance


def some_of(threats):
    return st.sets(st.sampled_from([threat.name for threat in threats]))


@pytest.mark.parametrize(
    ("bought", "cost", "year", "three", "bad"),
    [
        ((), 0, 2580, 7740, 0.28),
        (("Cổng", "Cán bộ", "Dữ liệu"), 1450, 1650, 6400, 0.216),
        (("Cổng", "Mã độc"), 1400, 1290, 5270, 0.154),
        (("Mã độc", "Cán bộ", "Dữ liệu"), 1250, 1260, 5030, 0.0788),
    ],
)
def test_the_figures_of_the_lesson(bought, cost, year, three, bad):
    assert spent(THREATS, bought) == cost
    assert expected(THREATS, bought) == pytest.approx(year)
    assert total(THREATS, bought) == pytest.approx(three)
    assert chance_between(THREATS, bought, BAD) == pytest.approx(bad)


def test_the_set_with_most_points_is_not_the_cheapest_in_money():
    points = best_plan(province_register(), CAP).names
    cheap = cheapest(THREATS, CAP)
    assert cheap == {"Mã độc", "Cán bộ", "Dữ liệu"}
    assert total(THREATS, points) - total(THREATS, cheap) == pytest.approx(1370)


def test_the_lesson_prints_the_figures_of_the_model():
    lesson = read_lesson(LESSONS / "kt1-quan-ly-rui-ro-an-toan-thong-tin.md")
    text = "\n".join(part for part in lesson.parts if isinstance(part, str))
    for threat in THREATS:
        year = expected([threat], ())
        money = " | ".join(f"{n:,.0f}".replace(",", ".") for n in (threat.loss, year))
        assert f"| {100 * threat.chance:.0f} % | {money} |" in text
    asked = lesson.block("du-doan-nam-xau").body.exercise
    bad = 100 * chance_between(THREATS, ("Cổng", "Cán bộ", "Dữ liệu"), BAD)
    assert abs(float(asked.answer) - bad) <= float(asked.tolerance)
    told = " ".join(lesson.block("giai-thich").body.exercise.model_answer.split())
    for said in ("1.250", "5.030", "6.400", "1.370", "21,6 %", "7,9 %", "4.744", "286"):
        assert said in told
    assert "rẻ hơn nhóm nhiều điểm 110" in told


def test_were_ransomware_half_as_dear_the_same_set_would_still_be_cheapest_by_110_million():
    halved = [replace(t, loss=3000) if t.name == "Mã độc" else t for t in THREATS]
    cheap = cheapest(halved, CAP)
    assert cheap == {"Mã độc", "Cán bộ", "Dữ liệu"}
    points = ("Cổng", "Cán bộ", "Dữ liệu")
    assert total(halved, points) - total(halved, cheap) == pytest.approx(110)


def test_testing_the_portal_first_changes_what_is_bought_and_saves_286_million():
    high, low = after_probe(THREATS, PORTAL_PROBE, CAP)
    assert (high.bought, low.bought) == ({"Cổng", "Mã độc"}, {"Mã độc", "Cán bộ", "Dữ liệu"})
    assert (high.total, low.total) == (pytest.approx(5707.5), pytest.approx(3780))
    assert total_with((high, low)) == pytest.approx(4743.75)
    saved = total(THREATS, cheapest(THREATS, CAP)) - total_with((high, low))
    assert saved == pytest.approx(286.25)


def test_the_findings_of_the_probe_agree_with_the_chance_of_the_register():
    mean = sum(likelihood * chance for likelihood, chance in PORTAL_PROBE.findings)
    portal = next(threat for threat in THREATS if threat.name == PORTAL_PROBE.threat)
    assert mean == pytest.approx(portal.chance)


def test_costs_and_effects_are_those_of_the_register_in_points():
    lines = [(risk.name, risk.cost, risk.effect) for risk in province_register()]
    assert [(threat.name, threat.cost, threat.effect) for threat in THREATS] == lines


@given(REGISTERS.flatmap(lambda r: st.tuples(st.just(r), some_of(r))), MONEY)
def test_the_chance_of_a_bad_year_is_that_of_every_set_of_events(drawn, least):
    threats, bought = drawn
    counted = by_every_set_of_events(threats, bought, least)
    assert chance_between(threats, bought, least) == pytest.approx(counted)


@given(REGISTERS.flatmap(lambda r: st.tuples(st.just(r), some_of(r))))
def test_the_chances_make_one_and_their_mean_is_the_expected_loss(drawn):
    threats, bought = drawn
    spread = losses(threats, bought)
    assert sum(spread.values()) == pytest.approx(1)
    mean = sum(loss * chance for loss, chance in spread.items())
    assert mean == pytest.approx(expected(threats, bought))


@given(REGISTERS.flatmap(lambda r: st.tuples(st.just(r), some_of(r))), CAPS)
def test_no_set_within_the_cap_beats_the_cheapest(drawn, cap):
    threats, bought = drawn
    best = cheapest(threats, cap)
    assert spent(threats, best) <= cap
    if spent(threats, bought) <= cap:
        assert total(threats, best) <= total(threats, bought) + 1e-5


@given(REGISTERS, CAPS, SHARES, SHARES, SHARES)
def test_a_free_probe_never_costs_more_than_not_knowing(threats, cap, likelihood, one, other):
    mean = likelihood * one + (1 - likelihood) * other
    known = [replace(threats[0], chance=mean), *threats[1:]]
    probe = Probe(threats[0].name, 0, ((likelihood, one), (1 - likelihood, other)))
    with_it = total_with(after_probe(known, probe, cap))
    assert with_it <= total(known, cheapest(known, cap)) + 1e-4


@given(REGISTERS.flatmap(lambda r: st.tuples(st.just(r), some_of(r))))
def test_what_is_bought_never_makes_a_year_worse(drawn):
    threats, bought = drawn
    assert expected(threats, bought) <= expected(threats, ()) + 1e-9
    assert total(threats, ()) == pytest.approx(YEARS * expected(threats, ()))


@pytest.mark.parametrize(("chance", "loss", "cost", "effect"), [(1.1, 1, 1, 0), (0.1, -1, 1, 0)])
def test_an_impossible_threat_is_refused_by_its_name(chance, loss, cost, effect):
    with pytest.raises(ContentError, match="Mã độc"):
        Threat("Mã độc", chance, loss, cost, effect)


def test_buying_redraws_chart_and_table_and_says_when_the_cap_is_broken():
    *buy, first, screen = view().children
    for at in (2, 3, 4):
        buy[at].value = 1
    picture, rows = (child.value for child in screen.children)
    assert "Nhóm của anh/chị: năm xấu 7,9 %" in picture
    assert "<td>1.250</td><td>1.260</td><td>5.030</td><td>7,9 %</td>" in rows
    buy[0].value = 1
    assert "Vượt hạn mức 550 triệu đồng" in screen.children[2].value
    first.value = 1
    assert "Bình quân 4.744" in screen.children[-1].value
