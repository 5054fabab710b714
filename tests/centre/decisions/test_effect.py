"""Which decisions are in effect and which sheets want signatures, of this sitting and no other."""

import json
from datetime import timedelta

import pytest
from sittings import DECIDED_ON, RESOLUTION, act, approve, decide, ids

from centre.decisions.board import draw_sheet
from centre.decisions.cases import open_case
from centre.decisions.effect import SheetState, drafts, effect_of, signed_at, state_of
from centre.decisions.models import BoardSheet
from centre.ledger.acts import act as ledger_act
from centre.sittings.models import SittingRecord

LATER, BEFORE = DECIDED_ON + timedelta(days=1), DECIDED_ON - timedelta(days=900)


def kept(row):
    """The row, written as some act would have."""

    def insert(actor, now):
        with ledger_act(actor, "tested", "x", now) as done:
            done.insert(row)
        return row

    return act(insert, "giao-vu", now=DECIDED_ON)


def sheet_of(record, *decisions, **more):
    """A sheet of some sitting, as it might have been drawn."""
    told = {"resolution": RESOLUTION, "digest": "0" * 64, "drawn_at": DECIDED_ON}
    return kept(BoardSheet(sitting=record, decisions=json.dumps(decisions), **told, **more))


@pytest.fixture
def other(judged):
    """Another sitting's record at the same centre."""
    same = SittingRecord.objects.values().get(pk=judged.code)
    return kept(SittingRecord(**same | {"code": "ky-khac"}))


def test_each_decision_is_in_effect_since_its_own_sheet_was_signed(judged):
    first = approve(judged)
    act(open_case, "giao-vu", judged, ids(judged)["partial"], "giả định", now=LATER)
    decide(judged, LATER)
    second = approve(judged, LATER)
    since = effect_of(judged.record)
    assert {since[one] for one in json.loads(first.decisions)} == {DECIDED_ON}
    assert [since[one] for one in json.loads(second.decisions)] == [LATER]
    assert len(since) == 7


def test_a_sheet_from_before_the_centre_kept_records_is_in_effect_and_wants_no_signature(judged):
    before = sheet_of(judged.record, "A", "B", effective_before=BEFORE)
    assert (signed_at(before), state_of(before)) == (BEFORE, SheetState.SIGNED)
    assert effect_of(judged.record) == {"A": BEFORE, "B": BEFORE}
    assert drafts(judged.record) == []


def test_another_sittings_sheets_are_neither_in_effect_nor_waiting_here(judged, other):
    mine = act(draw_sheet, "giao-vu", judged, RESOLUTION, now=DECIDED_ON)
    theirs, _ = sheet_of(other, "C"), sheet_of(other, "D", effective_before=BEFORE)
    assert (drafts(judged.record), drafts(other)) == ([mine], [theirs])
    assert (effect_of(judged.record), effect_of(other)) == ({}, {"D": BEFORE})


def test_drafts_are_named_oldest_first(judged):
    drawn = [sheet_of(judged.record, name) for name in "AB"]
    assert drafts(judged.record) == drawn
