"""Each fact that undermines a certificate, to the letter, and what is kept of what people say."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from sittings import DECIDED_ON, act, decide, form_of, ids, who

from centre.accounts.users import the_user
from centre.decisions.cases import annul_sitting, close_case, open_case
from centre.decisions.decide import changed_evidence, latest
from centre.decisions.models import Annulment
from centre.ledger.acts import act as ledger_act
from centre.ledger.checkpoint import read_checkpoints
from centre.ledger.models import LedgerLine
from centre.marks.models import KeyCorrection, Mark, RubricCorrection, Ruling
from centre.people.privacy import correct, erase
from centre.register.examining import acknowledge, confirm, suspend
from centre.register.models import Entry, Review, Revocation
from centre.register.tasks import Fact, Task, open_tasks, require_looked_at, task_of
from centre.sittings.models import SittingRecord
from courses.foundation.errors import CredentialError
from grading.gradebook.scores import ManualMark, write_marks

LATER = DECIDED_ON + timedelta(days=3)
EVENING = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)  # the next year's first day in Vietnam
WAYS = ("all wrong", "blank", "partial", "malformed", "late")


def kept(*rows):
    """Rows, written as some act would have."""
    with transaction.atomic(), ledger_act(who("van-thu"), "tested", "x", DECIDED_ON) as done:
        done.insert(*rows)


def entry_of(sitting, way, number):
    """A certificate of another candidate of the sitting, whatever was decided on them."""
    decision = next(d for d in latest(sitting) if d.enrolment.candidate == ids(sitting)[way])
    serial, person = f"CIO-2026-{number:05}", decision.enrolment.person
    told = {"serial": serial, "printed": serial, "entry_number": number, "person_id": person.pk}
    told |= {"full_name": person.full_name, "birth_date": person.birth_date}
    told |= {"decision_id": decision.id, "verification_code": serial, "pdf_sha256": f"{number:064}"}
    entry = Entry(**Entry.objects.values().first() | told)
    kept(entry)
    return entry


@pytest.fixture
def entry(certified):
    assert certified.code
    return Entry.objects.get()


def facts():
    return {task.serial: [(one.key, one.text) for one in task.facts] for task in open_tasks()}


def refused(verb, *args, **options):
    with pytest.raises(CredentialError) as caught:
        verb(*args, **options)
    return caught.value.message


def last_line():
    line = LedgerLine.objects.last()
    return line.kind, line.subject, line.actor, line.at


def suspect(sitting, way="all right"):
    return act(open_case, "giao-vu", sitting, ids(sitting)[way], "giả định", now=LATER)


def close(sitting, *, upheld):
    words = {"authority": "Văn bản số 7", "now": LATER}
    best = ids(sitting)["all right"]
    act(close_case, "hoi-dong-1", sitting, best, "kết luận", upheld=upheld, **words)


def test_a_task_is_told_in_one_line():
    two = (Fact("a/1", "một"), Fact("b/2", "hai"))
    bare = Task("CIO-1", "CIO26-001", two[:1], (), looked_at=False, suspended_at=None)
    assert str(bare) == "CIO-1: một; thu hồi, cấp lại hoặc giữ nguyên"
    full = Task("CIO-1", "CIO26-001", two, ("a", "b"), looked_at=True, suspended_at=EVENING)
    assert str(full) == (
        "CIO-1: một; hai; đang xem xét từ ngày 01/01/2027; "
        "thu hồi, cấp lại hoặc giữ nguyên (đã xem: a, b)"
    )


def test_a_case_undermines_the_certificates_of_its_own_candidate(certified, entry):
    suspect(certified, "partial")
    assert facts() == {}
    case = suspect(certified)
    words = "đang có vụ việc vi phạm chưa kết luận"
    assert facts() == {entry.pk: [(f"case/{case.pk}/open", words)]}
    close(certified, upheld=True)
    words = "vụ việc vi phạm đã được kết luận là có (Văn bản số 7)"
    assert facts() == {entry.pk: [(f"case/{case.pk}/upheld", words)]}


def test_an_annulment_undermines_the_certificates_of_its_own_sitting(certified, entry):
    same = SittingRecord.objects.values().get(pk=certified.code)
    other = SittingRecord(**same | {"code": "ky-khac"})
    told = {"authority": "Số 1", "ground": "x", "annulled_at": LATER}
    kept(other)
    kept(Annulment(sitting=other, **told))
    assert facts() == {}
    act(annul_sitting, "hoi-dong-1", certified, "Số 3", "Lộ đề", now=LATER)
    words = f"kỳ {certified.code} đã bị huỷ kết quả (Số 3)"
    assert facts() == {entry.pk: [(f"annulment/{certified.code}", words)]}


def test_the_latest_decision_undermines_what_rests_on_an_earlier_one(certified, entry):
    suspect(certified)
    decide(certified, LATER)
    decision = next(d for d in latest(certified) if d.enrolment_id == entry.decision.enrolment_id)
    told = facts()[entry.pk]
    assert told[1:] == [
        (f"decision/{decision.id}", "quyết định mới nhất là “Kết quả không hợp lệ”")
    ]


@pytest.mark.parametrize("what", ["full_name", "birth_date"])
def test_a_correction_undermines_what_says_otherwise_until_the_person_is_erased(entry, what):
    value = {"full_name": "Nguyễn Mới", "birth_date": date(1980, 1, 2)}[what]
    act(correct, "giao-vu", entry.person, "Căn cứ", now=LATER, **{what: value})
    entry.refresh_from_db()
    digest = entry.person.state()["#"][:16]
    words = "họ tên hoặc ngày sinh đã được đính chính sau khi cấp"
    assert facts() == {entry.pk: [(f"person/{entry.person_id}/{digest}", words)]}
    act(erase, "giao-vu", entry.person, "Yêu cầu", now=LATER)
    assert facts() == {}


def recorded(entry, item, at):
    """By kind, what may be recorded of an essay after the decision."""
    record = entry.decision.enrolment.sitting
    mine = {"enrolment": entry.decision.enrolment, "item": item, "marker": "GK1", "revision": 9}
    all_of = {"sitting": record, "item": item, "ground": "x", "changes": "[]"}
    reviewed = {"proposed_at": at, "reviewed_at": at, "accepted": False}
    user, frozen = the_user("GK1"), record.settings_id
    return {
        "mark": Mark(**mine, round=9, levels="{}", marked_at=at),
        "ruling": Ruling(**mine, answer="x", share="1", ruled_at=at),
        "rubric": RubricCorrection(**all_of, number=9, rubric_id=frozen, applied_at=at),
        "key": KeyCorrection(**all_of, key_id=frozen, proposed_by=user, **reviewed),
    }


def essay_mark(sitting):
    """Another mark for an essay of the one who has passed."""
    form = form_of(sitting, ids(sitting)["all right"], "QL")
    essay = next(item for item in form.items if item.rubric)
    return ManualMark(ids(sitting)["all right"], form.code, essay.competency, essay.id, 7.0)


@pytest.mark.parametrize("kind", ["mark", "ruling", "rubric", "key"])
def test_marks_that_changed_after_the_decision_undermine_what_rests_on_it(certified, entry, kind):
    mark = essay_mark(certified)
    kept(recorded(entry, mark.cell, LATER)[kind])
    assert facts() == {}  # what was recorded has changed nothing
    assert write_marks(certified.course, [mark]) == 1
    digest = changed_evidence(certified)[mark.student]
    words = "điểm đã thay đổi sau quyết định, chưa quyết định lại"
    assert facts() == {entry.pk: [(f"evidence/{digest}", words)]}
    decide(certified, LATER)
    assert facts() == {}


def test_what_was_recorded_when_the_decision_was_made_is_not_later_than_it(certified, entry):
    mark = essay_mark(certified)
    kept(*recorded(entry, mark.cell, entry.decision.decided_at).values())
    write_marks(certified.course, [mark])
    assert facts() == {}


def test_tasks_are_told_by_serial_and_what_is_revoked_or_replaced_is_none(certified):
    numbers = {"all wrong": 5, "blank": 3, "partial": 4}
    others = [entry_of(certified, way, number) for way, number in numbers.items()]
    assert [task.serial for task in open_tasks()] == sorted(one.pk for one in others)
    assert [task.candidate for task in open_tasks()] == [
        ids(certified)[way] for way in ("blank", "partial", "all wrong")
    ]
    words = {"ground": "gian-lan", "reason": "x", "detail": "x", "revoked_at": LATER}
    kept(Revocation(entry=others[1], **words))
    told = Entry.objects.values().get(pk=others[0].pk)
    told |= {"serial": "CIO-2026-00009", "printed": "x", "entry_number": 9}
    told |= {"pdf_sha256": "x", "verification_code": "x", "supersedes_id": others[0].pk}
    kept(Entry(**told))
    assert [task.serial for task in open_tasks()] == ["CIO-2026-00004", "CIO-2026-00009"]


def test_a_batch_that_waits_names_the_first_five_certificates(certified, entry):
    others = [entry_of(certified, way, number) for number, way in enumerate(WAYS, 2)]
    suspect(certified)
    serials = [entry.pk, *(one.pk for one in others)]
    assert refused(require_looked_at) == (
        f"chưa cấp đợt mới: 6 chứng chỉ đã cấp cần xem xét trước ({', '.join(serials[:5])}); "
        "xem “cio task list”, rồi “cio task seen” hoặc xử lý"
    )
    assert [task_of(serial).serial for serial in serials] == serials
    for one in (entry, *others):
        assert act(acknowledge, "giao-vu", one, "Đã xem", now=LATER) == 1
    assert require_looked_at() is None
    assert refused(task_of, "CIO-9") == "CIO-9: không có việc nào cần xem xét"


def test_who_has_looked_is_kept_with_the_fact_the_note_and_the_time(certified, entry):
    suspect(certified)
    [[(key, _)]] = facts().values()
    assert act(acknowledge, "giao-vu", entry, " Đã xem ", now=LATER) == 1
    assert last_line() == ("task.seen", entry.pk, "giao-vu", LATER)
    row = Review.objects.get()
    assert (row.entry_id, row.fact, row.user.username) == (entry.pk, key, "giao-vu")
    assert (row.note, row.authority, row.confirmed) == ("Đã xem", "", False)
    assert row.reviewed_at == LATER
    assert act(acknowledge, "van-thu", entry, "Cũng xem", now=LATER) == 1
    [task] = open_tasks()
    assert (task.seen_by, task.looked_at) == (("giao-vu", "van-thu"), True)
    words = "phải ghi đã xem gì và việc sẽ làm"
    assert refused(act, acknowledge, "giao-vu", entry, " ", now=LATER) == words


def heads(sitting):
    return max(one.number for one in read_checkpoints(sitting.centre))


def test_a_suspension_is_kept_with_its_document_and_the_head_is_signed(certified, entry):
    before = heads(certified)
    row = act(suspend, "giao-vu", entry, " Số 9 ", " Lý do ", now=EVENING)
    assert last_line() == ("certificate.suspended", entry.pk, "giao-vu", EVENING)
    kept_row = entry.suspensions.get()
    assert (row.pk, row.authority, row.ground) == (kept_row.pk, "Số 9", "Lý do")
    assert (kept_row.suspended_at, kept_row.ended_at) == (EVENING, None)
    assert heads(certified) == LedgerLine.objects.last().number > before
    [task] = open_tasks()
    assert (task.facts, task.looked_at, task.suspended_at) == ((), True, EVENING)
    words = f"{entry.pk} đang được xem xét rồi"
    assert refused(act, suspend, "giao-vu", entry, "a", "b", now=LATER) == words
    words = "phải ghi văn bản và lý do đưa chứng chỉ vào diện xem xét"
    for told in ((" ", "b"), ("a", " ")):
        assert refused(act, suspend, "giao-vu", entry, *told, now=LATER) == words


@pytest.mark.parametrize("verb", [acknowledge, confirm])
def test_what_has_changed_since_it_was_shown_is_said_to_have(certified, entry, verb):
    suspect(certified)
    words = ("Số 9", "Căn cứ") if verb is confirm else ("Đã xem",)
    shown = task_of(entry.pk).digest
    close(certified, upheld=True)
    assert refused(act, verb, "van-thu", entry, *words, now=LATER, shown=shown) == (
        "từ lúc mở trang, điều cần xem xét về chứng chỉ này đã thay đổi; xem lại rồi ghi"
    )
    assert not Review.objects.exists()
    assert act(verb, "van-thu", entry, *words, now=LATER, shown=task_of(entry.pk).digest)


def test_confirming_is_kept_for_each_fact_and_ends_the_suspension(certified, entry):
    suspect(certified)
    act(acknowledge, "van-thu", entry, "Đã xem", now=LATER)
    act(suspend, "van-thu", entry, "Số 9", "Lý do", now=LATER)
    [task] = open_tasks()
    before = heads(certified)
    assert act(confirm, "van-thu", entry, " Số 10 ", " Căn cứ ", now=EVENING) == task
    line = LedgerLine.objects.last()
    assert (line.kind, line.subject, line.actor) == ("certificate.confirmed", entry.pk, "van-thu")
    assert (line.at, json.loads(line.after)["detail"]) == (
        EVENING,
        {"authority": "Số 10", "ground": "Căn cứ"},
    )
    row = Review.objects.get(confirmed=True)
    assert (row.fact, row.authority, row.note) == (task.facts[0].key, "Số 10", "Căn cứ")
    assert (row.reviewed_at, row.user.username) == (EVENING, "van-thu")
    assert entry.suspensions.get().ended_at == EVENING
    assert heads(certified) == line.number > before
    assert open_tasks() == []
    close(certified, upheld=True)
    [task] = open_tasks()
    assert (task.seen_by, task.looked_at) == ((), False)


def test_what_was_said_stands_although_its_head_cannot_be_signed(certified, entry, monkeypatch):
    def broken():
        raise RuntimeError("no disk")

    monkeypatch.setattr("centre.register.examining.checkpoint_now", broken)
    act(suspend, "van-thu", entry, "Số 9", "Lý do", now=LATER)
    act(confirm, "van-thu", entry, "Số 10", "Căn cứ", now=LATER)
    assert [one.ended_at for one in entry.suspensions.all()] == [LATER]
    assert certified.code


def test_what_can_not_be_confirmed_or_suspended_is_said(certified, entry):
    words = "phải ghi quyết định giữ nguyên chứng chỉ và căn cứ"
    for told in ((" ", "b"), ("a", " ")):
        assert refused(act, confirm, "van-thu", entry, *told, now=LATER) == words
    other = entry_of(certified, "partial", 2)
    told = {"ground": "gian-lan", "reason": "x", "detail": "x", "revoked_at": LATER}
    kept(Revocation(entry=entry, **told))
    words = f"{entry.pk} đã bị thu hồi hoặc đã được thay thế"
    for verb in (suspend, confirm):
        assert refused(act, verb, "van-thu", entry, "a", "b", now=LATER) == words
    assert act(suspend, "van-thu", other, "a", "b", now=LATER).entry_id == other.pk
