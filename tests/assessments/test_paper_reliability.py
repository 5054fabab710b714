"""Forms of the shipped blueprint decide alike, by a simulation that shares no code with ours."""

from functools import cache

import numpy as np
import pytest
from shipped import BANK

from assessments.forms.blueprint import read_blueprint
from benchmarks.papers.reliability import CUTS, World, alike, alpha, drawn, kappa, measure, opposed
from grading.certification.policy import read_policies

AREAS = ("QL", "KM", "KT", "CAP")


@cache
def found(code):
    forms = drawn(code, read_blueprint(), BANK, sittings=40)
    return measure(forms, CUTS[code], BANK.rubrics, people=500, world=World())


@pytest.mark.proof
@pytest.mark.parametrize("code", AREAS)
def test_two_forms_of_an_area_correlate_at_four_fifths(code):
    assert found(code).reliability >= 0.795  # the simulation's own error is 0.003


@pytest.mark.proof
@pytest.mark.parametrize("code", AREAS)
def test_nine_in_ten_a_standard_deviation_from_the_cut_are_decided_alike(code):
    assert min(found(code).below, found(code).above) >= 0.90


@pytest.mark.parametrize("code", ["KM", "KT"])
def test_every_competency_of_a_skills_paper_is_asked_and_the_tasks_are_more_than_sixteen(code):
    plan = read_blueprint().paper(code)
    essays = sum(s.essays for s in plan.sections) + sum(pool.essays for pool in plan.pools)
    assert sum(section.objective for section in plan.sections) + essays >= 16
    assert {s.competency[:2] for s in plan.sections} == {code}
    assert len(plan.sections) == {"KM": 4, "KT": 2}[code]


def test_the_cuts_of_the_simulation_are_those_of_the_policy():
    assert {a.code: float(a.cut_share) for a in read_policies()[-1].areas} == CUTS


@pytest.mark.parametrize("code", CUTS)
def test_the_policy_states_the_standard_error_that_was_found_and_from_what(code):
    [area] = (area for area in read_policies()[-1].areas if area.code == code)
    assert abs(float(area.sem_share) - found(code).sem) <= 0.0075
    assert "mô phỏng" in area.sem_source


def test_the_coefficients_are_those_of_a_table_worked_by_hand():
    points = np.array([[2.0, 1.0], [0.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    assert alpha(points) == pytest.approx(2 * (1 - (2 / 3 + 2 / 3) / 2))
    first, second = np.array([0.7, 0.6, 0.5, 0.2]), np.array([0.8, 0.5, 0.55, 0.6])
    assert alike(first, second, 0.6) == 0.5
    assert kappa(first, second, 0.6) == pytest.approx(0)
    assert opposed(first, second, 0.6, 0.15) == 0.25


def test_a_paper_whose_items_and_parts_stand_on_their_own_repeats_itself_better():
    forms = drawn("QL", read_blueprint(), BANK, sittings=2)
    free = measure(forms, 0.6, BANK.rubrics, 500, World(bound=0.01, items=0.01))
    assert free.reliability > found("QL").reliability
