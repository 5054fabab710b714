"""The validation can be run: every draw has a truth, and its page says what it counted."""

from collections import Counter

import numpy as np
import pytest

from benchmarks.validation.draws import DRAWS, TRUTH
from benchmarks.validation.page import attacked, simulated
from benchmarks.validation.policy_errors import PEOPLE, simulate
from benchmarks.validation.tally import Tallies


@pytest.mark.parametrize("draw", DRAWS, ids=lambda draw: draw[1].__name__)
def test_every_draw_counts_each_of_its_figures_once_or_more(draw):
    found = Tallies()
    draw[1](np.random.default_rng(1), found)
    assert found
    assert all(np.isfinite(tally.errors).all() for tally in found.values())


def test_the_truth_of_the_simulated_form_is_what_a_large_sample_shows():
    assert 0 < TRUTH["consistency"] < TRUTH["accuracy"] < 1
    assert TRUTH["reliability"] == pytest.approx(0.878, abs=0.001)


def test_everybody_is_counted_once_before_and_once_after_retakes():
    errors = Counter()
    simulate(np.random.default_rng(2), errors)
    people = errors["đủ|người"] + errors["chưa đủ|người"]
    first = sum(n for name, n in errors.items() if "|lần đầu|" in name)
    last = sum(n for name, n in errors.items() if "|sau thi lại|" in name)
    assert people == first == last == PEOPLE


def test_the_page_marks_an_interval_that_promises_too_much():
    found = Tallies()
    for held in [True] * 70 + [False] * 30:
        found["x"].add(1.0, 1.0)
        found["x"].held.append(held)
    text = simulated([(DRAWS[0], found)], Counter({"đủ|người": 1, "chưa đủ|người": 1}), 1)
    assert "70,0 % ± 4,6 ▼" in text


def test_the_page_names_each_history_that_told_and_what_it_told():
    text = attacked({0: "", 1: "", 2: "passed:KT, Sở A"})
    assert "3 lịch sử" in text
    assert "bị lộ ở 1: 2 (passed:KT, Sở A)" in text
    assert "không lịch sử nào để lộ" in attacked({0: ""})
