"""An appeal is numbered, has a deadline, and is answered by somebody who was not in it."""

from datetime import timedelta

import pytest
from sittings import DECIDED_ON, act, ids

from centre.accounts.permissions import Role
from centre.accounts.users import add_user, grant_role
from centre.decisions.appeals import ANSWERED_WITHIN, answer_appeal, file_appeal
from centre.decisions.decide import latest
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import DecisionError, DeniedError

LATER = DECIDED_ON + timedelta(days=3)


@pytest.fixture
def decision(decided):
    return next(d for d in latest(decided) if d.enrolment.candidate == ids(decided)["partial"])


def filed(decision, text="Đề nghị chấm lại câu tự luận", by="giao-vu", at=DECIDED_ON):
    return act(file_appeal, by, decision, text, now=at)


def answered(appeal, by, answer="Giữ nguyên điểm"):
    return act(answer_appeal, by, appeal, answer, accepted=False, now=LATER)


def test_appeals_are_numbered_through_the_year_and_due_in_fifteen_days(decision):
    first = filed(decision)
    assert first.number == "PK-2026-00001"
    assert first.deadline == DECIDED_ON.astimezone(VIETNAM).date() + ANSWERED_WITHIN
    act(add_user, "quan-tri", "hoi-dong-3", [Role.BOARD], now=DECIDED_ON)
    answered(first, "hoi-dong-3")
    assert filed(decision).number == "PK-2026-00002"
    answered(decision.appeals.get(answered_at=None), "hoi-dong-3")
    assert filed(decision, at=DECIDED_ON.replace(year=2027)).number == "PK-2027-00001"


def test_one_appeal_waits_at_a_time_and_says_something(decision):
    filed(decision)
    with pytest.raises(DecisionError, match="đang có một đơn chờ"):
        filed(decision)
    with pytest.raises(DecisionError, match="phải ghi nội dung"):
        filed(decision, text=" ")


def test_who_signed_the_decision_does_not_answer(decision):
    appeal = filed(decision)
    for signer in ("hoi-dong-1", "hoi-dong-2"):
        with pytest.raises(DecisionError, match="đã chấm hoặc đã ký"):
            answered(appeal, signer)


def test_who_marked_the_candidate_does_not_answer_in_another_role(decision):
    appeal = filed(decision)
    with pytest.raises(DeniedError):
        answered(appeal, "GK1")
    act(grant_role, "quan-tri", "GK1", Role.BOARD, now=DECIDED_ON)
    with pytest.raises(DecisionError, match="đã chấm hoặc đã ký"):
        answered(appeal, "GK1")


def test_an_answer_is_given_once_and_both_sides_stay_readable(decision):
    act(add_user, "quan-tri", "hoi-dong-3", [Role.BOARD], now=DECIDED_ON)
    appeal = filed(decision)
    with pytest.raises(DecisionError, match="phải ghi nội dung trả lời"):
        answered(appeal, "hoi-dong-3", answer=" ")
    answered(appeal, "hoi-dong-3")
    with pytest.raises(DecisionError, match="đã được trả lời"):
        answered(appeal, "hoi-dong-3")
    appeal.refresh_from_db()
    assert (appeal.text, appeal.answer) == ("Đề nghị chấm lại câu tự luận", "Giữ nguyên điểm")
