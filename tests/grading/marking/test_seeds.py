"""Seeds: made of marked examples, different, and telling of a marker who is too far off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import BANK

from assessments.bank.rubric import TOP_LEVEL
from grading.marking.seeds import Trial, make_seeds, standing, too_far

RUBRIC = BANK.rubrics["QL4-E1"]
levels = st.fixed_dictionaries({c.id: st.integers(0, TOP_LEVEL) for c in RUBRIC.criteria})


@pytest.mark.parametrize("rubric", BANK.rubrics.values(), ids=lambda rubric: rubric.id)
def test_every_rubric_gives_seeds_whose_levels_are_those_of_the_passages_in_them(rubric):
    seeds = make_seeds(rubric, "1", 12)
    assert len({seed.text for seed in seeds}) == len({seed.code for seed in seeds}) == 12
    for seed in seeds:
        for criterion in rubric.criteria:
            assert criterion.levels[seed.levels[criterion.id]].example.strip() in seed.text
        assert (len(seed.code), seed.code.isalpha(), seed.item) == (8, True, rubric.item)


def test_the_same_seed_gives_the_same_scripts_and_more_of_them_begin_alike():
    assert make_seeds(RUBRIC, "1", 5) == make_seeds(RUBRIC, "1", 9)[:5]
    assert make_seeds(RUBRIC, "1", 5) != make_seeds(RUBRIC, "2", 5)


def test_there_are_no_more_seeds_than_there_are_different_ones():
    assert len(make_seeds(RUBRIC, "1", 10**6)) == 4 ** len(RUBRIC.criteria)


@given(levels, levels, st.integers(0, 3))
def test_too_far_are_the_criteria_more_than_the_tolerance_off(given_levels, known, tolerance):
    off = {name for name in known if abs(given_levels[name] - known[name]) > tolerance}
    assert set(too_far(given_levels, known, tolerance)) == off


@pytest.mark.parametrize(
    ("trials", "outstanding", "expected"),
    [
        ([], 2, "qualifying"),
        ([], 0, "ready"),
        ([Trial(True)], 1, "qualifying"),
        ([Trial(True), Trial(True)], 0, "ready"),
        ([Trial(True), Trial(False)], 0, "stopped"),
        ([Trial(False)], 1, "stopped"),
        ([Trial(False, cleared=True)], 1, "qualifying"),
        ([Trial(True), Trial(False, cleared=True)], 0, "ready"),
        ([Trial(False, cleared=True), Trial(False)], 0, "stopped"),
    ],
)
def test_a_marker_starts_after_the_seeds_and_stops_until_a_miss_is_cleared(
    trials, outstanding, expected
):
    assert standing(trials, outstanding) == expected
