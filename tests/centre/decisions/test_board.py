"""The board signs exactly what it has seen: two members, nothing open, nothing changed since."""

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
    start,
    take_paper,
)

from centre.decisions.board import (
    draw_sheet,
    effective_decisions,
    listed,
    sign_sheet,
    waiting_sheets,
)
from centre.decisions.cases import open_case
from centre.decisions.decide import latest
from centre.decisions.models import BoardSheet
from centre.ledger.checkpoint import read_checkpoints
from courses.foundation.errors import DecisionError, DeniedError


def draw(sitting, at=DECIDED_ON):
    return act(draw_sheet, "giao-vu", sitting, RESOLUTION, now=at)


def sign(name, sheet, digest=None, at=DECIDED_ON):
    return act(sign_sheet, name, sheet, digest or sheet.digest, now=at)


@pytest.fixture
def decided_only(graded):
    """A sitting decided on, nothing laid before the board yet."""
    decide(graded)
    return graded


def suspect(sitting, way="partial"):
    act(open_case, "giao-vu", sitting, ids(sitting)[way], "tình huống giả định", now=DECIDED_ON)
    decide(sitting)


def test_two_members_sign_what_is_listed_and_only_then_it_has_effect(decided_only):
    sheet = draw(decided_only)
    assert [d.id for d in listed(sheet)] == [d.id for d in latest(decided_only)]
    assert sign("hoi-dong-1", sheet) == 1
    assert effective_decisions(decided_only) == {}
    assert waiting_sheets(decided_only) == [sheet]
    assert sign("hoi-dong-2", sheet, at=DECIDED_ON + timedelta(hours=1)) == 2
    since = effective_decisions(decided_only)
    assert set(since) == {d.id for d in latest(decided_only)}
    assert set(since.values()) == {DECIDED_ON + timedelta(hours=1)}
    assert waiting_sheets(decided_only) == []


def test_a_member_signs_once_and_nobody_else_signs_at_all(decided_only):
    sheet = draw(decided_only)
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


def test_a_decision_made_after_the_sheet_is_not_signed_with_it(decided_only):
    """What the board has not seen, it has not approved."""
    sheet = draw(decided_only)
    sign("hoi-dong-1", sheet)
    suspect(decided_only)
    with pytest.raises(DecisionError, match="đã có quyết định mới hơn"):
        sign("hoi-dong-2", sheet)
    assert effective_decisions(decided_only) == {}


def test_what_changed_after_the_sheet_was_drawn_is_not_signed(decided_only):
    """A case, a mark or a paper that comes between drawing and signing stops the signature."""
    sheet = draw(decided_only)
    sign("hoi-dong-1", sheet)
    who = ids(decided_only)["partial"]
    act(open_case, "giao-vu", decided_only, who, "tình huống giả định", now=DECIDED_ON)
    with pytest.raises(DecisionError, match=rf"ở 1 người: {who}"):
        sign("hoi-dong-2", sheet)
    assert effective_decisions(decided_only) == {}


def test_while_a_paper_is_open_nothing_is_signed(decided_only):
    sheet = draw(decided_only)
    start(decided_only, ids(decided_only)["late"], "KM", CLOSES - timedelta(minutes=30))
    with pytest.raises(DecisionError, match="còn 1 bài chưa thu"):
        sign("hoi-dong-1", sheet)
    assert sheet.signatures.count() == 0


def test_another_digest_than_that_of_the_sheet_is_not_signed(decided_only):
    sheet = draw(decided_only)
    with pytest.raises(DecisionError, match="không phải bảng đã xem"):
        sign("hoi-dong-1", sheet, digest="0" * 64)


def test_while_a_paper_is_open_nothing_is_laid_before_the_board(decided_only):
    who = ids(decided_only)["late"]
    begun = CLOSES - timedelta(minutes=30)
    start(decided_only, who, "KM", begun)
    decide(decided_only)
    form = form_of(decided_only, who, "KM").code
    with pytest.raises(DecisionError, match=rf"còn 1 bài chưa thu: {who} \({form}\)"):
        draw(decided_only)
    take_paper(decided_only, who, form, CLOSES)
    with pytest.raises(DecisionError, match=r"có thay đổi sau khi quyết định,? ở 1 người"):
        draw(decided_only)  # it is taken, and nobody has marked it
    decide(decided_only)
    draw(decided_only)


def test_what_changed_since_it_was_decided_is_named_and_not_laid_before_the_board(decided_only):
    who = ids(decided_only)["blank"]
    act(open_case, "giao-vu", decided_only, who, "tình huống giả định", now=DECIDED_ON)
    with pytest.raises(DecisionError, match=f"ở 1 người: {who}; chạy"):
        draw(decided_only)
    assert not BoardSheet.objects.exists()


def test_before_anything_is_decided_there_is_nothing_to_sign(graded):
    with pytest.raises(DecisionError, match=r"có thay đổi sau khi quyết định,? ở 6 người"):
        draw(graded)


def test_a_sheet_names_its_resolution(decided_only):
    with pytest.raises(DecisionError, match="phải ghi số, ngày nghị quyết"):
        act(draw_sheet, "giao-vu", decided_only, "  ", now=DECIDED_ON)


def test_the_signed_head_of_the_ledger_follows_each_signature(decided_only):
    def heads():
        return max(one.number for one in read_checkpoints(decided_only.centre))

    before = heads()
    approve(decided_only)
    assert heads() > before
