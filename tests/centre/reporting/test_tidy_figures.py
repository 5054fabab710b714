"""Rows of a package are told apart by earlier packages, and by what need not be sat again."""

import json
from datetime import date
from types import SimpleNamespace

import pandas as pd

from centre.reporting.tidy_figures import TABLE, tidy_facts, tidy_figures
from grading.disclosure.gate import rule
from grading.disclosure.people import Figure, Told

PEOPLE = [f"p{n}" for n in range(24)]


def decisions(kept=()):
    """Every third fails; of ``kept`` the management area stands from before."""
    return [
        SimpleNamespace(
            enrolment_id=name,
            status="FAIL" if n % 3 == 0 else "PASS",
            content=json.dumps({"areas": [
                {"code": "QL", "outcome": "kept" if name in kept else
                 "failed" if n % 6 == 0 else "passed"},
                {"code": "KT", "outcome": "failed" if n % 3 == 0 else "passed"},
            ]}),
        )
        for n, name in enumerate(PEOPLE)
    ]  # fmt: skip


def figures(decided, before=(), scores=None, again=()):
    columns = ("agency_type", "unit_model", "province", "attempt")
    persons = pd.DataFrame([dict.fromkeys(columns)] * len(decided), dtype="object")
    told = tidy_figures(
        persons,
        decided,
        tidy_facts(decided),
        scores or {},
        before,
        {name: f"trước:{name}" for name in again},
    )
    return list(told)


def crowds(told):
    return {one.who for one in told}


def package(name, decided, told):
    facts = tidy_facts(decided)
    return Told(name, date(2026, 1, 1), "tidy", tuple(told), facts, withholdable=False)


def test_one_crowd_is_told_of_as_one():
    assert crowds(figures(decisions())) == {frozenset(PEOPLE)}


def test_a_crowd_is_told_apart_by_the_crowds_of_an_earlier_package():
    half = frozenset(PEOPLE[:12])
    earlier = [Figure("rows", TABLE, "nửa", half, "PASS", 8, 8)]
    told = figures(decisions(), [Told("gói", date(2026, 1, 1), "tidy", tuple(earlier), {})])
    assert crowds(told) == {half, frozenset(PEOPLE) - half}


def test_other_publications_tell_no_rows_apart():
    report = [Figure("", "Số người theo kết quả", "nửa", frozenset(PEOPLE[:12]), "PASS", 8, 8)]
    told = figures(decisions(), [Told("báo cáo", date(2026, 1, 1), "report", tuple(report), {})])
    assert crowds(told) == {frozenset(PEOPLE)}


def test_who_need_not_sit_an_area_again_is_told_apart_and_such_a_few_stop_the_package():
    few = frozenset(PEOPLE[1:4])
    decided = decisions(few)
    told = figures(decided)
    assert crowds(told) == {few, frozenset(PEOPLE) - few}
    assert rule([], package("gói", decisions(), figures(decisions()))).publishable
    assert not rule([], package("gói", decided, told)).publishable


def test_parts_of_a_crowd_have_names_of_their_own_and_people_without_a_score_no_sum():
    few = frozenset(PEOPLE[1:4])
    scores = {"sum:QL1": {name: 5000 for name in PEOPLE if name not in few}}
    told = figures(decisions(few), scores=scores)
    names = [(one.table, one.label) for one in told]
    assert len(set(names)) == len(names)
    [total] = [one for one in told if one.fact == "sum:QL1"]
    assert total.who == frozenset(PEOPLE) - few
    assert total.low == total.high == 5000 * len(total.who)
    assert isinstance(total.who, frozenset)


def test_what_those_who_sit_again_need_not_sit_is_said_of_them_before():
    again, kept = PEOPLE[1:13], frozenset(PEOPLE[1:12])
    told = [one for one in figures(decisions(kept), again=again) if "lần thi trước" in one.group]
    assert {one.who for one in told} == {frozenset(f"trước:{name}" for name in again)}
    assert {one.fact: (one.low, one.high) for one in told} == {
        "passed:QL": (11, 11),
        "passed:KT": (0, 0),
    }
