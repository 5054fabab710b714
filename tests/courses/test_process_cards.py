"""Facts about a procedure laid out as cards and what redesigning it may change."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from courses.foundation.errors import ContentError
from courses.models.process_cards import CARDS, PROPOSAL_WORDS, Action, Card, redesign
from courses.widgets.choices import ChoiceBox
from courses.widgets.simulations.process_cards import view

NAMES = [card.name for card in CARDS]
HABITS = {card.name: "bỏ" for card in CARDS if card.basis == "thói quen"}
BESIDE = {NAMES[7]: "làm song song với bước trước"}
LONG = " ".join(["kiến"] * PROPOSAL_WORDS)
minutes = st.integers(0, 400)
cards = st.lists(
    st.builds(
        Card,
        name=st.uuids().map(str),
        owner=st.sampled_from("ABC"),
        touch=minutes,
        wait=minutes,
        basis=st.sampled_from(["luật định", "cần", "thói quen"]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda card: card.name,
)


@st.composite
def plans(draw):
    """Cards and an action for each of them."""
    drawn = draw(cards)
    return drawn, {card.name: draw(st.sampled_from(get_args(Action))) for card in drawn}


def longest_path(steps: list[Card], actions: dict[str, str]) -> float:
    """Lead time by earliest finish, node by node: shares no code with the model."""
    finish = {"": 0.0}
    before, tips = [""], [""]  # where the stage began, and what it holds
    for card in steps:
        action = actions[card.name]
        if action == "bỏ":
            continue
        joins = tips != [""] and "bước trước" in action
        touch = card.touch * (0.2 if action == "tự động hoá" else 1)
        if joins and action.startswith("gộp"):
            finish[tips[-1]] += card.touch
        elif joins:
            finish[card.name] = max(finish[n] for n in before) + card.wait + touch
            tips.append(card.name)
        else:
            before, tips = tips, [card.name]
            finish[card.name] = max(finish[n] for n in before) + card.wait + touch
    return max(finish[n] for n in tips)


def test_the_twelve_steps_take_1880_minutes_of_which_120_are_work():
    today = redesign(CARDS, {}).today
    assert (today.steps, today.lead, today.touch, today.handovers) == (12, 1880, 120, 9)
    assert round(100 * today.share, 1) == 6.4


def test_software_for_all_twelve_steps_as_they_stand_saves_5_1_per_cent():
    after = redesign(CARDS, dict.fromkeys(NAMES, "tự động hoá")).today
    assert math.isclose(after.lead, 1784)
    assert round(100 * (1 - after.lead / 1880), 1) == 5.1


def test_dropping_four_habits_saves_571_minutes_without_software():
    after = redesign(CARDS, HABITS).today
    assert (after.steps, after.lead, after.touch, after.handovers) == (8, 1309, 89, 6)


def test_asking_two_agencies_at_once_saves_310_more():
    assert redesign(CARDS, HABITS | BESIDE).today.lead == 999


def test_the_assignment_slip_is_the_habit_that_costs_most():
    saved = {name: 1880 - redesign(CARDS, {name: "bỏ"}).today.lead for name in HABITS}
    assert max(saved, key=saved.get) == "Ghi phiếu phân công người thụ lý"
    assert sorted(saved.values()) == [18, 125, 183, 245]


@pytest.mark.parametrize("action", ["bỏ", "gộp vào bước trước"])
def test_a_legally_required_step_stays_until_a_proposal_is_written(action):
    found = redesign(CARDS, {"Thẩm định nội dung": action}, "bỏ đi")
    assert (found.today.lead, found.amended.lead) == (1880, 1880)
    assert found.unfounded == ("Thẩm định nội dung",)


def test_with_a_proposal_the_change_counts_once_the_law_is_amended_and_not_today():
    found = redesign(CARDS, {"Thẩm định nội dung": "bỏ"}, LONG)
    assert (found.today.lead, found.amended.lead, found.unfounded) == (1880, 1550, ())


def test_an_unknown_step_is_refused_by_name():
    with pytest.raises(ContentError, match="không có bước: Z"):
        redesign(CARDS, {"Z": "bỏ"})


def test_a_procedure_without_steps_takes_no_time():
    found = redesign([], {}).today
    assert (found.lead, found.share, found.longest) == (0, 0, "")


@given(plans())
def test_lead_is_the_longest_way_through(plan):
    steps, actions = plan
    free = [Card(c.name, c.owner, c.touch, c.wait, "cần") for c in steps]
    assert math.isclose(redesign(free, actions).today.lead, longest_path(free, actions))


@given(cards)
def test_unchanged_lead_is_the_sum_and_handovers_are_changes_of_owner(steps):
    found = redesign(steps, {}).today
    assert found.lead == sum(card.wait + card.touch for card in steps)
    assert found.handovers == sum(a.owner != b.owner for a, b in pairwise(steps))


@given(plans())
def test_what_may_be_done_today_never_takes_longer_than_before(plan):
    steps, actions = plan
    assert redesign(steps, actions, LONG).today.lead <= redesign(steps, {}).today.lead + 1e-9


@given(plans())
def test_without_a_proposal_nothing_is_promised_beyond_today(plan):
    steps, actions = plan
    found = redesign(steps, actions)
    assert found.amended == found.today


def test_the_view_opens_on_the_procedure_as_it_is():
    screen = view().children[-1].children[0].value
    assert screen.count("<td>1.880</td><td>120</td><td>6,4</td><td>9</td>") == 3


def test_the_view_drops_a_habit_and_blocks_a_legal_step():
    page = view()
    choice = {w.label: w for w in page.children if isinstance(w, ChoiceBox)}
    choice["Ghi phiếu phân công người thụ lý"].value = "bỏ"
    choice["Thẩm định nội dung"].value = "bỏ"
    figures, warning = (part.value for part in page.children[-1].children)
    assert "<td>1.635</td>" in figures
    assert "Chưa được phép:</strong> Thẩm định nội dung" in warning
    page.children[-2].value = LONG
    figures, warning = (part.value for part in page.children[-1].children)
    assert "<td>1.305</td>" in figures
    assert warning == ""


def test_the_first_step_has_none_before_it_to_join():
    first, second = view().children[1:3]
    assert len(first.options) == 3
    assert len(second.options) == 5


def test_a_choice_that_no_page_offers_is_refused_and_changes_nothing():
    box = view().children[1]
    with pytest.raises(TraitError, match="không có lựa chọn"):
        box.value = "xoá hết"
    assert box.value == "giữ"
