"""What the register says of a certificate, to the letter, and why it says nothing."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from sittings import DECIDED_ON, act

from centre.ledger.acts import act as ledger_act
from centre.ledger.check import Replay
from centre.ledger.checkpoint import read_checkpoints
from centre.ledger.seal import fingerprint
from centre.register.book import Book
from centre.register.models import Entry, Key, Revocation, Suspension
from centre.register.trust import TRUST_FILE
from courses.foundation.dates import vietnam_time
from grading.credentials.verification import Registered, RegisterError

EVENING = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)  # the next year's first day in Vietnam
SECOND = "CIO-2026-00002"


def book_of(sitting, now=None, **more):
    return Book(sitting.centre, now or datetime.now(UTC), **more)


def kept(*rows):
    """Rows, written as some act would have."""

    def insert(actor, now):
        with ledger_act(actor, "tested", "x", now) as done:
            done.insert(*rows)

    act(insert, "van-thu", now=DECIDED_ON)


def sql(statement, *values):
    """Change the database behind everybody's back."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute(statement, values)


def put(table, row):
    """Add a row behind everybody's back."""
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
    sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", *row.values())  # noqa: S608


def another(**changes):
    """A second entry like the first."""
    row = Entry.objects.values().first()
    told = {"serial": SECOND, "printed": SECOND, "entry_number": 2}
    return row | told | {"pdf_sha256": "1" * 64, "verification_code": "2345"} | changes


def revoked(entry):
    return Revocation(
        entry=entry, revoked_at=EVENING, ground="gian-lan", reason="Gian lận", detail="Số 7"
    )


def suspended(entry):
    return Suspension(entry=entry, authority="Số 9", ground="giả định", suspended_at=EVENING)


@pytest.fixture
def entry(certified):
    assert certified.code
    return Entry.objects.get()


@pytest.fixture
def valid(entry):
    """What the register says of the certificate while nothing is the matter with it."""
    return Registered(
        serial="CIO-2026-00001",
        full_name=entry.full_name,
        programme=entry.programme,
        issued_on=entry.issued_on,
        register_number="1/2026",
        verification_code=entry.verification_code,
        certificate_pem=Key.objects.get().certificate_pem,
        is_demo=True,
        standing="valid",
    )


def said(sitting, verb, *args, now=None):
    """Why the register does not answer."""
    with pytest.raises(RegisterError) as refused:
        getattr(book_of(sitting, now), verb)(*args)
    return refused.value.message


def test_a_register_tells_whose_it_is_and_as_of_when(certified):
    settings = certified.centre.settings
    signed = vietnam_time(read_checkpoints(certified.centre)[-1].signed_at)
    told = f"Sổ của {settings.name} ({settings.issuer.name}), tính đến {signed}"
    assert book_of(certified).described == told


def test_the_keys_it_has_trusted_are_named_by_their_fingerprints_in_order(certified):
    row = Key.objects.values().get()
    kept(Key(**row | {"fingerprint": "0" * 64, "certificate_pem": "PEM"}))
    assert book_of(certified).certificates() == ["PEM", row["certificate_pem"]]
    put("centre_key", row | {"fingerprint": "1" * 64})
    words = f"Sổ cấp không khớp sổ nhật ký ở key/{'1' * 64}; không tin được sổ này."
    assert said(certified, "certificates") == words


def test_a_certificate_is_found_by_its_file_or_by_serial_and_code(certified, entry, valid):
    book = book_of(certified)
    assert book.by_digest(entry.pdf_sha256) == valid
    assert book.by_digest("0" * 64) is None
    assert book.by_serial(entry.serial, lambda code: code == entry.verification_code) == valid


def test_a_number_that_two_papers_bear_finds_the_certificate_entered_under_it(
    certified, entry, valid
):
    first = {"serial": "A/B", "printed": entry.printed, "entry_number": None}
    other = Entry(**another(**first))
    kept(other)
    book = book_of(certified)
    assert book.by_serial(entry.printed, bool) == valid
    assert book.by_serial("A/B", bool) is None
    assert book.by_digest("1" * 64) == replace(valid, verification_code="2345")
    kept(revoked(other))
    sql("DELETE FROM centre_revocation")
    words = "Sổ cấp mất dòng revocation/A/B mà sổ nhật ký có."
    assert said(certified, "by_digest", "1" * 64) == words


def test_the_code_is_asked_about_once_and_nothing_is_told_where_it_is_refused(certified, entry):
    asked = []

    def has(code, *, reply):
        asked.append(code)
        return reply

    book = book_of(certified)
    assert book.by_serial(entry.serial, lambda code: has(code, reply=False)) is None
    assert book.by_serial("CIO-2026-00009", lambda code: has(code, reply=True)) is None
    assert book.by_serial("CIO-2026-00009", lambda code: has(code, reply=False)) is None
    assert asked == [entry.verification_code, "", ""]


def test_a_serial_is_known_among_others(certified, entry):
    book = book_of(certified)
    assert book.knows(["CIO-2026-00009", entry.serial])
    assert not book.knows({"CIO-2026-00009"})
    assert not book.knows(())


def test_a_revocation_is_told_with_its_day_in_vietnam_and_reason(certified, entry, valid):
    kept(suspended(entry), revoked(entry))
    ended = {"ended_on": date(2027, 1, 1), "ended_why": "Gian lận"}
    told = book_of(certified).by_digest(entry.pdf_sha256)
    assert told == replace(valid, standing="revoked", **ended)


def test_a_suspension_is_told_with_its_day_and_an_ended_one_is_not(certified, entry, valid):
    row = suspended(entry)
    kept(row)
    told = book_of(certified).by_digest(entry.pdf_sha256)
    assert told == replace(valid, standing="suspended", ended_on=date(2027, 1, 1))

    def end(actor, now):
        with ledger_act(actor, "tested", "x", now) as done:
            done.change(row, ended_at=now)

    act(end, "van-thu", now=DECIDED_ON)
    assert book_of(certified).by_digest(entry.pdf_sha256) == valid


def test_a_replaced_certificate_names_the_next_whose_printed_number_counts(certified, entry, valid):
    kept(suspended(entry))
    kept(Entry(**another(supersedes_id=entry.pk, printed="CIO-2026-00017")))
    book = book_of(certified)
    assert book.by_digest(entry.pdf_sha256) == replace(
        valid, standing="replaced", replaced_by=SECOND
    )
    told = book.by_digest("1" * 64)
    assert (told.serial, told.register_number) == ("CIO-2026-00017", "17/2026")
    kept(revoked(entry))
    told = book_of(certified).by_digest(entry.pdf_sha256)
    assert (told.standing, told.replaced_by) == ("revoked", SECOND)


def test_a_next_certificate_that_somebody_took_away_is_missed(certified, entry):
    kept(Entry(**another(supersedes_id=entry.pk)))
    sql("DELETE FROM centre_entry WHERE serial = %s", SECOND)
    words = f"Sổ cấp mất dòng entry/{SECOND} mà sổ nhật ký có."
    assert said(certified, "by_digest", entry.pdf_sha256) == words


def test_of_rows_that_are_missing_the_first_is_named(certified):
    row = Key.objects.values().get()
    others = ["0" * 64, "1" * 64]
    kept(*(Key(**row | {"fingerprint": one}) for one in others))
    sql("DELETE FROM centre_key WHERE fingerprint IN (%s, %s)", *others)
    assert said(certified, "certificates") == (f"Sổ cấp mất dòng key/{others[0]} mà sổ nhật ký có.")


def test_what_is_wrong_with_another_certificate_does_not_silence_the_register(
    certified, entry, valid
):
    put("centre_entry", another())
    put("centre_key", Key.objects.values().get() | {"fingerprint": "1" * 64})
    day = "2026-12-01 00:00:00"
    put("centre_suspension", {"id": 99, "entry_id": SECOND, "authority": "x", "ground": "x",
                              "suspended_at": day, "ended_at": None})  # fmt: skip
    put("centre_revocation", {"entry_id": SECOND, "revoked_at": day, "ground": "x",
                              "reason": "x", "detail": "x"})  # fmt: skip
    assert book_of(certified).by_digest(entry.pdf_sha256) == valid
    words = f"Sổ cấp không khớp sổ nhật ký ở entry/{SECOND}; không tin được sổ này."
    assert said(certified, "by_digest", "1" * 64) == words


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("suspension", {"id": 99, "authority": "x", "suspended_at": "2026-12-01 00:00:00"}),
        ("revocation", {"reason": "x", "detail": "x", "revoked_at": "2026-12-01 00:00:00"}),
    ],
)
def test_what_somebody_said_of_it_behind_the_ledger_is_noticed(certified, entry, table, row):
    put(f"centre_{table}", row | {"entry_id": entry.pk, "ground": "x"})
    where = f"{table}/{row.get('id', entry.pk)}"
    words = f"Sổ cấp không khớp sổ nhật ký ở {where}; không tin được sổ này."
    assert said(certified, "by_digest", entry.pdf_sha256) == words


def test_a_key_that_somebody_took_away_is_missed_for_its_own_certificates(certified, entry):
    key = entry.key_id
    sql("UPDATE centre_key SET purpose = 'x'")
    words = f"Sổ cấp không khớp sổ nhật ký ở key/{key}; không tin được sổ này."
    assert said(certified, "by_digest", entry.pdf_sha256) == words


def test_what_the_ledger_said_a_short_while_ago_is_taken_as_it_was(certified, entry, valid):
    known = book_of(certified).replay
    sql("UPDATE centre_ledgerline SET actor = 'ai-do' WHERE number = 5")
    assert book_of(certified, known=known).by_digest(entry.pdf_sha256) == valid
    with pytest.raises(RegisterError):
        book_of(certified, known=Replay()).by_digest(entry.pdf_sha256)
    line = "sổ nhật ký dòng 5"
    words = f"Sổ nhật ký không nguyên vẹn ({line})."
    assert said(certified, "by_digest", entry.pdf_sha256) == words


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("entry", "Sổ cấp hỏng, không đọc được."),
        ("ledgerline", "Sổ nhật ký hỏng, không đọc được."),
    ],
)
def test_a_table_that_cannot_be_read_is_said_to_be_damaged(certified, entry, table, words):
    sql(f"ALTER TABLE centre_{table} RENAME TO mat")
    assert said(certified, "by_digest", entry.pdf_sha256) == words


def test_why_a_signed_head_is_not_believed_is_said(certified, monkeypatch, tmp_path):
    head = read_checkpoints(certified.centre)[-1]
    late = head.signed_at + timedelta(days=certified.centre.settings.stale_after_days + 1)
    days = certified.centre.settings.stale_after_days + 1
    words = f"Bản sổ này đã cũ {days} ngày; hỏi lại cơ quan cấp."
    assert said(certified, "certificates", now=late) == words
    monkeypatch.setenv(TRUST_FILE, str(tmp_path / "chua-tin.json"))
    seal = fingerprint(head.public_key)
    assert said(certified, "certificates") == (
        f"Sổ này chưa được tin trên máy này. Dấu vân tay của sổ: {seal}. So với dấu vân "
        "tay mà cơ quan cấp công bố, đúng thì chạy: cio trust add."
    )


def test_a_head_that_cannot_be_read_or_is_not_there_is_said_to_be_so(certified):
    folder = certified.centre.folder / "checkpoints"
    newest = max(folder.glob("*.json"))
    newest.write_bytes(b"{")
    told = said(certified, "certificates")
    assert told.startswith("Không đọc được mốc đã ký của sổ: ")
    assert told.endswith(".")
    shutil.rmtree(folder)
    assert said(certified, "certificates") == "Sổ cấp chưa có mốc nào được ký."
