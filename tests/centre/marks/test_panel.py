"""Who marks what at a real sitting: evenly, blind, by nobody in conflict; kept if one goes."""

from collections import Counter, defaultdict

import pytest
from sittings import (
    MARKED_ON,
    act,
    allocate_all,
    ids,
    mark_essays,
    mark_seeds,
    queue_of,
)

from centre.accounts.permissions import Role
from centre.accounts.users import add_user, withdraw_role
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.marks.models import Allocation, Mark, Seed
from centre.marks.panel import declare_conflict, recuse, withdraw_marker
from centre.marks.scripts import scripts
from courses.foundation.errors import CentreError, DeniedError, SittingError

FIVE = ("GK1", "GK2", "GK4", "GK5", "GK6")


@pytest.fixture
def five(graded):
    """A graded sitting marked by five."""
    for name in FIVE[2:]:
        act(add_user, "quan-tri", name, [Role.MARKER], now=MARKED_ON)
    return graded


def pairs(sitting):
    """By code of each script, its markers by round."""
    found = defaultdict(dict)
    for row in Allocation.objects.filter(sitting=sitting.record, withdrawn_at=None, seed=None):
        found[row.code][row.round] = row.marker
    return dict(found)


def test_each_script_has_two_markers_and_nobody_has_two_more_than_another(five):
    assert allocate_all(five, *FIVE).given == 24
    assert all(set(two) == {1, 2} and two[1] != two[2] for two in pairs(five).values())
    loads = Counter(marker for two in pairs(five).values() for marker in two.values())
    assert set(loads) == set(FIVE)
    assert max(loads.values()) - min(loads.values()) <= 1
    assert check(five.centre) == []


def test_allocating_again_changes_nothing_and_writes_no_line(five):
    allocate_all(five, *FIVE)
    before, lines = pairs(five), LedgerLine.objects.count()
    assert allocate_all(five).given == 0
    assert (pairs(five), LedgerLine.objects.count()) == (before, lines)


def test_a_queue_is_in_no_order_of_candidates_and_no_two_markers_have_the_same(graded):
    allocate_all(graded)
    orders = {
        marker: [row.code for row in queue_of(graded, marker, seed=None)]
        for marker in ("GK1", "GK2")
    }
    assert sorted(orders["GK1"]) == sorted(orders["GK2"])
    assert orders["GK1"] != orders["GK2"]
    assert orders["GK1"] != [s.code for s in scripts(graded)]


def test_before_the_first_script_of_an_item_stand_two_seeds_that_look_like_any_script(graded):
    allocate_all(graded)
    rows = queue_of(graded, "GK1")
    by_item = defaultdict(list)
    for row in rows:
        by_item[row.item].append(row.seed_id is not None)
    assert all(seeds[:2] == [True, True] and not any(seeds[2:]) for seeds in by_item.values())
    assert {(len(row.code), row.code.isalpha()) for row in rows} == {(8, True)}
    assert Seed.objects.count() == 2 * len(by_item)


def test_nobody_marks_people_of_their_own_agency_or_whom_they_declared(five):
    enrolment = five.enrolment(ids(five)["all right"])
    other = five.enrolment(ids(five)["partial"])
    agency, person, ground = enrolment.agency, other.person, "cùng cơ quan"
    act(declare_conflict, "GK1", five, "GK1", agency, ground, now=MARKED_ON)
    act(declare_conflict, "giao-vu", five, "GK2", person, "vợ chồng", now=MARKED_ON)
    allocate_all(five, *FIVE)
    for row in Allocation.objects.exclude(enrolment=None).select_related("enrolment"):
        assert (row.marker, row.enrolment.agency_id) != ("GK1", agency.pk)
        assert (row.marker, row.enrolment.person_id) != ("GK2", person.pk)


def test_where_too_few_may_mark_a_script_is_named_and_the_others_are_given_out(graded):
    enrolment = graded.enrolment(ids(graded)["blank"])
    act(declare_conflict, "GK1", graded, "GK1", enrolment.person, "họ hàng", now=MARKED_ON)
    moved = allocate_all(graded)
    mine = {s.code for s in scripts(graded) if s.candidate == enrolment.candidate}
    assert {code for _, code in moved.unplaced} == mine
    assert moved.given == 24 - 2 * len(mine)


def test_a_conflict_declared_late_moves_what_is_not_marked_and_keeps_what_is(five):
    allocate_all(five, *FIVE)
    mark_essays(five, "GK1")
    before = list(Mark.objects.values_list())
    row = queue_of(five, "GK2", seed=None)[0]
    moved = act(recuse, "GK2", five, "GK2", row.item, row.code, "nhận ra người viết", now=MARKED_ON)
    assert (moved.given >= 1, moved.unplaced) == (True, [])
    assert "GK2" not in pairs(five)[row.code].values()
    assert set(pairs(five)[row.code]) == {1, 2}
    assert list(Mark.objects.values_list()) == before


def test_who_leaves_keeps_what_is_marked_and_the_rest_goes_to_those_who_stay(five):
    allocate_all(five, *FIVE)
    mark_seeds(five, "GK4")
    mark_essays(five, "GK4")
    mine = {row.code for row in queue_of(five, "GK4", seed=None)}
    others = {row.code for row in queue_of(five, "GK5", seed=None)}
    before, kept = list(Mark.objects.values_list()), pairs(five)
    assert act(withdraw_marker, "giao-vu", five, "GK4", "ốm", now=MARKED_ON).given == 0
    moved = act(withdraw_marker, "truong-cham", five, "GK5", "đi công tác", now=MARKED_ON)
    assert (moved.given, moved.unplaced) == (len(others), [])
    after = pairs(five)
    assert list(Mark.objects.values_list()) == before
    for code, two in after.items():
        assert (set(two), len(set(two.values()))) == ({1, 2}, 2)
        if code in mine:
            assert "GK4" in two.values()
        assert "GK5" not in two.values()
        if code not in others:
            assert two == kept[code]
    assert check(five.centre) == []


@pytest.mark.parametrize(
    ("names", "words"),
    [(["giao-vu"], "không giữ vai trò giám khảo"), (["GK3"], "giám khảo thứ ba")],
)
def test_only_markers_mark_and_the_adjudicator_is_neither_first_nor_second(graded, names, words):
    with pytest.raises(SittingError, match=words):
        allocate_all(graded, *names)
    with pytest.raises(CentreError, match="không có người dùng"):
        allocate_all(graded, "nguoi-la")


def test_who_has_no_role_any_more_is_not_brought_in(graded):
    act(withdraw_role, "quan-tri", "GK2", Role.MARKER, now=MARKED_ON)
    with pytest.raises(SittingError, match="GK2 không giữ vai trò"):
        allocate_all(graded)
    assert not Allocation.objects.exists()


def test_a_marker_declares_in_no_others_name_and_never_without_a_ground(graded):
    allocate_all(graded)
    agency = graded.enrolments()[0].agency
    with pytest.raises(DeniedError):
        act(declare_conflict, "GK1", graded, "GK2", agency, "x", now=MARKED_ON)
    with pytest.raises(SittingError, match="lý do"):
        act(declare_conflict, "GK1", graded, "GK1", agency, " ", now=MARKED_ON)
    with pytest.raises(SittingError, match="lý do"):
        act(withdraw_marker, "giao-vu", graded, "GK1", "", now=MARKED_ON)
