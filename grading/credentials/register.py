"""The register (sổ cấp chứng chỉ): issuing once, revoking with a reason, deleting never.

Issuing is one transaction: numbers, file and ledger line stand or fall together. The file is
written last before the commit; one left behind by a crash has no entry, so it verifies as
nothing, and the next certificate to get its number takes its place.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from courses.foundation.errors import CredentialError
from grading.credentials.revocation import Revocation, public_reason
from grading.credentials.signing import sign
from grading.records.ledger import append_ledger
from grading.records.schema import RegisterEntry, SigningKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from grading.credentials.keys import Signer

VIETNAM = timezone(timedelta(hours=7))
PURPOSE = "certificate"
VALID, REVOKED = "valid", "revoked"

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP_LENGTH = 4, 4  # 16 letters of 5 bits: 80 random bits


@dataclass(frozen=True, kw_only=True)
class IssueRequest:
    """Whom a decision lets have a certificate. A reissue is a higher ``revision``."""

    trainee_id: str
    decision_id: str
    revision: int
    full_name: str
    birth_date: date
    agency: str
    programme: str


@dataclass(frozen=True)
class Allocation:
    """What the register gives a new certificate to print."""

    year: int
    entry_number: int
    issued_on: date
    verification_code: str

    @property
    def serial(self) -> str:
        """“Số hiệu”: public and countable, so nothing may rest on its being secret."""
        return f"CIO-{self.year}-{self.entry_number:05}"

    @property
    def register_number(self) -> str:
        """“Số vào sổ cấp”: entry number and year."""
        return f"{self.entry_number}/{self.year}"


@dataclass(frozen=True)
class IssuingOffice:
    """What an office issues with.

    Attributes:
        signer: the key, enrolled in the register.
        render: prints the unsigned PDF; it may be called for numbers that come to nothing.
        folder: where the originals are kept.
    """

    signer: Signer
    render: Callable[[Allocation], bytes]
    folder: Path


def enrol_key(session: Session, signer: Signer, now: datetime) -> None:
    """Make the register trust the signer's key for certificates; commits. Idempotent."""
    if session.get(SigningKey, signer.fingerprint) is None:
        session.add(
            SigningKey(
                fingerprint=signer.fingerprint,
                purpose=PURPOSE,
                certificate_pem=signer.certificate_pem,
                valid_from=signer.valid_from,
                valid_to=signer.valid_to,
                is_demo=signer.is_demo,
            )
        )
        detail = {"purpose": PURPOSE, "is_demo": signer.is_demo}
        append_ledger(session, "key.enrolled", signer.fingerprint, detail, now)
    session.commit()


def issue(
    session: Session, request: IssueRequest, office: IssuingOffice, now: datetime
) -> RegisterEntry:
    """Enter, print, sign and file one certificate; commits the session.

    The same decision and revision again returns the entry there is and writes nothing.

    Returns:
        The entry, detached from the session; its file is ``certificate_path(folder, serial)``.

    Raises:
        CredentialError: when the key is not enrolled or out of date, an earlier revision is
            still valid, the file of an existing entry is lost or changed, or the register or
            the disk cannot be written. Nothing new is registered then.
    """
    try:
        entry = _existing(session, request)
        if entry is None:
            entry = _enter(session, request, office, now)
        else:
            _require_file(entry, office.folder)
        session.expunge(entry)
        session.commit()
    except DBAPIError as error:
        session.rollback()
        raise CredentialError(f"không ghi được sổ cấp ({error.orig}); hãy chạy lại") from error
    except BaseException:
        session.rollback()
        raise
    return entry


def revoke(session: Session, serial: str, revocation: Revocation, now: datetime) -> RegisterEntry:
    """Mark a certificate revoked, with date and legal ground; commits the session.

    A second revocation changes nothing: the first date and reason stand.

    Raises:
        CredentialError: when there is no such serial, no reason, or the ground is not in force.
    """
    reason = public_reason(revocation, now.astimezone(VIETNAM).date())
    entry = session.get(RegisterEntry, serial)
    if entry is None:
        session.rollback()
        raise CredentialError(f"không có số hiệu {serial} trong sổ")
    if entry.status != REVOKED:
        entry.status, entry.revoked_at, entry.revocation_reason = REVOKED, now, reason
        detail = {"ground": revocation.ground, "detail": revocation.detail, "reason": reason}
        append_ledger(session, "certificate.revoked", serial, detail, now)
    session.flush()
    session.expunge(entry)
    session.commit()
    return entry


def certificate_path(folder: Path, serial: str) -> Path:
    """Where the original of ``serial`` is kept."""
    return folder / f"{serial}.pdf"


def _existing(session: Session, request: IssueRequest) -> RegisterEntry | None:
    """The entry of this very decision and revision, when the request may have it."""
    entries = session.scalars(
        select(RegisterEntry).where(RegisterEntry.decision_id == request.decision_id)
    ).all()
    for entry in entries:
        if entry.trainee_id != request.trainee_id:
            raise CredentialError(f"quyết định {request.decision_id} đã cấp cho học viên khác")
        if entry.revision == request.revision:
            return entry
    for entry in entries:
        if entry.status != REVOKED:
            raise CredentialError(f"phải thu hồi {entry.serial} trước khi cấp lại")
    return None


def _require_file(entry: RegisterEntry, folder: Path) -> None:
    path = certificate_path(folder, entry.serial)
    try:
        content = path.read_bytes()
    except OSError:
        raise CredentialError(
            "không đọc được bản gốc đã cấp; khôi phục từ bản sao lưu, không cấp bản thứ hai",
            path=path,
        ) from None
    if hashlib.sha256(content).hexdigest() != entry.pdf_sha256:
        raise CredentialError("tệp không còn là bản gốc; khôi phục từ bản sao lưu", path=path)


def _require_key(session: Session, signer: Signer, now: datetime) -> None:
    key = session.get(SigningKey, signer.fingerprint)
    if key is None or key.purpose != PURPOSE:
        raise CredentialError("khoá ký chưa được ghi vào sổ khoá")
    if now < key.valid_from or (key.valid_to is not None and now > key.valid_to):
        raise CredentialError("khoá ký không còn hoặc chưa có hiệu lực")


def _enter(
    session: Session, request: IssueRequest, office: IssuingOffice, now: datetime
) -> RegisterEntry:
    _require_key(session, office.signer, now)
    allocation = _allocate(session, now)
    reason = f"Cấp, số hiệu {allocation.serial}"
    pdf = sign(office.render(allocation), office.signer, reason, now)
    sha256 = hashlib.sha256(pdf).hexdigest()
    entry = _entry(request, allocation, sha256, office.signer.fingerprint)
    session.add(entry)
    # Flushed before the file is written: whoever loses a race for the number writes nothing.
    session.flush()
    append_ledger(session, "certificate.issued", entry.serial, _issued(entry), now)
    _write_whole(certificate_path(office.folder, entry.serial), pdf)
    return entry


def _allocate(session: Session, now: datetime) -> Allocation:
    """The next number of the calendar year, in Vietnam's time, and a code nobody can guess."""
    today = now.astimezone(VIETNAM).date()
    last = session.scalar(
        select(func.max(RegisterEntry.entry_number)).where(RegisterEntry.year == today.year)
    )
    return Allocation(today.year, (last or 0) + 1, today, _random_code())


def _random_code() -> str:
    letters = [secrets.choice(_CROCKFORD) for _ in range(_GROUPS * _GROUP_LENGTH)]
    groups = [letters[at : at + _GROUP_LENGTH] for at in range(0, len(letters), _GROUP_LENGTH)]
    return "-".join("".join(group) for group in groups)


def _entry(
    request: IssueRequest, allocation: Allocation, sha256: str, signing_key: str
) -> RegisterEntry:
    return RegisterEntry(
        serial=allocation.serial,
        year=allocation.year,
        entry_number=allocation.entry_number,
        trainee_id=request.trainee_id,
        decision_id=request.decision_id,
        revision=request.revision,
        full_name=request.full_name,
        birth_date=request.birth_date,
        agency=request.agency,
        programme=request.programme,
        issued_on=allocation.issued_on,
        pdf_sha256=sha256,
        verification_code=allocation.verification_code,
        signing_key=signing_key,
        status=VALID,
        revoked_at=None,
        revocation_reason=None,
    )


def _issued(entry: RegisterEntry) -> dict[str, str | int]:
    return {
        "decision": entry.decision_id,
        "revision": entry.revision,
        "register_number": f"{entry.entry_number}/{entry.year}",
        "pdf_sha256": entry.pdf_sha256,
        "signing_key": entry.signing_key,
    }


def _write_whole(path: Path, content: bytes) -> None:
    """Write so that after a power cut there is the whole file or none."""
    partial = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise CredentialError(f"không ghi được tệp ({error.strerror})", path=path) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
