"""Why nothing is issued, to the letter, and what an issue leaves in register, ledger and folder."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from sittings import DECIDED_ON, act, approve, decide, ids, issue, who

from centre.decisions.cases import close_case, open_case
from centre.decisions.decide import latest
from centre.decisions.models import Decision
from centre.ledger.acts import act as ledger_act
from centre.ledger.checkpoint import read_checkpoints
from centre.ledger.models import LedgerLine
from centre.people.models import Enrolment, Track
from centre.register import issue as issuing
from centre.register.examining import acknowledge
from centre.register.issue import certificate_path, enrol_key, issue_all, reissue, the_signer
from centre.register.models import Entry, Key
from centre.register.revoke import revoke
from centre.sittings.models import SittingRecord
from courses.foundation.errors import CredentialError
from grading.credentials.keys import create_demo_key, issuer_of, load_signer

LATER = DECIDED_ON + timedelta(days=3)
CHANGED = "có thay đổi sau khi quyết định; chạy lại “cio decide”"


def decision_of(sitting, way="all right"):
    return next(d for d in latest(sitting) if d.enrolment.candidate == ids(sitting)[way])


def suspect(sitting):
    best = ids(sitting)["all right"]
    act(open_case, "giao-vu", sitting, best, "giả định", now=DECIDED_ON)


def dismiss(sitting):
    """The case is dismissed, and all are decided on anew."""
    words = {"upheld": False, "authority": "Văn bản số 7", "now": DECIDED_ON}
    best = ids(sitting)["all right"]
    act(close_case, "hoi-dong-1", sitting, best, "không có căn cứ", **words)
    decide(sitting)


def kept(*rows):
    """Rows, written as some act would have."""
    with transaction.atomic(), ledger_act(who("van-thu"), "tested", "x", DECIDED_ON) as done:
        done.insert(*rows)


def change(row, **values):
    with transaction.atomic(), ledger_act(who("van-thu"), "tested", "x", DECIDED_ON) as done:
        done.change(row, **values)


def refused(verb, *args, **options):
    """The message of a refusal, and the file that it names."""
    with pytest.raises(CredentialError) as caught:
        act(verb, "van-thu", *args, **options)
    return caught.value.message, caught.value.path


def with_demo(centre, *, demo):
    return replace(centre, settings=centre.settings.model_copy(update={"demo": demo}))


@pytest.fixture
def signer(decided):
    """The decided centre's signer, whose key is enrolled."""
    made = the_signer(decided.centre, DECIDED_ON)
    act(enrol_key, "van-thu", made, now=DECIDED_ON)
    return made


def test_a_demonstration_makes_its_own_key_where_its_settings_say_and_once(decided):
    centre = decided.centre
    path = centre.folder / centre.settings.signing_key
    assert not path.exists()
    made = the_signer(centre, DECIDED_ON)
    assert (path.exists(), made.is_demo) == (True, True)
    assert issuer_of(made.certificate_pem) == centre.settings.issuer.name
    assert made.valid_from <= DECIDED_ON <= LATER < made.valid_to
    assert the_signer(centre, LATER).fingerprint == made.fingerprint
    with pytest.raises(CredentialError) as caught:
        the_signer(with_demo(centre, demo=False), LATER)
    assert caught.value.message == (
        "khoá trình diễn chỉ dùng cho trung tâm trình diễn, và ngược lại"
    )
    assert caught.value.path == path


def test_a_centre_that_is_no_demonstration_makes_no_key(decided):
    with pytest.raises(CredentialError):
        the_signer(with_demo(decided.centre, demo=False), DECIDED_ON)
    assert not Key.objects.exists()
    assert not (decided.centre.folder / decided.centre.settings.signing_key).exists()


def test_a_key_is_enrolled_once_with_what_its_certificate_says(decided, signer):
    key, lines = Key.objects.get(), LedgerLine.objects.count()
    line = LedgerLine.objects.last()
    assert (line.kind, line.subject, line.at) == ("key.enrolled", signer.fingerprint, DECIDED_ON)
    assert (line.actor, key.fingerprint) == ("van-thu", signer.fingerprint)
    assert (key.purpose, key.is_demo) == ("certificate", True)
    assert key.certificate_pem == signer.certificate_pem
    assert (key.valid_from, key.valid_to) == (signer.valid_from, signer.valid_to)
    assert act(enrol_key, "van-thu", signer, now=LATER) == key
    assert LedgerLine.objects.count() == lines
    assert decided.code


def test_only_a_pass_in_effect_is_issued(decided, signer):
    failed = decision_of(decided, "partial")
    words = ("chỉ cấp theo quyết định “đạt” đã có hiệu lực", None)
    assert refused(issuing.issue, decided.centre, failed, signer, now=DECIDED_ON) == words
    assert not Entry.objects.exists()


def test_a_key_that_is_unknown_for_another_purpose_or_out_of_date_signs_nothing(decided, signer):
    decision, key = decision_of(decided), Key.objects.get()
    start, end = key.valid_from, key.valid_to
    moment = timedelta(microseconds=1)

    def said(at):
        return refused(issuing.issue, decided.centre, decision, signer, now=at)

    words = ("khoá ký không còn hoặc chưa có hiệu lực", None)
    assert (said(start - moment), said(end + moment)) == (words, words)
    change(key, purpose="x")
    assert said(DECIDED_ON) == ("khoá ký chưa được ghi vào sổ khoá", None)
    change(key, purpose="certificate", valid_from=DECIDED_ON, valid_to=None)
    entry, new = act(issuing.issue, "van-thu", decided.centre, decision, signer, now=DECIDED_ON)
    assert (entry.key_id, new) == (key.pk, True)


def test_a_key_that_was_not_enrolled_signs_nothing_beside_one_that_was(decided, signer, tmp_path):
    other = load_signer(create_demo_key(tmp_path, decided.centre.settings.issuer.name, DECIDED_ON))
    assert other.fingerprint != signer.fingerprint
    told = (decided.centre, decision_of(decided), other)
    words = ("khoá ký chưa được ghi vào sổ khoá", None)
    assert refused(issuing.issue, *told, now=DECIDED_ON) == words


def test_a_key_signs_to_its_last_moment(decided, signer):
    change(Key.objects.get(), valid_to=LATER)
    decision = decision_of(decided)
    assert act(issuing.issue, "van-thu", decided.centre, decision, signer, now=LATER)[1]
    detail = json.loads(LedgerLine.objects.last().after)["detail"]
    assert detail == {"register_number": "1/2026"}


def test_who_holds_a_certificate_of_another_track_gets_the_one_of_this(decided, signer):
    decision = decision_of(decided)
    person, track = decision.enrolment.person, Track(code="khac", name="Chương trình khác")
    told = SittingRecord.objects.values().get(pk=decided.code)
    sitting = SittingRecord(**told | {"code": "ky-khac", "track_id": "khac"})
    told = Enrolment.objects.values().get(pk=decision.enrolment_id)
    enrolment = Enrolment(**told | {"id": 99, "sitting_id": "ky-khac"})
    told = Decision.objects.values().get(pk=decision.pk)
    other = Decision(**told | {"id": "KHAC", "enrolment_id": 99})
    kept(track, sitting, enrolment, other)
    certificate = {
        "serial": "K-1", "printed": "K-1", "year": 2026, "person": person, "decision": other,
        "full_name": person.full_name, "birth_date": person.birth_date, "pdf_sha256": "x",
        "issued_on": DECIDED_ON.date(), "key": Key.objects.get(), "verification_code": "x",
    }  # fmt: skip
    kept(Entry(**certificate))
    entry, new = act(issuing.issue, "van-thu", decided.centre, decision, signer, now=DECIDED_ON)
    assert (entry.pk, new) == ("CIO-2026-00001", True)


def test_the_document_that_a_batch_is_issued_by_stands_in_the_ledger(decided, signer):
    before = max(one.number for one in read_checkpoints(decided.centre))
    [one] = issue_all(who("van-thu"), decided, signer, now=DECIDED_ON, accepted=" Văn bản số 5 ")
    line = LedgerLine.objects.last()
    assert (line.kind, line.subject, line.actor) == ("certificate.issued", one.serial, "van-thu")
    assert line.at == DECIDED_ON
    told = {"register_number": "1/2026", "ground": "Văn bản số 5"}
    assert json.loads(line.after)["detail"] == told
    assert max(one.number for one in read_checkpoints(decided.centre)) == line.number > before
    assert (one.candidate, one.refused, one.new) == (ids(decided)["all right"], "", True)
    assert one.path == certificate_path(decided.centre, one.serial)
    assert one.path == decided.centre.certificates / f"{one.serial}.pdf"
    [signature] = PdfFileReader(io.BytesIO(one.path.read_bytes())).embedded_signatures
    assert signature.sig_object["/Reason"] == f"Cấp, số hiệu {one.serial}"
    assert signature.self_reported_timestamp == DECIDED_ON


def test_what_a_batch_would_tell_is_asked_before_of_those_it_names_unless_a_document_says_so(
    decided, signer, monkeypatch
):
    asked = []

    def told(enrolments, *, now):
        asked.append((enrolments, now, Entry.objects.count()))

    monkeypatch.setattr(issuing, "require_untold", told)
    best = decision_of(decided).enrolment
    [one] = issue_all(who("van-thu"), decided, signer, now=DECIDED_ON)
    assert (asked, one.new) == ([({str(best.pk)}, DECIDED_ON, 0)], True)
    list(issue_all(who("van-thu"), decided, signer, now=LATER, accepted="Văn bản số 5"))
    assert len(asked) == 1
    suspect(decided)
    act(acknowledge, "van-thu", Entry.objects.get(), "Đã xem", now=LATER)
    list(issue_all(who("van-thu"), decided, signer, now=LATER, accepted=" "))
    assert asked[1:] == [(set(), LATER, 1)]


def test_without_such_a_document_the_ledger_names_none(decided, signer):
    assert [one.new for one in issue_all(who("van-thu"), decided, signer, now=DECIDED_ON)] == [True]
    line = LedgerLine.objects.get(kind="certificate.issued")
    assert json.loads(line.after)["detail"] == {"register_number": "1/2026"}


def test_of_whom_something_changed_is_named_and_left_aside(decided):
    suspect(decided)
    [one] = issue(decided)
    assert (one.refused, one.serial, one.path, one.new) == (CHANGED, "", None, False)
    assert one.candidate == ids(decided)["all right"]


def test_a_register_that_refuses_a_row_is_named_with_the_kind_of_its_error(certified):
    row = Entry.objects.values().get()
    row |= {"serial": "CIO-2026-00002", "year": 2025, "pdf_sha256": "x", "verification_code": "x"}
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("DELETE FROM centre_entry")
        cursor.execute(f"INSERT INTO centre_entry ({names}) VALUES ({marks})", [*row.values()])  # noqa: S608
        cursor.execute("UPDATE centre_entry SET serial = 'CIO-2026-00001', person_id = 'P'")
    [one] = issue(certified)
    assert one.refused == "không ghi được sổ cấp (IntegrityError); hãy chạy lại"
    assert one.candidate == ids(certified)["all right"]


def test_an_original_that_is_lost_or_changed_is_named_with_its_file(certified):
    [entry] = Entry.objects.all()
    path = certificate_path(certified.centre, entry.serial)
    signer = the_signer(certified.centre, LATER)

    def said():
        told = (certified.centre, decision_of(certified), signer)
        return refused(issuing.issue, *told, now=LATER)

    path.write_bytes(path.read_bytes() + b"\n")
    assert said() == ("tệp không còn là bản gốc; khôi phục từ bản sao lưu", path)
    path.unlink()
    assert said() == (
        "không đọc được bản gốc đã cấp; khôi phục từ bản sao lưu, không cấp bản thứ hai",
        path,
    )


def test_why_a_certificate_is_not_issued_again_is_said(certified):
    [entry] = Entry.objects.all()
    signer = the_signer(certified.centre, LATER)

    def said(ground="Căn cứ"):
        return refused(reissue, certified.centre, entry, ground, signer, now=LATER)

    assert said(" ") == ("phải ghi căn cứ cấp lại", None)
    suspect(certified)
    assert said() == ("có thay đổi sau khi quyết định; chạy lại “cio decide” trước", None)
    decide(certified)
    words = "quyết định hiện hành không phải “đạt” có hiệu lực; không cấp lại"
    assert said() == (words, None)
    approve(certified)
    assert said() == (words, None)
    dismiss(certified)
    assert said() == (words, None)
    row = Entry.objects.values().get()
    told = {"serial": "CIO-2026-00002", "printed": "x", "entry_number": 2, "pdf_sha256": "x"}
    kept(Entry(**row | told | {"verification_code": "x", "supersedes_id": entry.pk}))
    words = f"{entry.pk} đã được thay thế; cấp lại từ chứng chỉ sau cùng"
    assert said() == (words, None)


def test_a_revoked_certificate_is_not_issued_by_a_batch_and_its_reissue_names_the_ground(certified):
    [entry] = Entry.objects.all()
    act(revoke, "van-thu", entry, "gian-lan", "Số 12", now=LATER)
    signer = the_signer(certified.centre, LATER)
    words = ("chứng chỉ đã bị thu hồi; cấp lại bằng “cio reissue” nếu có căn cứ", None)
    told = (certified.centre, decision_of(certified), signer)
    assert refused(issuing.issue, *told, now=LATER) == words
    new = act(reissue, "van-thu", certified.centre, entry, " Số 3 ", signer, now=LATER)
    line = LedgerLine.objects.last()
    assert (line.kind, line.subject, line.at) == ("certificate.issued", new.pk, LATER)
    told = {"register_number": "2/2026", "ground": "Số 3"}
    assert json.loads(line.after)["detail"] == told


def test_a_pass_decided_again_after_a_revocation_is_not_issued_by_a_batch(certified):
    """The sitting is the same: what was revoked comes back by a reissue, which names its ground."""
    act(revoke, "van-thu", Entry.objects.get(), "gian-lan", "Số 12", now=LATER)
    suspect(certified)
    decide(certified)
    dismiss(certified)
    approve(certified)
    [one] = issue(certified, LATER)
    assert one.refused == "chứng chỉ đã bị thu hồi; cấp lại bằng “cio reissue” nếu có căn cứ"
    assert Entry.objects.count() == 1


def test_a_folder_that_cannot_be_written_is_named_with_its_file_and_number(decided, signer):
    folder = decided.centre.certificates
    folder.write_text("a file where the folder should be", "utf-8")
    told = (decided.centre, decision_of(decided), signer)
    message, path = refused(issuing.issue, *told, now=DECIDED_ON)
    assert message == "không ghi được tệp (lỗi 17)"
    assert path == folder / "CIO-2026-00001.pdf"
