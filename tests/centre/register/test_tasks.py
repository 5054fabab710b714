"""A fact that undermines a certificate is a task that stays until somebody has dealt with it."""

import datetime as dt

import pytest
from django.db import transaction
from sittings import CLOSES, DECIDED_ON, act, approve, decide, ids, issue, who

from centre.decisions.cases import annul_sitting, close_case, open_case
from centre.decisions.decide import changed_since, latest
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.people.privacy import correct
from centre.people.retakes import standings
from centre.register.book import Book
from centre.register.examining import acknowledge, confirm, suspend
from centre.register.issue import certificate_path, enrol_key, issue_all, reissue, the_signer
from centre.register.models import Entry
from centre.register.revoke import revoke
from centre.register.tasks import open_tasks, task_of
from centre.sittings.models import SittingRecord
from courses.foundation.errors import CredentialError, DeniedError, SittingError
from grading.credentials.verification import Verdict, verify

LATER = DECIDED_ON + dt.timedelta(days=3)
FRAUD = ("gian-lan", "Quyết định thu hồi số 12 (giả định)")
ORDER = ("Quyết định số 9 (giả định)", "Tình huống giả định")


def verdict(sitting, entry):
    now = dt.datetime.now(dt.UTC)
    return verify(certificate_path(sitting.centre, entry.pk), Book(sitting.centre, now), now)


@pytest.fixture
def entry(certified):
    assert certified.code
    return Entry.objects.get()


def suspect(sitting, way="all right"):
    act(open_case, "giao-vu", sitting, ids(sitting)[way], "tình huống giả định", now=LATER)


def uphold(sitting, *, upheld=True):
    best = ids(sitting)["all right"]
    words = {"upheld": upheld, "authority": "Văn bản giả định số 7", "now": LATER}
    act(close_case, "hoi-dong-1", sitting, best, "kết luận", **words)


def facts():
    return [fact.text for task in open_tasks() for fact in task.facts]


def seen(entry, by="giao-vu"):
    return act(acknowledge, by, entry, "Đã xem, trình hội đồng", now=LATER)


def test_while_nothing_is_the_matter_there_is_no_task(certified):
    assert open_tasks() == []
    assert [one.new for one in issue(certified, LATER)] == [False]


def test_a_task_blocks_the_next_batch_until_somebody_has_looked_by_name(certified, entry):
    suspect(certified)
    with pytest.raises(CredentialError, match=rf"chưa cấp đợt mới.*{entry.pk}"):
        issue(certified, LATER)
    assert seen(entry) == 1
    assert seen(entry) == 0
    [task] = open_tasks()
    assert (task.looked_at, task.seen_by) == (True, ("giao-vu",))
    [left_aside] = issue(certified, LATER)
    assert "có thay đổi sau khi quyết định" in left_aside.refused


def test_a_further_fact_is_to_be_looked_at_again(certified, entry):
    suspect(certified)
    seen(entry)
    uphold(certified)
    [task] = open_tasks()
    assert not task.looked_at
    assert facts() == ["vụ việc vi phạm đã được kết luận là có (Văn bản giả định số 7)"]
    with pytest.raises(CredentialError, match="chưa cấp đợt mới"):
        issue(certified, LATER)


def test_two_people_may_each_look_at_a_part(certified, entry):
    suspect(certified)
    seen(entry, "giao-vu")
    act(correct, "giao-vu", entry.person, "Căn cứ giả định", full_name="Nguyễn Mới", now=LATER)
    assert [task.looked_at for task in open_tasks()] == [False]
    assert seen(entry, "van-thu") == 2
    [task] = open_tasks()
    assert (task.looked_at, task.seen_by) == (True, ("giao-vu", "van-thu"))


def test_a_dismissed_case_undermines_nothing(certified):
    suspect(certified)
    uphold(certified, upheld=False)
    assert open_tasks() == []


def test_only_an_officer_makes_a_certificate_show_that_it_is_examined(certified, entry):
    suspect(certified)
    assert verdict(certified, entry).verdict is Verdict.VALID
    with pytest.raises(DeniedError):
        act(suspend, "hoi-dong-1", entry, *ORDER, now=LATER)
    act(suspend, "giao-vu", entry, *ORDER, now=LATER)
    shown = verdict(certified, entry)
    assert (shown.verdict, shown.verdict.label) == (Verdict.SUSPENDED, "Đang xem xét")
    assert "chưa có kết luận" in shown.explanation
    assert shown.facts.revoked_on is None
    [task] = open_tasks()
    assert task.looked_at
    assert "đang xem xét từ ngày" in str(task)


def test_a_suspension_names_authority_and_ground_and_is_one_at_a_time(certified, entry):
    for words in ((" ", "lý do"), ("văn bản", " ")):
        with pytest.raises(CredentialError, match="phải ghi văn bản và lý do"):
            act(suspend, "van-thu", entry, *words, now=LATER)
    act(suspend, "van-thu", entry, *ORDER, now=LATER)
    with pytest.raises(CredentialError, match="đang được xem xét rồi"):
        act(suspend, "van-thu", entry, *ORDER, now=LATER)
    assert check(certified.centre) == []


def test_a_suspension_stays_a_task_when_its_cause_is_gone(certified, entry):
    """A certificate is not left “under examination” because the case was dismissed."""
    suspect(certified)
    act(suspend, "van-thu", entry, *ORDER, now=LATER)
    uphold(certified, upheld=False)
    [task] = open_tasks()
    assert task.facts == ()
    act(confirm, "van-thu", entry, *ORDER, now=LATER)
    assert open_tasks() == []
    assert verdict(certified, entry).verdict is Verdict.VALID


def test_confirming_is_for_what_is_known_and_a_new_fact_is_a_new_task(certified, entry):
    suspect(certified)
    act(suspend, "van-thu", entry, *ORDER, now=LATER)
    act(confirm, "van-thu", entry, *ORDER, now=LATER)
    assert open_tasks() == []
    uphold(certified)
    assert len(open_tasks()) == 1
    act(suspend, "van-thu", entry, *ORDER, now=LATER)
    assert verdict(certified, entry).verdict is Verdict.SUSPENDED


def test_confirming_names_a_decision_and_wants_something_to_confirm(entry):
    for words in ((" ", "căn cứ"), ("quyết định", " ")):
        with pytest.raises(CredentialError, match="phải ghi quyết định"):
            act(confirm, "van-thu", entry, *words, now=LATER)
    with pytest.raises(CredentialError, match="không có việc nào"):
        act(confirm, "van-thu", entry, *ORDER, now=LATER)
    with pytest.raises(CredentialError, match="phải ghi đã xem gì"):
        act(acknowledge, "van-thu", entry, " ", now=LATER)


def test_a_case_upheld_after_issuing_leads_to_revocation(certified, entry):
    suspect(certified)
    act(suspend, "giao-vu", entry, *ORDER, now=LATER)
    uphold(certified)
    decide(certified, LATER)
    assert {d.status for d in latest(certified) if d.id != entry.decision_id} >= {"INVALID"}
    assert len(facts()) == 2
    act(revoke, "van-thu", entry, *FRAUD, now=LATER)
    assert verdict(certified, entry).verdict is Verdict.REVOKED
    assert open_tasks() == []
    for verb in (suspend, confirm):
        with pytest.raises(CredentialError, match="đã bị thu hồi"):
            act(verb, "van-thu", entry, *ORDER, now=LATER)


def test_a_suspended_certificate_is_reissued_under_a_new_serial(certified, entry):
    act(suspend, "van-thu", entry, *ORDER, now=LATER)
    act(correct, "giao-vu", entry.person, "Giấy khai sinh (giả định)", now=LATER,
        birth_date=dt.date(1980, 1, 2))  # fmt: skip
    assert facts() == ["họ tên hoặc ngày sinh đã được đính chính sau khi cấp"]
    signer = the_signer(certified.centre, LATER)
    new = act(reissue, "van-thu", certified.centre, entry, "Đính chính", signer, now=LATER)
    assert (new.birth_date, new.supersedes_id) == (dt.date(1980, 1, 2), entry.pk)
    assert verdict(certified, entry).verdict is Verdict.REPLACED
    assert verdict(certified, new).verdict is Verdict.VALID
    assert open_tasks() == []


def test_nobody_is_reissued_while_something_changed_since_the_decision(certified, entry):
    suspect(certified)
    signer = the_signer(certified.centre, LATER)
    with pytest.raises(CredentialError, match="có thay đổi sau khi quyết định"):
        act(reissue, "van-thu", certified.centre, entry, "Căn cứ", signer, now=LATER)


def test_a_case_opened_between_decision_and_issuing_holds_the_certificate_back(decided):
    suspect(decided)
    signer = the_signer(decided.centre, LATER)
    with transaction.atomic():
        enrol_key(who("van-thu"), signer, now=LATER)
    [one] = issue_all(who("van-thu"), decided, signer, now=LATER)
    assert (one.candidate, one.serial) == (ids(decided)["all right"], "")
    assert "có thay đổi sau khi quyết định" in one.refused
    assert not Entry.objects.exists()


def annul(sitting, authority="Quyết định huỷ số 3 (giả định)", ground="Lộ đề (giả định)"):
    return act(annul_sitting, "hoi-dong-1", sitting, authority, ground, now=LATER)


def test_an_annulled_sitting_undermines_its_certificates_and_makes_every_result_invalid(certified):
    annul(certified)
    assert facts() == [f"kỳ {certified.code} đã bị huỷ kết quả (Quyết định huỷ số 3 (giả định))"]
    assert len(changed_since(certified)) == 6
    decide(certified, LATER)
    assert {one.status for one in latest(certified)} == {"INVALID"}
    approve(certified, LATER)
    assert check(certified.centre) == []


def test_an_annulled_sitting_is_no_attempt_and_leaves_no_pass_behind(certified):
    persons = [one.person_id for one in certified.enrolments()]
    opens, track = CLOSES + dt.timedelta(days=90), certified.record.track
    later = SittingRecord(code="sau", track=track, opens=opens, closes=opens + dt.timedelta(days=2))
    before = standings("cio", persons, later)
    assert any(one.attempts for one in before.values())
    assert any(one.priors for one in before.values())
    annul(certified)
    after = standings("cio", persons, later)
    assert not any(one.attempts or one.priors for one in after.values())


def test_a_sitting_is_annulled_once_by_the_board_with_authority_and_ground(decided):
    for words in ((" ", "lý do"), ("văn bản", " ")):
        with pytest.raises(SittingError, match="phải ghi văn bản"):
            annul(decided, *words)
    with pytest.raises(DeniedError):
        act(annul_sitting, "giao-vu", decided, "văn bản", "lý do", now=LATER)
    annul(decided)
    with pytest.raises(SittingError, match="đã bị huỷ kết quả theo Quyết định huỷ số 3"):
        annul(decided)


@pytest.mark.parametrize("said", [(confirm, *ORDER), (acknowledge, "Đã xem")])
def test_nothing_is_said_of_a_fact_that_came_up_after_the_rest_was_shown(certified, entry, said):
    suspect(certified)
    shown = task_of(entry.pk).digest
    act(correct, "giao-vu", entry.person, "Căn cứ giả định", full_name="Nguyễn Mới", now=LATER)
    verb, *words = said
    with pytest.raises(CredentialError, match="điều cần xem xét về chứng chỉ này đã thay đổi"):
        act(verb, "van-thu", entry, *words, now=LATER, shown=shown)
    assert not entry.reviews.exists()
    assert act(verb, "van-thu", entry, *words, now=LATER, shown=task_of(entry.pk).digest)


def test_the_ledger_keeps_by_what_decision_and_why_a_certificate_was_let_stand(certified, entry):
    """Also where no fact is left of which that would be said."""
    act(suspend, "van-thu", entry, *ORDER, now=LATER)
    act(confirm, "van-thu", entry, *ORDER, now=LATER)
    line = LedgerLine.objects.get(kind="certificate.confirmed")
    assert all(words in line.after for words in ORDER)
    assert check(certified.centre) == []
