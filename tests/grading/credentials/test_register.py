import datetime as dt
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from grading.credentials.register import VIETNAM, enrol_key, issue, revoke
from grading.records.ledger import broken_lines
from grading.records.schema import LedgerEntry, SigningKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.foundation.errors import CredentialError
from grading.credentials import register
from grading.credentials.keys import create_demo_key, load_signer
from grading.credentials.revocation import Revocation, grounds_on
from grading.credentials.verification import Verdict

FRAUD = Revocation("gian-lan", "Quyết định thu hồi số 12/QĐ-GĐ ngày 10/03/2026 (giả định)")

ISSUING = """
import os, runpy, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.orm import Session
from grading.credentials.keys import load_signer
conftest, key, folder, first, count, fate = sys.argv[1:]
house = runpy.run_path(conftest)["open_house"](Path(folder), load_signer(Path(key)))
if fate == "killed":
    die = lambda session: os.kill(os.getpid(), signal.SIGKILL)
    event.listen(Session, "before_commit", die)
for number in range(int(first), int(first) + int(count)):
    house.issue(number)
house.close()
"""


def issuing_process(key_file, folder, first, count, fate="finishes"):
    arguments = [Path(__file__).with_name("conftest.py"), key_file, folder, first, count, fate]
    return subprocess.Popen([sys.executable, "-c", ISSUING, *map(str, arguments)])


def test_an_issue_enters_the_holder_and_files_what_it_entered(house):
    entry = house.issue(1)
    (kept,) = house.entries()
    assert (kept.serial, kept.year, kept.entry_number) == ("CIO-2026-00001", 2026, 1)
    assert (kept.full_name, kept.birth_date) == ("Nguyễn Thị Giả Định", dt.date(1980, 3, 7))
    assert (kept.status, kept.revoked_at) == ("valid", None)
    assert entry.pdf_sha256 == kept.pdf_sha256
    assert house.check(house.file(kept.serial)).verdict is Verdict.VALID


def test_an_issue_leaves_a_ledger_line_without_the_holders_name(house):
    house.issue(1)
    assert house.ledger()[-1] == ("certificate.issued", "CIO-2026-00001")
    with house.records() as session:
        assert broken_lines(session) == []
        assert "Nguyễn" not in str([line.detail for line in session.query(LedgerEntry)])


def test_the_code_has_eighty_bits_in_groups_and_never_the_same_twice(house):
    codes = [house.issue(number).verification_code for number in range(1, 4)]
    letters = "[0-9A-HJKMNP-TV-Z]{4}"
    assert all(re.fullmatch(f"{letters}(-{letters}){{3}}", code) for code in codes)
    assert len(set(codes)) == 3


def test_issuing_the_same_decision_again_rewrites_nothing(house):
    first = house.issue(1)
    path = house.file(first.serial)
    before = (path.read_bytes(), path.stat().st_mtime_ns, house.ledger())
    again = house.issue(1, now=dt.datetime(2027, 1, 1, tzinfo=VIETNAM))
    assert again.serial == first.serial
    assert again.verification_code == first.verification_code
    assert (path.read_bytes(), path.stat().st_mtime_ns, house.ledger()) == before


def test_a_lost_original_is_reported_and_no_second_one_made(house):
    entry = house.issue(1)
    house.file(entry.serial).unlink()
    with pytest.raises(CredentialError, match="khôi phục từ bản sao lưu"):
        house.issue(1)
    assert not house.file(entry.serial).exists()
    assert len(house.entries()) == 1


def test_a_changed_original_is_reported(house):
    entry = house.issue(1)
    house.file(entry.serial).write_bytes(b"%PDF-1.7 something else")
    with pytest.raises(CredentialError, match="không còn là bản gốc"):
        house.issue(1)


def test_a_decision_serves_one_trainee_only(house, request_for, now):
    house.issue(1)
    other = replace(request_for(1), trainee_id="HV999")
    with house.records() as session, pytest.raises(CredentialError, match="học viên khác"):
        issue(session, other, house.office, now)
    assert len(house.entries()) == 1


def test_a_reissue_waits_for_the_revocation_of_what_it_replaces(house, now):
    first = house.issue(1)
    with pytest.raises(CredentialError, match="phải thu hồi CIO-2026-00001"):
        house.issue(1, revision=2)
    error = Revocation("loi-cua-co-so-cap", "In sai chức vụ; quyết định số 3/QĐ (giả định)")
    with house.records() as session:
        revoke(session, first.serial, error, now)
    second = house.issue(1, revision=2)
    assert second.serial == "CIO-2026-00002"
    assert house.check(house.file(first.serial)).verdict is Verdict.REVOKED
    assert house.check(house.file(second.serial)).verdict is Verdict.VALID


def test_the_year_turns_at_midnight_in_vietnam(house):
    eve = dt.datetime(2026, 12, 31, 16, 59, tzinfo=dt.UTC)
    serials = [house.issue(1, now=eve).serial]
    serials.append(house.issue(2, now=eve + dt.timedelta(minutes=1)).serial)
    assert serials == ["CIO-2026-00001", "CIO-2027-00001"]


def test_a_key_that_was_not_enrolled_issues_nothing(house, tmp_path, request_for, now):
    stranger = load_signer(create_demo_key(tmp_path / "other", "Cơ quan khác", now))
    office = replace(house.office, signer=stranger)
    with house.records() as session, pytest.raises(CredentialError, match="chưa được ghi"):
        issue(session, request_for(1), office, now)
    assert house.entries() == []


def test_a_key_issues_nothing_before_or_after_its_validity(house, now):
    for moment in (now - dt.timedelta(days=1), now + dt.timedelta(days=4000)):
        with pytest.raises(CredentialError, match="hiệu lực"):
            house.issue(1, now=moment)
    assert house.entries() == []


def test_enrolling_a_key_twice_enrols_it_once(house, signer, now):
    with house.records() as session:
        enrol_key(session, signer, now)
        assert session.query(SigningKey).count() == 1
    assert house.ledger() == [("key.enrolled", signer.fingerprint)]


def test_a_page_that_cannot_be_printed_uses_up_no_number(house, request_for, now):
    def fail(allocation):
        raise CredentialError(f"không in được {allocation.serial}")

    with house.records() as session, pytest.raises(CredentialError, match="không in được"):
        issue(session, request_for(1), replace(house.office, render=fail), now)
    assert house.issue(2).entry_number == 1


def test_a_folder_that_cannot_be_written_is_named_and_nothing_entered(house, now, request_for):
    blocked = house.folder / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    with house.records() as session, pytest.raises(CredentialError, match=r"CIO-2026-00001\.pdf"):
        issue(session, request_for(1), replace(house.office, folder=blocked), now)
    assert house.entries() == []
    assert house.ledger()[-1][0] == "key.enrolled"


def test_a_number_taken_meanwhile_is_reported_and_its_file_left_alone(house, monkeypatch):
    first = house.issue(1)
    before = house.file(first.serial).read_bytes()
    allocate = register._allocate  # noqa: SLF001 - a race that SQLite's lock never lets happen
    monkeypatch.setattr(
        register, "_allocate", lambda session, now: replace(allocate(session, now), entry_number=1)
    )
    with pytest.raises(CredentialError, match="hãy chạy lại"):
        house.issue(2)
    assert house.file(first.serial).read_bytes() == before
    assert len(house.entries()) == 1


def test_killed_between_file_and_commit_it_leaves_nothing_valid_and_a_rerun_completes(
    house, key_file
):
    process = issuing_process(key_file, house.folder, 1, 1, "killed")
    assert process.wait(60) == -signal.SIGKILL
    orphan = house.file("CIO-2026-00001")
    left_behind = house.folder / "copy.pdf"
    left_behind.write_bytes(orphan.read_bytes())
    assert house.entries() == []
    assert house.check(orphan).verdict is Verdict.NOT_ORIGINAL

    entry = house.issue(1)
    assert entry.serial == "CIO-2026-00001"
    assert house.check(orphan).verdict is Verdict.VALID
    assert house.check(left_behind).verdict is Verdict.NOT_ORIGINAL
    assert [path.name for path in house.office.folder.iterdir()] == ["CIO-2026-00001.pdf"]


def test_two_processes_issuing_at_once_share_out_consecutive_numbers(house, key_file):
    processes = [issuing_process(key_file, house.folder, first, 5) for first in (1, 101)]
    assert [process.wait(120) for process in processes] == [0, 0]
    entries = house.entries()
    assert [entry.entry_number for entry in entries] == list(range(1, 11))
    assert all(house.check(house.file(entry.serial)).verdict is Verdict.VALID for entry in entries)
    with house.records() as session:
        assert broken_lines(session) == []


def test_two_processes_issuing_the_same_decisions_issue_each_once(house, key_file):
    processes = [issuing_process(key_file, house.folder, 1, 4) for _ in range(2)]
    assert [process.wait(120) for process in processes] == [0, 0]
    assert sorted(entry.decision_id for entry in house.entries()) == [
        f"QD-{n}" for n in range(1, 5)
    ]


class Jam(Exception):  # noqa: N818 - what printers do
    """The printer's own failure."""


def jam(_allocation):
    raise Jam


steps = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from([2026, 2027]),
        st.sampled_from(["prints", "prints", "prints", "jams"]),
    ),
    min_size=1,
    max_size=7,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_entry_numbers_are_consecutive_in_each_year_however_issues_interleave(
    new_house, request_for, steps
):
    with tempfile.TemporaryDirectory() as folder:
        house = new_house(Path(folder))
        sessions = [house.records(), house.records()]
        for at, (number, year, fate) in enumerate(steps):
            office = house.office if fate == "prints" else replace(house.office, render=jam)
            moment = dt.datetime(year, 6, 1, tzinfo=VIETNAM)
            try:
                issue(sessions[at % 2], request_for(number), office, moment)
            except Jam:
                continue
        entries = house.entries()
        for session in sessions:
            session.close()
        house.close()
    for year in (2026, 2027):
        numbers = [entry.entry_number for entry in entries if entry.year == year]
        assert numbers == list(range(1, len(numbers) + 1))
    printed = {number for number, _, fate in steps if fate == "prints"}
    assert sorted(entry.decision_id for entry in entries) == [f"QD-{n}" for n in sorted(printed)]


def test_a_revocation_keeps_the_entry_and_says_when_and_why(house, now):
    entry = house.issue(1)
    with house.records() as session:
        revoke(session, entry.serial, FRAUD, now)
    (kept,) = house.entries()
    assert (kept.status, kept.revoked_at) == ("revoked", now)
    assert kept.revocation_reason.startswith("Gian lận")
    assert "Điều 8 Thông tư 03/2023/TT-BNV" in kept.revocation_reason
    assert "cần đối chiếu văn bản gốc" in kept.revocation_reason
    assert house.file(entry.serial).exists()


def test_a_second_revocation_changes_neither_date_nor_reason_nor_ledger(house, now):
    entry = house.issue(1)
    with house.records() as session:
        first = revoke(session, entry.serial, FRAUD, now)
        lines = session.query(LedgerEntry).count()
        later = now + dt.timedelta(days=30)
        again = revoke(session, entry.serial, Revocation("cho-muon", "lý do khác"), later)
        assert session.query(LedgerEntry).count() == lines
    assert again.revoked_at == first.revoked_at
    assert again.revocation_reason == first.revocation_reason


@pytest.mark.parametrize(
    ("revocation", "message"),
    [
        (Revocation("gian-lan", "  "), "phải ghi rõ lý do"),
        (Revocation("khong-thich", "Không thích"), "chọn một trong: gian-lan"),
    ],
)
def test_a_revocation_without_reason_or_legal_ground_is_refused(house, now, revocation, message):
    entry = house.issue(1)
    with house.records() as session, pytest.raises(CredentialError, match=message):
        revoke(session, entry.serial, revocation, now)
    assert house.entries()[0].status == "valid"


def test_an_unknown_serial_cannot_be_revoked(house, now):
    with house.records() as session, pytest.raises(CredentialError, match="CIO-2026-00009"):
        revoke(session, "CIO-2026-00009", FRAUD, now)


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
