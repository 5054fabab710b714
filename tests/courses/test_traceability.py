"""Facts about the chain of a plan, and what a cut leaves of its targets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.target_path import Target
from courses.models.traceability import (
    MOST_CONTENTS,
    Content,
    Milestone,
    MoneyLine,
    Plan,
    Project,
    chosen_values,
    draft_plan,
    even_cut,
    harmless_cut,
    idle_money,
    idle_projects,
    orphans,
    selective_cut,
    trace,
)
from courses.widgets.simulations.traceability import view

shares = st.integers(0, 20).map(lambda twentieths: twentieths / 20)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One to four targets and up to five contents, each with money or without."""
    codes = [f"M{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    serves = draw(st.lists(st.sets(st.sampled_from(codes)), max_size=5))
    amounts = draw(st.lists(st.integers(0, 50), min_size=len(serves), max_size=len(serves)))
    contents = tuple(Content(f"N{i}", f"N{i}", tuple(sorted(s))) for i, s in enumerate(serves))
    money = tuple(MoneyLine(c.code, "tỉnh", a) for c, a in zip(contents, amounts, strict=True))
    goals = tuple(Target(code, code, 20, 70, 2025, 2030) for code in codes)
    return Plan(goals, contents, (), money, ())


def test_the_draft_costs_200_and_leaves_m5_without_money_and_project() -> None:
    draft = draft_plan()
    assert draft.total == 200
    assert [(t.target.code, t.missing) for t in orphans(draft)] == [("M5", ("VII", "VIII"))]


def test_the_draft_spends_35_on_a_content_and_a_project_that_serve_nothing() -> None:
    draft = draft_plan()
    assert [(line.content, line.amount) for line in idle_money(draft)] == [("N7", 35)]
    assert [project.code for project in idle_projects(draft)] == ["D5"]


def test_moving_10_to_training_repairs_the_chain_at_the_same_total() -> None:
    repaired = draft_plan(moved=10)
    assert repaired.total == 200
    assert orphans(repaired) == []
    assert sum(line.amount for line in idle_money(repaired)) == 25


def test_a_target_is_followed_to_contents_years_money_and_projects() -> None:
    first = trace(draft_plan())[0]
    assert (first.contents, first.projects, first.amount) == (("N1", "N3"), ("D1", "D3"), 90)
    assert first.years == (2026, 2027, 2028, 2029, 2030)


def test_each_missing_section_is_named_alone() -> None:
    target = Target("M1", "M1", 0, 100, 2025, 2030)
    whole = Plan(
        (target,),
        (Content("N1", "N1", ("M1",)),),
        (Milestone("M1", 2026, 20),),
        (MoneyLine("N1", "tỉnh", 5),),
        (Project("D1", "D1", ("M1",), 2026, 2030, 5),),
    )
    assert orphans(whole) == []
    for part, lost in (("milestones", ("VI",)), ("money", ("VII",)), ("projects", ("VIII",))):
        assert orphans(replace(whole, **{part: ()}))[0].missing == lost
    assert orphans(replace(whole, contents=()))[0].missing == ("IV", "VII")


def test_one_content_without_money_breaks_the_money_link() -> None:
    draft = draft_plan()
    unpaid = replace(draft, money=tuple(m for m in draft.money if m.content != "N1"))
    assert [t.target.code for t in orphans(unpaid)] == ["M1", "M2", "M3", "M5"]


def test_money_for_a_content_that_section_iv_lacks_is_idle() -> None:
    draft = draft_plan()
    stray = MoneyLine("N9", "tỉnh", 3)
    assert stray in idle_money(replace(draft, money=(*draft.money, stray)))


@pytest.mark.parametrize(
    ("cut", "reached", "amount"),
    [
        (0.175, ("M1", "M2", "M3", "M4"), 165),
        (0.20, ("M2", "M3", "M4"), 125),
        (0.40, ("M2", "M4"), 95),
        (0.55, ("M4",), 20),
        (1.0, (), 0),
    ],
)
def test_targets_of_the_draft_fall_away_in_steps(cut, reached, amount) -> None:
    found = selective_cut(draft_plan(), cut)
    assert (found.reached, found.amount) == (reached, amount)


def test_a_cut_of_17_5_per_cent_costs_the_draft_no_target_and_12_5_the_repaired_plan() -> None:
    assert harmless_cut(draft_plan()) == pytest.approx(0.175)
    assert harmless_cut(draft_plan(moved=10)) == pytest.approx(0.125)


def test_keeping_an_obligation_takes_the_place_of_another_target() -> None:
    goals = tuple(Target(code, code, 0, 100, 2025, 2030) for code in ("M1", "M2", "M3"))
    contents = tuple(Content(f"N{t.code[1]}", "N", (t.code,)) for t in goals)
    money = tuple(MoneyLine(f"N{n}", "tỉnh", a) for n, a in ((1, 10), (2, 12), (3, 20)))
    plan = Plan(goals, contents, (), money, ())
    assert selective_cut(plan, 0.4).reached == ("M1", "M2")
    assert selective_cut(plan, 0.4, keep=["M3"]).reached == ("M3",)


def test_an_obligation_beyond_the_money_left_is_refused() -> None:
    with pytest.raises(ContentError, match="không đủ cho các mục tiêu bắt buộc"):
        selective_cut(draft_plan(), 0.6, keep=["M1"])


def test_a_plan_too_long_to_search_is_refused() -> None:
    lines = tuple(MoneyLine(str(number), "tỉnh", 1) for number in range(MOST_CONTENTS + 1))
    with pytest.raises(ContentError, match="nhiều nhất 16"):
        selective_cut(replace(draft_plan(), money=lines), 0.1)


def test_cutting_20_per_cent_evenly_leaves_m1_at_65_and_no_target_reached() -> None:
    draft = draft_plan()
    found = even_cut(draft, 0.2, 0.4)
    assert {code: round(value, 1) for code, value in found.items()} == {
        "M1": 65.0,
        "M2": 83.3,
        "M3": 75.0,
        "M4": 80.0,
        "M5": 50.0,
    }


def test_what_selection_keeps_is_reached_and_the_rest_stays_at_its_base() -> None:
    draft = draft_plan()
    found = chosen_values(draft, selective_cut(draft, 0.2))
    assert found == {"M1": 35, "M2": 95, "M3": 100, "M4": 100, "M5": 50}


def test_an_even_cut_down_to_the_fixed_share_gains_nothing() -> None:
    assert even_cut(draft_plan(), 0.6, 0.4)["M1"] == 35


def test_a_fixed_share_of_everything_is_refused() -> None:
    with pytest.raises(ContentError, match="phần chi cố định"):
        even_cut(draft_plan(), 0.2, 1)


@given(plans(), shares, shares)
def test_a_deeper_cut_never_reaches_more_targets(plan: Plan, one: float, other: float) -> None:
    mild, deep = sorted((one, other))
    assert len(selective_cut(plan, deep).reached) <= len(selective_cut(plan, mild).reached)


@given(plans(), shares)
def test_what_is_kept_fits_the_money_left_and_holds_nothing_idle(plan: Plan, cut: float) -> None:
    found = selective_cut(plan, cut)
    assert found.amount <= plan.total * (1 - cut) + 1e-6
    assert not {line.content for line in idle_money(plan)} & set(found.kept)


@given(plans())
def test_the_harmless_cut_is_the_last_that_loses_no_target(plan: Plan) -> None:
    everything = selective_cut(plan, 0).reached
    assert selective_cut(plan, harmless_cut(plan)).reached == everything
    deeper = min(1.0, harmless_cut(plan) + 0.001)
    if everything:
        assert len(selective_cut(plan, deeper).reached) < len(everything)


@given(plans(), shares, st.integers(0, 19).map(lambda twentieths: twentieths / 20))
def test_an_even_cut_ends_between_base_and_goal(plan: Plan, cut: float, fixed: float) -> None:
    for value in even_cut(plan, cut, fixed).values():
        assert 20 <= value <= 70 + 1e-9


@given(plans())
def test_every_target_is_either_traced_through_all_sections_or_an_orphan(plan: Plan) -> None:
    lacking = {found.target.code for found in orphans(plan)}
    whole = {found.target.code for found in trace(plan) if not found.missing}
    assert lacking | whole == {target.code for target in plan.targets}
    assert not lacking & whole


def screen_of(page) -> str:
    return "".join(part.value for part in page.children[-1].children)


def test_the_view_opens_on_the_checked_figures() -> None:
    screen = screen_of(view())
    assert "Cắt có chọn giữ N1, N2, N4, N5 (125 tỷ), đạt 3/5 mục tiêu" in screen
    assert "Cắt không mất mục tiêu nào: tới 17,5 %" in screen


def test_moving_money_to_training_redraws_the_chain() -> None:
    page = view()
    assert ">VII, VIII</td>" in screen_of(page)
    page.children[0].value = 10
    assert ">VII, VIII</td>" not in screen_of(page)


def test_the_picture_names_its_axes_with_units() -> None:
    screen = screen_of(view())
    for label in ("Mục tiêu", "Giá trị năm 2030 (%)"):
        assert f"<!-- {label} -->" in screen
