"""Cost games: the checked numbers of lesson KM2, and what must hold of every game."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.coalition import (
    THREE_AGENCIES,
    CostGame,
    agreement_room,
    bargaining_range,
    is_stable,
    remainder,
    shapley,
    standings,
    walkouts,
    with_coordination_cost,
    with_private_cost,
)
from courses.widgets.simulations.coalition import view

GROUPS = ("A", "B", "C", "AB", "AC", "BC", "ABC")
COSTS = st.integers(min_value=0, max_value=1000)
GAMES = st.lists(COSTS, min_size=7, max_size=7).map(
    lambda costs: CostGame("ABC", dict(zip(GROUPS, costs, strict=True)))
)
AMOUNTS = st.integers(min_value=-500, max_value=1000)
EQUAL = {"S": 20 / 3, "T": 20 / 3, "N": 20 / 3}


def by_orders_of_joining(game):
    """The definition itself: average what each adds over all orders of joining."""
    orders = list(permutations(game.players))
    added = dict.fromkeys(game.players, 0.0)
    for order in orders:
        inside, before = set(), 0.0
        for player in order:
            inside.add(player)
            after = game.costs["".join(p for p in game.players if p in inside)]
            added[player] += (after - before) / len(orders)
            before = after
    return added


def test_the_shapley_shares_of_the_lesson_are_the_checked_ones():
    shares = shapley(THREE_AGENCIES)
    assert {player: round(share, 2) for player, share in shares.items()} == {
        "S": 8.33,
        "T": 6.83,
        "N": 4.83,
    }


def test_the_shapley_shares_of_the_lesson_are_stable():
    assert is_stable(THREE_AGENCIES, shapley(THREE_AGENCIES))


def test_the_equal_split_of_the_lesson_is_stable_though_n_hardly_gains():
    assert is_stable(THREE_AGENCIES, EQUAL)
    saving = {s.group: s.saving for s in standings(THREE_AGENCIES, EQUAL)}
    assert saving["S"] == pytest.approx(5.3333, abs=1e-4)
    assert saving["N"] == pytest.approx(1.3333, abs=1e-4)


def test_a_pair_walks_out_although_each_pays_less_than_alone():
    shares = {"S": 4.5, "T": 8.0, "N": 7.5}
    assert [s.group for s in walkouts(THREE_AGENCIES, shares)] == ["TN"]
    assert walkouts(THREE_AGENCIES, shares)[0].saving == pytest.approx(-1.5)


def test_a_split_that_does_not_cover_the_total_is_not_stable():
    assert not is_stable(THREE_AGENCIES, {"S": 8.0, "T": 6.0, "N": 4.0})


def test_the_lesson_leaves_room_for_two_billion_and_none_beyond_three_more():
    assert agreement_room(THREE_AGENCIES) == pytest.approx(2)
    assert agreement_room(with_coordination_cost(THREE_AGENCIES, 3)) == pytest.approx(0)
    assert agreement_room(with_coordination_cost(THREE_AGENCIES, 3.01)) < 0


def test_each_agency_of_the_lesson_bears_at_least_what_it_adds_to_the_others():
    assert [bargaining_range(THREE_AGENCIES, p) for p in "STN"] == [(6, 12), (5, 10), (3, 8)]


def test_a_private_cost_is_met_in_every_group_but_alone():
    game = with_private_cost(THREE_AGENCIES, "N", 1.5)
    assert game.costs == {"S": 12, "T": 10, "N": 8, "ST": 17, "SN": 16.5, "TN": 15.5, "STN": 21.5}


def test_the_agency_left_out_of_a_proposal_pays_the_remainder():
    assert remainder(THREE_AGENCIES, {"S": 9, "T": 6}) == {"S": 9, "T": 6, "N": 5}


@pytest.mark.parametrize("proposed", [{"S": 9}, {"S": 9, "T": 6, "N": 5}])
def test_a_proposal_that_leaves_out_not_exactly_one_agency_is_refused(proposed):
    with pytest.raises(ContentError, match="trừ một bên"):
        remainder(THREE_AGENCIES, proposed)


def test_a_split_that_forgets_an_agency_is_refused_with_the_list_of_agencies():
    with pytest.raises(ContentError, match="S, T, N"):
        standings(THREE_AGENCIES, {"S": 10, "T": 10})


def test_a_game_without_the_cost_of_a_group_is_refused_naming_it():
    with pytest.raises(ContentError, match="AB"):
        CostGame("AB", {"A": 1, "B": 1})


@pytest.mark.parametrize("cost", [-1, float("nan"), float("inf")])
def test_a_cost_that_is_no_amount_of_money_is_refused_naming_its_group(cost):
    with pytest.raises(ContentError, match="“B”"):
        CostGame("AB", {"A": 1, "B": cost, "AB": 2})


@pytest.mark.parametrize("players", ["A", "AA"])
def test_a_game_needs_two_different_players(players):
    with pytest.raises(ContentError, match="hai bên"):
        CostGame(players, {"A": 1})


@given(GAMES)
def test_shapley_shares_add_up_to_the_total(game):
    assert sum(shapley(game).values()) == pytest.approx(game.total, abs=1e-6)


@given(GAMES)
def test_shapley_is_the_average_over_all_orders_of_joining(game):
    assert shapley(game) == pytest.approx(by_orders_of_joining(game), abs=1e-6)


@given(GAMES, st.integers(min_value=0, max_value=100))
def test_a_coordination_cost_is_shared_equally_by_shapley(game, extra):
    before, after = shapley(game), shapley(with_coordination_cost(game, extra))
    assert after == pytest.approx({p: share + extra / 3 for p, share in before.items()}, abs=1e-6)


@given(COSTS, COSTS, COSTS)
def test_where_joining_saves_nothing_everyone_pays_its_own_cost(a, b, c):
    costs = dict(zip(GROUPS, (a, b, c, a + b, a + c, b + c, a + b + c), strict=True))
    game = CostGame("ABC", costs)
    assert shapley(game) == pytest.approx({"A": a, "B": b, "C": c}, abs=1e-6)
    assert is_stable(game, {"A": a, "B": b, "C": c})


@given(GAMES)
def test_room_is_what_the_conditions_for_three_agencies_say(game):
    """Bondareva and Shapley: for three players five balanced collections decide."""
    c = game.costs
    at_once = min(
        (c["AB"] + c["AC"] + c["BC"] - 2 * c["ABC"]) / 3,
        (c["A"] + c["B"] + c["C"] - c["ABC"]) / 3,
        *((c[one] + c[two] - c["ABC"]) / 2 for one, two in (("A", "BC"), ("B", "AC"), ("C", "AB"))),
    )
    assert agreement_room(game) == pytest.approx(at_once, abs=1e-6)


@given(GAMES, AMOUNTS, AMOUNTS)
def test_no_split_is_stable_without_room(game, a, b):
    if is_stable(game, remainder(game, {"A": a, "B": b})):
        assert agreement_room(game) >= 0


@given(GAMES, AMOUNTS, AMOUNTS)
def test_a_stable_split_keeps_everyone_within_its_bargaining_range(game, a, b):
    shares = remainder(game, {"A": a, "B": b})
    if is_stable(game, shares):
        for player in game.players:
            least, most = bargaining_range(game, player)
            assert least - 1e-6 <= shares[player] <= most + 1e-6


@given(GAMES, AMOUNTS, AMOUNTS)
def test_the_groups_that_walk_out_are_exactly_those_that_pay_more_than_alone(game, a, b):
    shares = remainder(game, {"A": a, "B": b})
    dearer = [g for g in GROUPS[:-1] if sum(shares[player] for player in g) > game.costs[g]]
    assert [standing.group for standing in walkouts(game, shares)] == dearer


def test_moving_a_share_redraws_chart_and_table():
    screen = view()
    s, t, _, results = screen.children
    assert ">muốn rời</td>" not in results.children[1].value
    s.value, t.value = 4.5, 8.0
    picture, numbers = (child.value for child in results.children)
    assert "T + N phải trả 15,50, tự làm 14,00, muốn rời" in picture
    assert "<td>15,50</td><td>14,00</td><td>−1,50</td>" in numbers


def test_the_coordination_cost_can_leave_no_room():
    screen = view()
    _, _, extra, results = screen.children
    assert "Dư địa thoả thuận: 2,00" in results.children[1].value
    extra.value = 6
    assert "Dư địa thoả thuận: −2,00" in results.children[1].value
