"""The register says only what its ledger bears out, under a seal that this machine believes."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from sittings import DECIDED_ON, act

from centre.ledger.checkpoint import checkpoint, read_checkpoints
from centre.ledger.seal import SEAL_FILE, create_seal, fingerprint
from centre.register.book import Book
from centre.register.examining import suspend
from centre.register.models import Entry
from centre.register.revoke import revoke
from centre.register.trust import TRUST_FILE, distrust, trust, trusted
from courses.foundation.errors import CentreError
from grading.credentials.verification import Verdict, verify, verify_code

LATER = DECIDED_ON + timedelta(days=3)


def sql(statement, *values):
    """Change the database behind everybody's back."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute(statement, values)


def asked(sitting, path=None, now=None):
    """What a check finds, now or at another time."""
    now = now or datetime.now(UTC)
    if path is None:
        [path] = sitting.centre.certificates.glob("CIO-*.pdf")
    return verify(path, Book(sitting.centre, now), now)


def refused(found, *words):
    """Assert that a check came to nothing, and why."""
    assert (found.verdict, found.facts) == (Verdict.UNCHECKED, None)
    for word in words:
        assert word in found.explanation


@pytest.fixture
def revoked(certified):
    """The certificate, revoked."""
    act(revoke, "van-thu", Entry.objects.get(), "gian-lan", "Quyết định giả định", now=LATER)
    return certified


def test_the_answer_names_the_register_its_issuer_and_its_age(certified):
    found = asked(certified)
    settings = certified.centre.settings
    assert found.verdict is Verdict.VALID
    assert settings.name in found.register
    assert settings.issuer.name in found.register
    assert "tính đến" in found.register


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE centre_entry SET full_name = 'Nguyễn Giả Mạo'", "không khớp sổ nhật ký ở entry"),
        ("UPDATE centre_entry SET birth_date = '1999-01-01'", "không khớp sổ nhật ký ở entry"),
        ("UPDATE centre_key SET certificate_pem = 'x'", "không khớp sổ nhật ký ở key"),
        ("DELETE FROM centre_key", "mất dòng key"),
        ("UPDATE centre_ledgerline SET actor = 'ai-do' WHERE number = 5", "không nguyên vẹn"),
        ("UPDATE centre_ledgerline SET at = '2020-01-01' WHERE number = 5", "không nguyên vẹn"),
        ("DELETE FROM centre_ledgerline WHERE number = 5", "không nguyên vẹn"),
        ("DELETE FROM centre_ledgerline WHERE number > 60", "không nguyên vẹn"),
    ],
)
def test_a_register_that_its_ledger_does_not_bear_out_answers_nothing(certified, statement, words):
    sql(statement)
    refused(asked(certified), words)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM centre_suspension", "mất dòng suspension"),
        ("UPDATE centre_suspension SET ended_at = '2026-12-01'", "không khớp sổ nhật ký"),
    ],
)
def test_a_suspension_that_somebody_took_away_is_noticed(certified, statement, words):
    order = ("Quyết định số 9 (giả định)", "giả định")
    act(suspend, "van-thu", Entry.objects.get(), *order, now=LATER)
    assert asked(certified).verdict is Verdict.SUSPENDED
    sql(statement)
    refused(asked(certified), words)


def test_an_entry_that_somebody_added_is_not_believed(certified):
    [entry] = Entry.objects.values()
    forged = entry | {
        "serial": "CIO-2026-00002",
        "printed": "CIO-2026-00002",
        "entry_number": 2,
        "full_name": "Nguyễn Giả Mạo",
        "pdf_sha256": "0" * 64,
        "verification_code": "0000-0000-0000-0000",
    }
    names = ", ".join(f'"{name}"' for name in forged)
    marks = ", ".join(["%s"] * len(forged))
    sql(f"INSERT INTO centre_entry ({names}) VALUES ({marks})", *forged.values())  # noqa: S608
    now = datetime.now(UTC)
    book = Book(certified.centre, now)
    refused(verify_code("CIO-2026-00002", "0000-0000-0000-0000", book, now), "không khớp")


def test_a_revocation_that_somebody_took_away_does_not_make_the_certificate_valid(revoked):
    assert asked(revoked).verdict is Verdict.REVOKED
    sql("DELETE FROM centre_revocation")
    refused(asked(revoked), "mất dòng revocation")


def test_a_revocation_together_with_its_ledger_line_does_not_go_unseen(revoked):
    sql("DELETE FROM centre_revocation")
    sql("DELETE FROM centre_ledgerline WHERE kind = 'certificate.revoked'")
    refused(asked(revoked), "không nguyên vẹn")


def test_a_register_whose_seal_is_not_believed_here_says_its_fingerprint(
    certified, monkeypatch, tmp_path
):
    monkeypatch.setenv(TRUST_FILE, str(tmp_path / "chua-tin.json"))
    seal = fingerprint(read_checkpoints(certified.centre)[-1].public_key)
    refused(asked(certified), "chưa được tin trên máy này", seal)
    trust("Trung tâm", seal.lower().replace(" ", ""))
    assert asked(certified).verdict is Verdict.VALID
    assert distrust(seal)
    assert not distrust(seal)
    refused(asked(certified), "chưa được tin")


def test_a_register_sealed_anew_by_somebody_else_is_not_believed(certified):
    """Who copies a register and writes into it has not its seal."""
    shutil.rmtree(certified.centre.folder / "checkpoints")
    (certified.centre.keys / SEAL_FILE).unlink()
    create_seal(certified.centre.keys)
    checkpoint(certified.centre)
    refused(asked(certified), "chưa được tin trên máy này")


def test_a_register_without_any_checkpoint_answers_nothing(certified):
    shutil.rmtree(certified.centre.folder / "checkpoints")
    refused(asked(certified), "chưa có mốc nào")


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[" * 10_000])
def test_a_damaged_checkpoint_is_no_proof(certified, content):
    newest = max((certified.centre.folder / "checkpoints").glob("*.json"))
    newest.write_bytes(content)
    refused(asked(certified))


def test_a_checkpoint_taken_out_is_missed(certified):
    first, *_ = sorted((certified.centre.folder / "checkpoints").glob("*.json"))
    first.unlink()
    refused(asked(certified), "không nguyên vẹn")


def test_a_register_too_old_says_nothing_of_today(certified):
    days = certified.centre.settings.stale_after_days
    signed = read_checkpoints(certified.centre)[-1].signed_at
    assert asked(certified, now=signed + timedelta(days=days)).verdict is Verdict.VALID
    refused(asked(certified, now=signed + timedelta(days=days + 1, seconds=1)), "đã cũ")
    checkpoint(certified.centre)
    assert asked(certified).verdict is Verdict.VALID


def test_serial_and_code_are_answered_from_the_same_register(certified):
    now, entry = datetime.now(UTC), Entry.objects.get()
    book = Book(certified.centre, now)
    found = verify_code(entry.serial.lower(), entry.verification_code, book, now)
    assert found.verdict is Verdict.VALID
    unknown = verify_code("CIO-2026-00009", entry.verification_code, book, now)
    assert unknown.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("words", ["", "0123", "g" * 32, "0" * 33])
def test_what_is_no_fingerprint_cannot_be_trusted(words, monkeypatch, tmp_path):
    monkeypatch.setenv(TRUST_FILE, str(tmp_path / "tin.json"))
    with pytest.raises(CentreError, match="32 chữ số"):
        trust("Trung tâm", words)
    assert trusted() == ()
