"""Anyone's check of a certificate: one verdict, and no more about its holder than is needed.

Only the very bytes that the register knows, under a signature of a registered key that covers
all of them, are the original. What could not be checked never looks like valid.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
import re
import unicodedata
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from grading.credentials.keys import certificate_der, issuer_of
from grading.credentials.register import PURPOSE, REVOKED, VALID, VIETNAM
from grading.credentials.signing import signature_holds
from grading.records.schema import RegisterEntry, SigningKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

_LARGEST = 20_000_000  # bytes; an original has under 0.2 million
_SERIAL = re.compile(rb"CIO-\d{4}-\d{5,7}")
_STREAM = re.compile(rb"stream\r?\n")
_MOST_STREAMS, _LARGEST_STREAM = 200, 1_000_000
_CONFUSED = str.maketrans("OIL", "011", "- ")  # as Crockford's base32 reads what people type


class Verdict(enum.Enum):
    """What a check found: the label shown, and the command's exit status."""

    VALID = ("Hợp lệ", 0)
    NOT_ORIGINAL = ("Không phải bản gốc", 3)
    REVOKED = ("Đã thu hồi", 4)
    UNKNOWN = ("Không có trong sổ", 5)
    UNCHECKED = ("Không kiểm tra được", 6)

    def __init__(self, label: str, exit_status: int) -> None:
        self.label = label
        self.exit_status = exit_status


@dataclass(frozen=True)
class PublicFacts:
    """What anyone may see of a registered certificate; never birth date or scores."""

    masked_name: str
    programme: str
    issued_on: date
    issuer: str
    register_number: str
    is_demo: bool
    revoked_at: datetime | None
    revocation_reason: str | None


@dataclass(frozen=True)
class Verification:
    """A check's result.

    ``facts`` is there for VALID and REVOKED only: a forged file that bears someone's serial
    must not draw that person's data out of the register.
    """

    verdict: Verdict
    explanation: str
    checked_at: datetime
    facts: PublicFacts | None = None


def verify(path: Path, session: Session, now: datetime) -> Verification:
    """Check a file somebody holds. Never raises for what is in the file or the register."""
    try:
        if path.stat().st_size > _LARGEST:
            return Verification(Verdict.UNCHECKED, "Tệp quá lớn để là chứng chỉ.", now)
        content = path.read_bytes()
    except OSError as error:
        return Verification(Verdict.UNCHECKED, f"Không đọc được tệp ({error.strerror}).", now)
    return verify_bytes(content, session, now)


def verify_bytes(content: bytes, session: Session, now: datetime) -> Verification:
    """As ``verify``, for a file that came as bytes."""
    if not content:
        return Verification(Verdict.UNCHECKED, "Tệp rỗng; hãy tải lại tệp.", now)
    try:
        return _examine(content, session, now)
    except SQLAlchemyError:
        return _no_register(now)


def verify_code(serial: str, code: str, session: Session, now: datetime) -> Verification:
    """Check a printed certificate by its serial and code.

    A wrong code and an unknown serial get the same reply, so that serials, which are
    countable, tell nothing. The paper itself remains to be compared with what is shown.
    """
    try:
        entry = session.get(RegisterEntry, serial.strip().upper())
        key = session.get(SigningKey, entry.signing_key) if entry else None
        expected = _plain(entry.verification_code) if entry else ""
    except SQLAlchemyError:
        return _no_register(now)
    matches = hmac.compare_digest(_plain(code).encode(), expected.encode())
    if entry is None or key is None or not matches:
        return Verification(
            Verdict.UNKNOWN, "Không có chứng chỉ nào với số hiệu và mã xác minh này.", now
        )
    return _standing(entry, key, now)


def masked(full_name: str) -> str:
    """Surname and the initial of the given name: “Nguyễn Thị Hồng” becomes “Nguyễn H.”."""
    words = unicodedata.normalize("NFC", full_name).split()
    initials = [f"{words[-1][0]}."] if words else []
    return " ".join([*words[:-1][:1], *initials])


def _examine(content: bytes, session: Session, now: datetime) -> Verification:
    keys = session.scalars(select(SigningKey).where(SigningKey.purpose == PURPOSE)).all()
    if not keys:
        return _no_register(now)
    digest = hashlib.sha256(content).hexdigest()
    entry = session.scalars(
        select(RegisterEntry).where(RegisterEntry.pdf_sha256 == digest)
    ).one_or_none()
    if entry is None:
        return _stranger(content, keys, session, now)
    key = next((key for key in keys if key.fingerprint == entry.signing_key), None)
    if key is None or not signature_holds(content, key.certificate_pem):
        return Verification(
            Verdict.NOT_ORIGINAL, "Chữ ký số không phải của cơ sở cấp hoặc không phủ hết tệp.", now
        )
    return _standing(entry, key, now)


def _standing(entry: RegisterEntry, key: SigningKey, now: datetime) -> Verification:
    """The verdict on an original, from its entry."""
    facts = PublicFacts(
        masked_name=masked(entry.full_name),
        programme=entry.programme,
        issued_on=entry.issued_on,
        issuer=issuer_of(key.certificate_pem),
        register_number=f"{entry.entry_number}/{entry.year}",
        is_demo=key.is_demo,
        revoked_at=entry.revoked_at,
        revocation_reason=entry.revocation_reason,
    )
    demo = " Bản trình diễn, không có giá trị pháp lý." if key.is_demo else ""
    if entry.status == VALID:
        return Verification(Verdict.VALID, f"Đúng như trong sổ cấp.{demo}", now, facts)
    if entry.status == REVOKED and entry.revoked_at is not None:
        day = entry.revoked_at.astimezone(VIETNAM)
        text = f"Thu hồi ngày {day:%d/%m/%Y}: {entry.revocation_reason}.{demo}"
        return Verification(Verdict.REVOKED, text, now, facts)
    return Verification(Verdict.UNCHECKED, "Sổ ghi trạng thái không đọc được.", now)


def _stranger(
    content: bytes, keys: Sequence[SigningKey], session: Session, now: datetime
) -> Verification:
    """The verdict on bytes the register does not know."""
    if _bears_key(content, keys) or _bears_serial(content, session):
        return Verification(
            Verdict.NOT_ORIGINAL,
            "Tệp mang dấu hiệu của một chứng chỉ đã cấp nhưng không phải tệp gốc; "
            "hãy yêu cầu người có chứng chỉ đưa tệp gốc.",
            now,
        )
    return Verification(Verdict.UNKNOWN, "Sổ cấp không có tệp này.", now)


def _bears_key(content: bytes, keys: Sequence[SigningKey]) -> bool:
    capitals = content.upper()  # a signature stands in a PDF as hexadecimal digits
    return any(
        certificate_der(key.certificate_pem).hex().upper().encode() in capitals for key in keys
    )


def _bears_serial(content: bytes, session: Session) -> bool:
    found = {
        serial.decode() for text in _readable(content) for serial in _SERIAL.findall(text)[:100]
    }
    known = select(RegisterEntry.serial).where(RegisterEntry.serial.in_(sorted(found)[:500]))
    return bool(found) and session.scalars(known.limit(1)).first() is not None


def _readable(content: bytes) -> Iterator[bytes]:
    """The bytes as they are, then what compressed streams hold, within limits."""
    yield content
    view = memoryview(content)
    for count, start in enumerate(_STREAM.finditer(content)):
        if count == _MOST_STREAMS:
            return
        try:
            yield zlib.decompressobj().decompress(view[start.end() :], _LARGEST_STREAM)
        except zlib.error:
            continue


def _no_register(now: datetime) -> Verification:
    return Verification(Verdict.UNCHECKED, "Không mở được sổ cấp hoặc sổ chưa có khoá ký nào.", now)


def _plain(code: str) -> str:
    return code.upper().translate(_CONFUSED)
