"""An appeal is numbered, has a deadline, and is answered by somebody who was not in it."""

from datetime import timedelta

import pytest
from sittings import DECIDED_ON, act, approve, decide, form_of, ids

from centre.accounts.permissions import Role
from centre.accounts.users import add_user, grant_role
from centre.decisions.appeals import (
    all_appeals,
    answer_appeal,
    appeals_of,
    file_appeal,
    open_appeals,
    the_appeal,
    view,
)
from centre.decisions.decide import latest
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import DecisionError, DeniedError
from grading.gradebook.scores import ManualMark, write_marks

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
    assert first.deadline == DECIDED_ON.astimezone(VIETNAM).date() + timedelta(days=15)
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
        with pytest.raises(DecisionError, match="người đã chấm, đã lập hoặc đã ký"):
            answered(appeal, signer)


def test_who_marked_the_candidate_does_not_answer_in_another_role(decision):
    appeal = filed(decision)
    with pytest.raises(DeniedError):
        answered(appeal, "GK1")
    act(grant_role, "quan-tri", "GK1", Role.BOARD, now=DECIDED_ON)
    with pytest.raises(DecisionError, match="người đã chấm, đã lập hoặc đã ký"):
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


@pytest.fixture
def third():
    """A member of the board who signed nothing yet."""
    return lambda: act(add_user, "quan-tri", "hoi-dong-3", [Role.BOARD], now=DECIDED_ON)


def test_an_appeal_stays_after_its_deadline_and_says_how_late_it_is(decision, third):
    appeal = filed(decision)
    assert [one.overdue for one in open_appeals(LATER)] == [0]
    due = DECIDED_ON + timedelta(days=15)
    assert view(appeal, due).overdue == 0
    [late] = open_appeals(due + timedelta(days=400))
    assert (late.appeal, late.overdue, late.state) == (appeal, 400, "waiting")
    third()
    at = due + timedelta(days=2)
    act(answer_appeal, "hoi-dong-3", appeal, "Giữ nguyên", accepted=False, now=at)
    assert open_appeals(at) == []
    [kept] = all_appeals(at + timedelta(days=4000))
    assert (kept.overdue, kept.state) == (2, "closed")


def raise_essays(sitting, way):
    """The essays of one candidate get other points, as an accepted appeal orders."""
    who = ids(sitting)[way]
    form = form_of(sitting, who, "QL")
    item = next(item for item in form.items if item.rubric)
    write_marks(sitting.course, [ManualMark(who, form.code, item.competency, item.id, 7.5)])


def test_an_accepted_appeal_is_done_when_the_new_decision_is_in_effect(decided, decision, third):
    """Accepting alone changes nothing for the candidate: it stays open until something does."""
    appeal = filed(decision)
    third()
    act(answer_appeal, "hoi-dong-3", appeal, "Chấm lại", accepted=True, now=LATER)
    assert [one.state for one in open_appeals(LATER)] == ["pending"]
    raise_essays(decided, "partial")
    decide(decided, LATER)
    assert [one.state for one in open_appeals(LATER)] == ["pending"]
    approve(decided, LATER)
    assert open_appeals(LATER) == []
    done = view(the_appeal(appeal.number), LATER)
    assert (done.before.revision, done.after.revision) == (1, 2)
    assert done.before.content != done.after.content
    assert done.before.id == decision.id
    assert (done.before.since, done.after.since) == (DECIDED_ON, LATER)


def test_everybody_finds_their_own_appeals_for_ever_and_nobody_elses(decided, decision, third):
    third()
    for text in ("lần một", "lần hai"):
        answered(filed(decision, text), "hoi-dong-3")
    person = decision.enrolment.person_id
    years_later = LATER + timedelta(days=4000)
    found = appeals_of(person, years_later)
    assert {one.appeal.text for one in found} == {"lần một", "lần hai"}
    other = next(e.person_id for e in decided.enrolments() if e.person_id != person)
    assert appeals_of(other, years_later) == []


def test_who_decided_or_is_the_candidate_does_not_answer_in_another_role(decision):
    appeal = filed(decision)
    act(grant_role, "quan-tri", "giao-vu", Role.BOARD, now=DECIDED_ON)
    own = decision.enrolment.person_id
    act(add_user, "quan-tri", "hoc-vien", [Role.BOARD], person=own, now=DECIDED_ON)
    for name in ("giao-vu", "hoc-vien"):
        with pytest.raises(DecisionError, match="không trả lời đơn"):
            answered(appeal, name)


def test_no_appeal_of_that_number_is_told(decision):
    assert the_appeal(filed(decision).number.lower()).decision == decision
    with pytest.raises(DecisionError, match="không có đơn PK-1"):
        the_appeal("PK-1")
