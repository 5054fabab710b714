"""Human ways to write an answer: accepted and refused as an examiner would."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exercise import EXERCISE, judge, present
from courses.foundation.numerals import exact, rounded
from courses.kinds.base import Precision
from courses.kinds.symbols import symbols

CORPUS = tomllib.loads((Path(__file__).parent / "near_misses.toml").read_text())["questions"]
SAID = {"correct": "Đúng.", "wrong": "Sai."}


def asked(entry):
    exercise = {"prompt": "Hỏi?", "feedback": SAID, **entry["exercise"]}
    return present(EXERCISE.validate_python(exercise), "Q1", "x")


@pytest.mark.parametrize("entry", CORPUS)  # ids that are not ASCII change at a second run
def test_what_an_examiner_accepts_earns_all(entry):
    question, key = asked(entry)
    refused = [t for t in entry["right"] if judge(question, key, t).state != "correct"]
    assert refused == []


@pytest.mark.parametrize("entry", CORPUS)  # ids that are not ASCII change at a second run
def test_a_near_miss_goes_to_a_person_and_is_not_simply_nothing(entry):
    question, key = asked(entry)
    found = {typed: judge(question, key, typed) for typed in entry["near"]}
    assert [t for t, j in found.items() if not j.near or j.share != 0] == []


@pytest.mark.parametrize("entry", CORPUS)  # ids that are not ASCII change at a second run
def test_what_is_wrong_is_refused_and_troubles_nobody(entry):
    question, key = asked(entry)
    found = {typed: judge(question, key, typed) for typed in entry["wrong"]}
    assert [t for t, j in found.items() if j.near or j.share != 0] == []


def test_the_corpus_is_wide():
    assert sum(len(e["right"]) + len(e["near"]) + len(e["wrong"]) for e in CORPUS) >= 300


@given(st.decimals(0, 9999, places=4), st.integers(0, 3))
def test_what_rounds_half_up_to_the_key_is_right_and_the_next_unit_is_not(value, decimals):
    shown, unit = rounded(value, decimals), 10**-decimals
    answers = Precision(decimals=decimals).accepted(value)
    assert answers == {shown}
    assert abs(shown - value) * 2 <= unit
    assert rounded(shown + 1, decimals) not in answers


def test_a_half_computed_in_binary_is_rounded_up_as_on_paper():
    assert exact(0.1 + 0.2) == "0.3"
    assert str(rounded(Decimal(1.045), 2)) == "1.05"  # noqa: RUF032 - the float is the point


@pytest.mark.parametrize("text", ["72 giờ", "2014", "14", "12/3/2013", "mục tiêu", "", "3 tuần"])
def test_what_is_no_document_number_is_not_taken_for_one(text):
    assert symbols(text) == ()


def test_one_unreadable_cell_costs_that_cell_alone():
    rows = [
        {"label": "A", "cells": [{"answer": "1234"}]},
        {"label": "B", "cells": [{"answer": "5"}]},
    ]
    question, key = asked({"exercise": {"kind": "table", "columns": ["x"], "rows": rows}})
    judged = judge(question, key, {"r1c1": "1.234", "r2c1": "nhiều"})
    assert (judged.share * 2, judged.state) == (1, "partial")
