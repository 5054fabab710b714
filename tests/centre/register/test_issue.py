"""Certificates: one for each pass in effect, numbered through the year, never a second."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import transaction
from sittings import (
    CLOSES,
    DECIDED_ON,
    OPENS,
    PAPERS,
    act,
    approve,
    decide,
    ids,
    issue,
    let_pass,
    mark_essays,
    people,
    prepare_sitting,
    who,
)

from centre.decisions.board import draw_sheet
from centre.decisions.cases import close_case, open_case
from centre.decisions.decide import latest
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.marks.agreed import write_agreed
from centre.people.privacy import correct, erase
from centre.people.records import enter_earlier
from centre.register import issue as issuing
from centre.register.book import Book
from centre.register.examining import acknowledge
from centre.register.issue import certificate_path, enrol_key, issue_all, reissue, the_signer
from centre.register.models import Entry
from centre.register.revoke import revoke, the_entry
from centre.register.tasks import open_tasks
from cohort_data.rosters.prior import PriorPass
from courses.foundation.errors import CentreError, CredentialError, DeniedError
from grading.credentials.revocation import grounds_on
from grading.credentials.verification import Verdict, verify

FRAUD = ("gian-lan", "Quyết định thu hồi số 12/QĐ-GĐ ngày 10/11/2026 (giả định)")
GROUND = "Quyết định đính chính giả định số 3"
LATER = DECIDED_ON + dt.timedelta(days=3)
VIETNAM = dt.timezone(dt.timedelta(hours=7))


def verdict(sitting, path):
    """What anyone's check says of a file today."""
    now = dt.datetime.now(dt.UTC)
    return verify(path, Book(sitting.centre, now), now)


def entry_of(sitting):
    return Entry.objects.get(serial=only(sitting).stem)


def only(sitting):
    [path] = sitting.centre.certificates.glob("*.pdf")
    return path


def file_of(sitting, entry):
    return certificate_path(sitting.centre, entry.serial)


def pass_of(sitting):
    """The one whose answers are all right."""
    best = ids(sitting)["all right"]
    return next(d for d in latest(sitting) if d.enrolment.candidate == best)


def suspect(sitting):
    best = ids(sitting)["all right"]
    act(open_case, "giao-vu", sitting, best, "tình huống giả định", now=DECIDED_ON)


@pytest.fixture
def reissued(certified):
    """Reissue the only certificate on a ground."""

    def again(ground=GROUND, at=LATER):
        signer = the_signer(certified.centre, at)
        old = Entry.objects.filter(successor=None).last()
        return act(reissue, "van-thu", certified.centre, old, ground, signer, now=at)

    return again


def test_who_passed_and_was_approved_has_a_certificate_and_nobody_else(certified):
    [entry] = Entry.objects.all()
    assert entry.decision_id == pass_of(certified).id
    assert verdict(certified, only(certified)).verdict is Verdict.VALID


def test_an_issue_enters_the_holder_and_files_what_it_entered(certified):
    entry, enrolment = entry_of(certified), pass_of(certified).enrolment
    assert (entry.serial, entry.year, entry.entry_number) == ("CIO-2026-00001", 2026, 1)
    assert entry.full_name == enrolment.person.full_name
    assert entry.birth_date == enrolment.person.birth_date
    assert (entry.position, entry.agency) == (enrolment.position, enrolment.agency.name)


def test_an_issue_leaves_a_ledger_line_without_the_holders_name(certified):
    line = LedgerLine.objects.get(kind="certificate.issued")
    assert (line.subject, line.actor) == ("CIO-2026-00001", "van-thu")
    assert entry_of(certified).full_name.split()[0] not in line.after
    assert check(certified.centre) == []


def test_the_code_has_eighty_bits_in_groups(certified):
    letters = "[0-9A-HJKMNP-TV-Z]{4}"
    assert re.fullmatch(f"{letters}(-{letters}){{3}}", entry_of(certified).verification_code)


def test_without_the_boards_signatures_nobody_gets_a_certificate(graded):
    for marker in graded.settings.marking.markers:
        mark_essays(graded, marker)
    write_agreed(graded)
    decide(graded)
    act(draw_sheet, "giao-vu", graded, "Nghị quyết giả định", now=DECIDED_ON)
    assert issue(graded) == []
    signer = the_signer(graded.centre, DECIDED_ON)
    with pytest.raises(CredentialError, match="đã có hiệu lực"):
        act(issuing.issue, "van-thu", graded.centre, pass_of(graded), signer, now=DECIDED_ON)
    assert not Entry.objects.exists()


def test_approval_of_an_earlier_revision_does_not_let_a_later_one_through(decided):
    suspect(decided)
    decide(decided)
    approve(decided)
    assert issue(decided) == []


def test_running_again_issues_nothing_new_and_leaves_every_byte(certified):
    path, lines = only(certified), LedgerLine.objects.count()
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    [again] = issue(certified, LATER)
    assert (again.path, again.new) == (path, False)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert (Entry.objects.count(), LedgerLine.objects.count()) == (1, lines)


def test_a_pass_that_is_decided_again_makes_no_second_certificate(certified):
    suspect(certified)
    decide(certified)
    words = {"upheld": False, "authority": "Văn bản giả định", "now": DECIDED_ON}
    best = ids(certified)["all right"]
    act(close_case, "hoi-dong-1", certified, best, "không có căn cứ", **words)
    decide(certified)
    approve(certified)
    assert pass_of(certified).revision == 3
    [again] = issue(certified, LATER)
    assert (again.serial, again.new) == ("CIO-2026-00001", False)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_one_changed_byte_is_not_the_original(certified, tmp_path, place):
    content = bytearray(only(certified).read_bytes())
    content[int(len(content) * place)] ^= 1
    path = tmp_path / "sua.pdf"
    path.write_bytes(content)
    assert verdict(certified, path).verdict is Verdict.NOT_ORIGINAL


def test_a_lost_original_is_reported_and_no_second_one_made(certified):
    path = only(certified)
    path.unlink()
    [one] = issue(certified, LATER)
    assert "khôi phục từ bản sao lưu, không cấp bản thứ hai" in one.refused
    assert not path.exists()
    assert Entry.objects.count() == 1


def test_a_changed_original_is_reported(certified):
    only(certified).write_bytes(b"%PDF-1.7 something else")
    [one] = issue(certified, LATER)
    assert "không còn là bản gốc" in one.refused


def test_one_that_cannot_be_printed_is_named_and_the_others_are_issued(decided):
    """A single name must not stop everybody after it, and uses up no number."""
    let_pass(decided, ids(decided)["late"])
    first = decided.enrolment(ids(decided)["all right"]).person
    act(correct, "giao-vu", first, GROUND, full_name="Nguyễn Ｋhoa 漢", now=DECIDED_ON)
    done = {one.candidate: one for one in issue(decided)}
    refused, served = (done[ids(decided)[way]] for way in ("all right", "late"))
    assert (refused.serial, refused.path) == ("", None)
    assert refused.refused
    assert (served.serial, served.refused) == ("CIO-2026-00001", "")
    act(correct, "giao-vu", first, GROUND, full_name="Nguyễn Khoa", now=LATER)
    assert [one.serial for one in issue(decided, LATER)] == ["CIO-2026-00002", "CIO-2026-00001"]


def test_neither_a_lost_original_nor_an_open_case_stops_those_after_it(certified):
    let_pass(certified, ids(certified)["late"])
    only(certified).unlink()
    done = {one.candidate: one for one in issue(certified, LATER)}
    assert done[ids(certified)["all right"]].refused
    assert done[ids(certified)["late"]].serial == "CIO-2026-00002"
    suspect(certified)
    act(acknowledge, "giao-vu", Entry.objects.first(), "Đã xem", now=LATER)
    done = {one.candidate: one for one in issue(certified, LATER)}
    assert "có thay đổi sau khi quyết định" in done[ids(certified)["all right"]].refused
    assert done[ids(certified)["late"]].serial == "CIO-2026-00002"


def test_a_folder_that_cannot_be_written_is_named_and_nothing_entered(decided):
    decided.centre.certificates.write_text("a file where the folder should be", "utf-8")
    with transaction.atomic():
        enrol_key(who("van-thu"), the_signer(decided.centre, DECIDED_ON), now=DECIDED_ON)
    lines = LedgerLine.objects.count()
    signer = the_signer(decided.centre, DECIDED_ON)
    [one] = issue_all(who("van-thu"), decided, signer, now=DECIDED_ON)
    assert "không ghi được tệp" in one.refused
    assert (Entry.objects.count(), LedgerLine.objects.count()) == (0, lines)


def test_two_sittings_of_one_year_share_one_run_of_serials(certified):
    """Serials are the centre's: the genuine second certificate is in the same register."""
    opens = OPENS + dt.timedelta(days=40)
    second = prepare_sitting(
        certified.centre,
        people(8)[6:],
        bank=certified.settings.bank,
        code="ky-hai",
        opens=opens,
        closes=opens + (CLOSES - OPENS),
        papers=PAPERS[:3],  # the small bank has one capstone
    )
    at, candidate = opens + dt.timedelta(days=9), second.enrolments()[0].candidate
    kept = [PriorPass(candidate, "CAP", OPENS.date(), Decimal("0.8"))]
    act(enter_earlier, "giao-vu", second, kept, "Biên bản giả định", now=at)
    let_pass(second, candidate, at)
    [issued] = issue(second, at)
    assert issued.serial == "CIO-2026-00002"
    assert {p.stem for p in certified.centre.certificates.iterdir()} == {
        *("CIO-2026-00001", "CIO-2026-00002")
    }
    for path in certified.centre.certificates.iterdir():
        assert verdict(certified, path).verdict is Verdict.VALID


def test_a_revoked_certificate_shows_as_revoked_and_is_not_issued_anew(certified):
    path = only(certified)
    act(revoke, "van-thu", the_entry(path.stem), *FRAUD, now=LATER)
    found = verdict(certified, path)
    assert found.verdict is Verdict.REVOKED
    assert f"{LATER.astimezone(VIETNAM):%d/%m/%Y}" in found.explanation
    assert "Gian lận" in found.explanation
    assert "Điều 8 Thông tư 03/2023/TT-BNV" in found.explanation
    assert "12/QĐ-GĐ" not in found.explanation
    [again] = issue(certified, LATER)
    assert "đã bị thu hồi; cấp lại bằng “cio reissue”" in again.refused
    assert Entry.objects.count() == 1


def test_a_second_revocation_changes_neither_date_nor_reason_nor_ledger(certified):
    entry = entry_of(certified)
    first = act(revoke, "van-thu", entry, *FRAUD, now=LATER)
    lines = LedgerLine.objects.count()
    with pytest.raises(CredentialError, match="đã bị thu hồi lúc"):
        act(revoke, "van-thu", entry, "cho-muon", "lý do khác", now=LATER + dt.timedelta(30))
    first.refresh_from_db()
    assert (first.ground, first.revoked_at) == ("gian-lan", LATER)
    assert LedgerLine.objects.count() == lines


@pytest.mark.parametrize(
    ("ground", "detail", "message"),
    [
        ("gian-lan", "  ", "phải ghi rõ lý do"),
        ("khong-thich", "Không thích", "chọn một trong: gian-lan"),
    ],
)
def test_a_revocation_without_reason_or_legal_ground_is_refused(certified, ground, detail, message):
    with pytest.raises(CredentialError, match=message):
        act(revoke, "van-thu", entry_of(certified), ground, detail, now=LATER)
    assert verdict(certified, only(certified)).verdict is Verdict.VALID


def test_an_unknown_serial_is_named():
    with pytest.raises(CredentialError, match="CIO-2026-00009"):
        the_entry("CIO-2026-00009")


def test_grounds_are_those_in_force_on_the_day():
    assert [ground.id for ground in grounds_on(dt.date(2023, 6, 15)).grounds] == [
        "gian-lan",
        "sai-doi-tuong",
        "sai-tham-quyen",
        "tay-xoa-sua-chua",
        "cho-muon",
        "loi-cua-co-so-cap",
    ]
    with pytest.raises(CredentialError, match="14/06/2023"):
        grounds_on(dt.date(2023, 6, 14))


def test_only_the_registrar_issues_reissues_and_revokes(decided):
    with pytest.raises(DeniedError, match="cán bộ cấp chứng chỉ"):
        list(issue_all(who("giao-vu"), decided, the_signer(decided.centre, LATER), now=LATER))


def test_a_reissue_has_a_number_of_its_own_and_says_what_the_records_say_now(certified, reissued):
    old = entry_of(certified)
    name = f"{old.full_name} Sửa"
    act(correct, "giao-vu", old.person, GROUND, full_name=name, now=LATER)
    assert [one.serial for one in open_tasks()] == [old.serial]
    new = reissued()
    assert (new.serial, new.supersedes_id, new.full_name) == ("CIO-2026-00002", old.serial, name)
    replaced = verdict(certified, file_of(certified, old))
    assert (replaced.verdict, new.serial in replaced.explanation) == (Verdict.REPLACED, True)
    assert verdict(certified, file_of(certified, new)).verdict is Verdict.VALID
    assert open_tasks() == []
    assert [one.serial for one in issue(certified, LATER)] == [new.serial]


def test_what_was_revoked_can_be_issued_again_once_on_a_ground(certified, reissued):
    old = entry_of(certified)
    act(revoke, "van-thu", old, "loi-cua-co-so-cap", "In sai chức vụ (giả định)", now=LATER)
    new = reissued()
    assert new.serial == "CIO-2026-00002"
    assert verdict(certified, file_of(certified, old)).verdict is Verdict.REVOKED
    assert verdict(certified, file_of(certified, new)).verdict is Verdict.VALID
    signer = the_signer(certified.centre, LATER)
    with pytest.raises(CredentialError, match="đã được thay thế"):
        act(reissue, "van-thu", certified.centre, old, GROUND, signer, now=LATER)
    assert reissued().serial == "CIO-2026-00003"


def test_a_reissue_names_its_ground_and_rests_on_a_pass_that_stands(certified, reissued):
    with pytest.raises(CredentialError, match="phải ghi căn cứ"):
        reissued(ground="  ")
    suspect(certified)
    decide(certified)
    with pytest.raises(CredentialError, match="không phải “đạt” có hiệu lực"):
        reissued()
    assert Entry.objects.count() == 1


def test_a_certificate_whose_pass_is_gone_is_named_as_undermined(certified):
    """What is found out later reaches what was issued earlier."""
    assert open_tasks() == []
    suspect(certified)
    [open_one] = open_tasks()
    assert "đang có vụ việc vi phạm chưa kết luận" in str(open_one)
    words = {"upheld": True, "authority": "Văn bản giả định", "now": DECIDED_ON}
    act(close_case, "hoi-dong-1", certified, ids(certified)["all right"], "có", **words)
    [proven] = open_tasks()
    assert "đã được kết luận là có" in str(proven)
    act(revoke, "van-thu", entry_of(certified), *FRAUD, now=LATER)
    assert open_tasks() == []


def test_whose_data_were_erased_gets_no_certificate_and_the_register_keeps_its_entries(certified):
    entry = entry_of(certified)
    kept = act(erase, "giao-vu", entry.person, "Yêu cầu giả định", now=LATER)
    assert kept == [entry.serial]
    assert verdict(certified, only(certified)).verdict is Verdict.VALID
    assert check(certified.centre) == []
    with pytest.raises(CentreError, match="đã xoá"):
        act(correct, "giao-vu", entry.person, GROUND, full_name="Nguyễn Mới", now=LATER)
