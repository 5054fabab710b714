"""Plans as structure: a clean one passes, and each planted fault is found where it was planted."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.plans.checks import SECURITY, check_plan
from courses.plans.drafts import clean_plan
from courses.plans.families import BASES, the_families
from courses.plans.faults import FAULTS, plant
from courses.plans.plan import Passage, added_up, totals
from courses.sources import the_sources

FAMILIES = st.sampled_from(list(the_families().values()))
SEEDS = st.integers(0, 10**6)
KINDS = st.lists(st.sampled_from(sorted(FAULTS)), unique=True, max_size=10)


def chance(seed):
    return random.Random(seed)  # noqa: S311 - reproducible plans, no secret


def made(family, seed):
    return clean_plan(family, chance(seed))


def found(plan):
    return sorted((f.section, f.row, f.code) for f in check_plan(plan))


@given(FAMILIES, SEEDS)
def test_a_clean_plan_of_any_family_passes(family, seed):
    assert check_plan(made(family, seed)) == []


@settings(max_examples=200)
@given(FAMILIES, SEEDS, KINDS)
def test_every_planted_fault_is_found_by_section_and_row_and_nothing_else(family, seed, kinds):
    plan, planted = plant(made(family, seed), kinds, chance(f"{seed}/cài"))
    assert len(planted) == len(kinds)
    assert found(plan) == [(p.section, p.row, p.code) for p in planted]


@pytest.mark.parametrize("kind", sorted(FAULTS))
@pytest.mark.parametrize("family", list(the_families().values()), ids=lambda family: family.id)
def test_every_class_of_faults_can_be_planted_in_every_family(family, kind):
    rows = set()
    for seed in range(8):
        _, (planted,) = plant(made(family, seed), [kind], chance(seed))
        rows.add(planted.row)
    assert len(rows) > 1 or kind in {"SECURITY", "SUM_WHOLE"}


@given(FAMILIES, SEEDS)
def test_a_plan_adds_up_by_content_source_year_and_project(family, seed):
    plan = made(family, seed)
    sums = totals(plan)
    whole = sum(cost.amount for cost in plan.costs)
    parts = (sums.contents, sums.sources, sums.years)
    assert [sum(part.values()) for part in parts] == [whole] * 3
    assert sum(project.cost for project in plan.projects) == whole == plan.totals.whole
    assert all(sums.sources[name] <= most for name, most in plan.frame.ceilings.items())


@given(FAMILIES, SEEDS)
def test_the_same_seed_gives_the_same_plan(family, seed):
    assert made(family, seed) == made(family, seed)


def test_a_plan_that_has_no_room_for_a_fault_is_not_spoilt_in_silence():
    plan = made(the_families()["tinh-sap-nhap"], 1)
    with pytest.raises(ContentError, match="không còn dòng nào"):
        plant(plan, ["SECURITY", "SECURITY"], chance(1))


def test_the_share_for_security_may_be_exactly_the_least():
    plan = made(the_families()["bo-nganh-doc"], 3)
    guarded = next(content.code for content in plan.contents if content.security)
    other = next(cost for cost in plan.costs if cost.content != guarded)
    share = next(replace(cost, amount=3) for cost in plan.costs if cost.content == guarded)
    exact, short = (
        added_up(replace(plan, costs=(replace(other, amount=rest), share))) for rest in (17, 18)
    )
    codes = [{f.row for f in check_plan(one) if f.code == "SECURITY"} for one in (exact, short)]
    assert codes == [set(), {SECURITY}]


def test_a_plan_written_in_part_is_told_what_is_missing():
    plan = made(the_families()["co-quan-chuyen-nganh"], 5)
    goal, *rest = plan.goals
    bare = replace(goal, contents=(), path=())
    texts = (Passage("II", "Nhận xét", "", 5), Passage("V", "Tổ chức", "một " * 6, 5))
    faults = {
        (f.section, f.row): (f.code, f.text)
        for f in check_plan(replace(plan, goals=(bare, *rest), passages=texts))
    }
    assert faults["III", goal.code] == ("TRACE", "không truy được tới mục IV, VI, VII")
    assert faults["II", "Nhận xét"][1] == "chưa viết"
    assert faults["V", "Tổ chức"][1] == "dài 6 từ, nhiều nhất 5"


def test_a_strange_basis_source_or_goal_is_a_finding_and_no_crash():
    plan = made(the_families()["thanh-pho-cang"], 7)
    basis, cost, benefit = plan.bases[0], plan.costs[0], plan.benefits[0]
    strange = replace(
        plan,
        bases=(replace(basis, source="1/2099/QH99"), *plan.bases[1:]),
        costs=(replace(cost, source="Vốn lạ"), *plan.costs[1:]),
        benefits=(replace(benefit, goal="M9"),),
    )
    rows = {(f.section, f.row) for f in check_plan(strange)}
    assert {("I", basis.code), ("VII", "Vốn lạ"), ("IX", benefit.code)} <= rows


def test_every_basis_that_plans_cite_stands_in_the_register_and_some_have_ended():
    register, day = the_sources().by_id, made(the_families()["tinh-mien-nui"], 1).frame.signed_on
    assert set(BASES) <= set(register)
    assert sum(not register[name].in_force(day) for name in BASES) >= 6
