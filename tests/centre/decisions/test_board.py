"""The board signs exactly what it has seen: two members, nothing open, nothing changed since."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sittings import (
    CLOSES,
    DECIDED_ON,
    RESOLUTION,
    act,
    approve,
    decide,
    form_of,
    ids,
    mark_essays,
    start,
    take_paper,
)

from centre.accounts.models import User
from centre.accounts.permissions import Role
from centre.accounts.users import add_user, grant_role
from centre.decisions.board import (
    draw_sheet,
    effective_decisions,
    listed,
    recuse,
    return_sheet,
    sign_sheet,
    waiting_sheets,
)
from centre.decisions.cases import open_case
from centre.decisions.decide import latest
from centre.decisions.effect import SheetState, state_of
from centre.decisions.models import BoardSheet
from centre.decisions.sheets import sheet_view
from centre.ledger.check import check
from centre.ledger.checkpoint import read_checkpoints
from courses.foundation.errors import DecisionError, DeniedError


def draw(sitting, at=DECIDED_ON):
    return act(draw_sheet, "giao-vu", sitting, RESOLUTION, now=at)


def sign(name, sheet, digest=None, at=DECIDED_ON):
    return act(sign_sheet, name, sheet, digest or sheet.digest, now=at)


def suspect(sitting, way="partial"):
    act(open_case, "giao-vu", sitting, ids(sitting)[way], "tình huống giả định", now=DECIDED_ON)
    decide(sitting)


def test_two_members_sign_what_is_listed_and_only_then_it_has_effect(judged):
    sheet = draw(judged)
    assert [d.id for d in listed(sheet)] == [d.id for d in latest(judged)]
    assert sign("hoi-dong-1", sheet) == 1
    assert effective_decisions(judged) == {}
    assert waiting_sheets(judged) == [sheet]
    assert sign("hoi-dong-2", sheet, at=DECIDED_ON + timedelta(hours=1)) == 2
    since = effective_decisions(judged)
    assert set(since) == {d.id for d in latest(judged)}
    assert set(since.values()) == {DECIDED_ON + timedelta(hours=1)}
    assert waiting_sheets(judged) == []


def test_a_member_signs_once_and_nobody_else_signs_at_all(judged):
    sheet = draw(judged)
    sign("hoi-dong-1", sheet)
    with pytest.raises(DecisionError, match="đã ký bảng này rồi"):
        sign("hoi-dong-1", sheet)
    with pytest.raises(DeniedError, match="thành viên hội đồng"):
        sign("giao-vu", sheet)
    assert sheet.signatures.count() == 1


def test_the_board_approves_each_latest_decision_once(decided):
    with pytest.raises(DecisionError, match="không có quyết định nào chờ"):
        draw(decided)


def test_a_new_revision_waits_for_the_board_again_and_alone(decided):
    suspect(decided)
    sheet = draw(decided)
    assert [d.enrolment.candidate for d in listed(sheet)] == [ids(decided)["partial"]]


def test_a_decision_made_after_the_sheet_is_not_signed_with_it(judged):
    """What the board has not seen, it has not approved."""
    sheet = draw(judged)
    sign("hoi-dong-1", sheet)
    suspect(judged)
    with pytest.raises(DecisionError, match="đã có quyết định mới hơn"):
        sign("hoi-dong-2", sheet)
    assert effective_decisions(judged) == {}


def test_what_changed_after_the_sheet_was_drawn_is_not_signed(judged):
    """A case, a mark or a paper that comes between drawing and signing stops the signature."""
    sheet = draw(judged)
    sign("hoi-dong-1", sheet)
    who = ids(judged)["partial"]
    act(open_case, "giao-vu", judged, who, "tình huống giả định", now=DECIDED_ON)
    with pytest.raises(DecisionError, match=rf"ở 1 người: {who}"):
        sign("hoi-dong-2", sheet)
    assert effective_decisions(judged) == {}


def test_while_a_paper_is_open_nothing_is_signed(judged):
    sheet = draw(judged)
    start(judged, ids(judged)["late"], "KM", CLOSES - timedelta(minutes=30))
    with pytest.raises(DecisionError, match="còn 1 bài chưa thu"):
        sign("hoi-dong-1", sheet)
    assert sheet.signatures.count() == 0


def test_another_digest_than_that_of_the_sheet_is_not_signed(judged):
    sheet = draw(judged)
    with pytest.raises(DecisionError, match="không phải bảng đã xem"):
        sign("hoi-dong-1", sheet, digest="0" * 64)


def test_while_a_paper_is_open_nothing_is_laid_before_the_board(judged):
    who = ids(judged)["late"]
    begun = CLOSES - timedelta(minutes=30)
    start(judged, who, "KM", begun)
    decide(judged)
    form = form_of(judged, who, "KM").code
    with pytest.raises(DecisionError, match=rf"còn 1 bài chưa thu: {who} \({form}\)"):
        draw(judged)
    take_paper(judged, who, form, CLOSES)
    with pytest.raises(DecisionError, match=r"có thay đổi sau khi quyết định,? ở 1 người"):
        draw(judged)  # it is taken, and nobody has marked it
    decide(judged)
    draw(judged)


def test_what_changed_since_it_was_decided_is_named_and_not_laid_before_the_board(judged):
    who = ids(judged)["blank"]
    act(open_case, "giao-vu", judged, who, "tình huống giả định", now=DECIDED_ON)
    with pytest.raises(DecisionError, match=f"ở 1 người: {who}; chạy"):
        draw(judged)
    assert not BoardSheet.objects.exists()


def test_before_anything_is_decided_there_is_nothing_to_sign(graded):
    with pytest.raises(DecisionError, match=r"có thay đổi sau khi quyết định,? ở 6 người"):
        draw(graded)


def test_a_sheet_names_its_resolution(judged):
    with pytest.raises(DecisionError, match="phải ghi số, ngày nghị quyết"):
        act(draw_sheet, "giao-vu", judged, "  ", now=DECIDED_ON)


def test_the_signed_head_of_the_ledger_follows_each_signature(judged):
    def heads():
        return max(one.number for one in read_checkpoints(judged.centre))

    before = heads()
    approve(judged)
    assert heads() > before


def give_back(name, sheet, reason="Thiếu biên bản chấm (giả định)"):
    return act(return_sheet, name, sheet, reason, now=DECIDED_ON)


def test_a_returned_sheet_keeps_its_reason_and_is_signed_by_nobody_any_more(judged):
    sheet = draw(judged)
    sign("hoi-dong-1", sheet)
    give_back("hoi-dong-2", sheet)
    assert state_of(sheet) is SheetState.RETURNED
    assert (sheet.return_reason, sheet.returned_by.username) == (
        *("Thiếu biên bản chấm (giả định)", "hoi-dong-2"),
    )
    for name in ("hoi-dong-1", "hoi-dong-2"):
        with pytest.raises(DecisionError, match="đã trả lại"):
            sign(name, sheet)
    with pytest.raises(DecisionError, match="đã trả lại"):
        give_back("hoi-dong-1", sheet)
    assert effective_decisions(judged) == {}
    assert waiting_sheets(judged) == []


def test_what_was_mended_is_a_new_draft_that_names_the_returned_one(judged):
    first = draw(judged)
    give_back("hoi-dong-1", first)
    second = draw(judged)
    assert (second.mends_id, state_of(first)) == (first.pk, SheetState.RETURNED)
    sign("hoi-dong-1", second)
    sign("hoi-dong-2", second)
    assert state_of(second) is SheetState.SIGNED
    assert check(judged.centre) == []


def test_a_sheet_is_returned_with_a_reason_and_only_by_the_board(judged):
    sheet = draw(judged)
    with pytest.raises(DecisionError, match="phải ghi lý do"):
        give_back("hoi-dong-1", sheet, " ")
    with pytest.raises(DeniedError):
        give_back("giao-vu", sheet)
    assert state_of(sheet) is SheetState.DRAFT


def test_what_is_signed_is_not_returned(decided):
    [sheet] = BoardSheet.objects.all()
    with pytest.raises(DecisionError, match="đã ký, có hiệu lực"):
        give_back("hoi-dong-1", sheet)
    with pytest.raises(DecisionError, match="đã ký, có hiệu lực"):
        act(recuse, "hoi-dong-1", sheet, "có người nhà", now=DECIDED_ON)
    assert effective_decisions(decided)


def test_the_very_same_sheet_is_not_drawn_twice_and_another_takes_its_place(judged):
    first = draw(judged)
    with pytest.raises(DecisionError, match=f"bảng {first.pk} y như vậy đang chờ ký"):
        draw(judged)
    suspect(judged)
    second = draw(judged)
    assert (state_of(first), state_of(second)) == (SheetState.REPLACED, SheetState.DRAFT)
    assert waiting_sheets(judged) == [second]
    with pytest.raises(DecisionError, match="đã lập bảng khác thay"):
        give_back("hoi-dong-1", first)


def test_who_recused_neither_signs_nor_counts_nor_returns(judged):
    sheet = draw(judged)
    ground = "Có người nhà trong danh sách (giả định)"
    first = act(recuse, "hoi-dong-1", sheet, ground, now=DECIDED_ON)
    assert act(recuse, "hoi-dong-1", sheet, "lần nữa", now=DECIDED_ON) == first
    with pytest.raises(DecisionError, match="xung đột lợi ích"):
        sign("hoi-dong-1", sheet)
    with pytest.raises(DecisionError, match="xung đột lợi ích"):
        give_back("hoi-dong-1", sheet)
    assert sign("hoi-dong-2", sheet) == 1
    assert effective_decisions(judged) == {}
    act(add_user, "quan-tri", "hoi-dong-3", [Role.BOARD], now=DECIDED_ON)
    assert sign("hoi-dong-3", sheet) == 2
    assert effective_decisions(judged)
    view = sheet_view(sheet)
    assert view.recusals == (("hoi-dong-1", ground),)
    assert [name for name, _ in view.signatures] == ["hoi-dong-2", "hoi-dong-3"]
    assert (view.missing, view.state) == (0, SheetState.SIGNED)


def test_a_recusal_names_its_ground_and_comes_before_signing(judged):
    sheet = draw(judged)
    with pytest.raises(DecisionError, match="phải ghi lý do"):
        act(recuse, "hoi-dong-1", sheet, " ", now=DECIDED_ON)
    sign("hoi-dong-1", sheet)
    with pytest.raises(DecisionError, match="đã ký bảng này"):
        act(recuse, "hoi-dong-1", sheet, "muộn", now=DECIDED_ON)


def test_who_drew_marked_or_is_on_a_sheet_does_not_sign_it(judged):
    mark_essays(judged, "GK1")
    sheet = draw(judged)
    for name in ("giao-vu", "GK1"):
        act(grant_role, "quan-tri", name, Role.BOARD, now=DECIDED_ON)
    candidate = judged.enrolments()[0].person_id
    act(add_user, "quan-tri", "hoc-vien", [Role.BOARD], person=candidate, now=DECIDED_ON)
    for name, why in (("giao-vu", "lập bảng"), ("GK1", "đã chấm"), ("hoc-vien", "có tên")):
        with pytest.raises(DecisionError, match=why):
            sign(name, sheet)
    assert User.objects.get(username="hoc-vien").person_id == candidate
    assert sheet.signatures.count() == 0


def with_quorum(sitting, quorum):
    """The same sitting at a centre whose board needs so many."""
    settings = sitting.centre.settings
    board = settings.board.model_copy(update={"quorum": quorum})
    centre = replace(sitting.centre, settings=settings.model_copy(update={"board": board}))
    return replace(sitting, centre=centre)


def test_a_larger_quorum_wants_more_members_and_stands_as_it_was_drawn(judged):
    sheet = draw(with_quorum(judged, 3))
    sign("hoi-dong-1", sheet)
    sign("hoi-dong-2", sheet)
    assert (effective_decisions(judged), sheet_view(sheet).missing) == ({}, 1)
    act(add_user, "quan-tri", "hoi-dong-3", [Role.BOARD], now=DECIDED_ON)
    sign("hoi-dong-3", sheet, at=DECIDED_ON + timedelta(hours=2))
    since = effective_decisions(judged)
    assert set(since.values()) == {DECIDED_ON + timedelta(hours=2)}


def test_a_sheet_shows_each_result_with_reasons_evidence_and_what_changed(decided):
    best = ids(decided)["all right"]
    [first] = BoardSheet.objects.all()
    rows = {row.candidate: row for row in sheet_view(first).rows}
    assert (rows[best].status, rows[best].changed, rows[best].before) == ("PASS", False, None)
    assert rows[best].evidence["trainee"] == best
    assert set(rows[best].evidence["areas"]) == {"QL", "KM", "KT", "CAP"}
    suspect(decided, "all right")
    [row] = sheet_view(draw(decided)).rows
    assert (row.changed, row.before["status"], row.status) == (True, "PASS", "INVALID")
    assert row.reasons[0]["code"] == "INTEGRITY"


@pytest.mark.usefixtures("decided")
def test_who_is_within_one_standard_error_of_a_cut_is_flagged():
    [sheet] = BoardSheet.objects.all()
    for row in sheet_view(sheet).rows:
        near = [
            abs(float(a["share"]) - float(a["cut"])) < float(a["sem"])
            for a in row.areas
            if a["share"] is not None
        ]
        assert row.borderline == any(near)
