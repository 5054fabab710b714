"""Anyone's check of a certificate: one verdict, and no more about its holder than is needed.

Only the very bytes that a trusted register knows, under a signature of a registered key that
covers all of them, are the original. What could not be checked never looks like valid.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
import os
import re
import stat
import unicodedata
import zlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, Protocol

from cohort_data.names import match_key
from courses.foundation.dates import padded_date
from courses.foundation.errors import CioError
from grading.credentials.keys import certificate_der, issuer_of
from grading.credentials.signing import signature_holds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

_LARGEST = 20_000_000  # bytes; an original has under 0.2 million
_SERIAL = re.compile(rb"CIO-\d{4}-\d{5,7}")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_MOST_STREAMS, _LARGEST_STREAM = 200, 1_000_000
_CONFUSED = str.maketrans("OIL", "011", "- ")  # as Crockford's base32 reads what people type


class Verdict(enum.Enum):
    """What a check found: the label shown, and the command's exit status."""

    VALID = ("Hợp lệ", 0)
    NOT_ORIGINAL = ("Không phải bản gốc", 3)
    REVOKED = ("Đã thu hồi", 4)
    UNKNOWN = ("Không có trong sổ", 5)
    UNCHECKED = ("Không kiểm tra được", 6)
    REPLACED = ("Đã được thay thế", 7)
    SUSPENDED = ("Đang xem xét", 8)

    def __init__(self, label: str, exit_status: int) -> None:
        self.label = label
        self.exit_status = exit_status


class RegisterError(CioError):
    """The register cannot answer; the message says why."""

    code = "CIO-710"


@dataclass(frozen=True)
class Registered:
    """A certificate as its register bears it out.

    ``standing`` is what it is worth now; ``ended_on`` and ``ended_why`` tell of a revocation
    (of a suspension the day alone), ``replaced_by`` of the certificate in its place.
    """

    serial: str
    full_name: str
    programme: str
    issued_on: date
    register_number: str
    verification_code: str
    certificate_pem: str
    is_demo: bool
    standing: Literal["valid", "revoked", "replaced", "suspended"]
    ended_on: date | None = None
    ended_why: str = ""
    replaced_by: str = ""


class Register(Protocol):
    """A register that may be asked; every call raises RegisterError when it cannot answer."""

    @property
    def described(self) -> str:
        """Which register it is, whose, and as of when."""

    def certificates(self) -> Sequence[str]:
        """The signing certificates (PEM) it has trusted."""

    def by_digest(self, sha256: str) -> Registered | None:
        """The certificate whose file has this SHA-256 (hex)."""

    def by_serial(self, serial: str, has: Callable[[str], bool]) -> Registered | None:
        """The certificate of this serial whose verification code ``has`` accepts.

        ``has`` is asked once, with an empty code where there is no such serial, and nothing
        more is looked up unless it accepts: so that a wrong code takes no longer than an
        unknown serial.
        """

    def knows(self, serials: Collection[str]) -> bool:
        """Whether any of these serials is registered."""


@dataclass(frozen=True)
class PublicFacts:
    """What anyone may see of a registered certificate; never birth date or scores."""

    serial: str
    masked_name: str
    programme: str
    issued_on: date
    issuer: str
    register_number: str
    is_demo: bool
    revoked_on: date | None
    revocation_reason: str
    replaced_by: str


@dataclass(frozen=True)
class Verification:
    """A check's result, and which register gave it.

    ``facts`` is there for what is or was an original only: a forged file that bears someone's
    serial must not draw that person's data out of the register. ``name_matches`` tells whoever
    has the code, and read a name off the paper, whether it is the registered one.
    """

    verdict: Verdict
    explanation: str
    checked_at: datetime
    register: str = ""
    facts: PublicFacts | None = None
    name_matches: bool | None = None


def verify(path: Path, register: Register, now: datetime) -> Verification:
    """Check a file somebody holds. Never raises for what is in the file or the register."""
    try:
        content = _read(path)
    except (OSError, ValueError) as error:
        words = str(error) if isinstance(error, ValueError) else "Không đọc được tệp."
        return Verification(Verdict.UNCHECKED, words, now)
    return verify_bytes(content, register, now)


def _read(path: Path) -> bytes:
    """The bytes of a regular file that is not too large; a pipe would be waited on for ever."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise ValueError("Đây không phải một tệp.")
        if status.st_size > _LARGEST:
            raise ValueError("Tệp quá lớn để là chứng chỉ.")
        return file.read(_LARGEST)


def verify_bytes(content: bytes, register: Register, now: datetime) -> Verification:
    """As ``verify``, for a file that came as bytes."""
    if not content:
        return Verification(Verdict.UNCHECKED, "Tệp rỗng; hãy tải lại tệp.", now)
    try:
        return _examine(content, register, now)
    except RegisterError as error:
        return Verification(Verdict.UNCHECKED, error.message, now)


def verify_code(
    serial: str, code: str, register: Register, now: datetime, name: str = ""
) -> Verification:
    """Check a printed certificate by its serial and code.

    A wrong code and an unknown serial get the same reply, so that serials, which are
    countable, tell nothing. The paper itself remains to be compared with what is shown, and
    the full name, which is not, by typing it as ``name``.
    """
    try:
        found = register.by_serial(serial.strip().upper(), partial(_same, code))
        described = register.described
    except RegisterError as error:
        return Verification(Verdict.UNCHECKED, error.message, now)
    if found is None:
        words = "Không có chứng chỉ nào với số hiệu và mã xác minh này."
        return Verification(Verdict.UNKNOWN, words, now, described)
    matches = match_key(name) == match_key(found.full_name) if name.strip() else None
    return replace(_standing(found, described, now), name_matches=matches)


def masked(full_name: str) -> str:
    """Surname and the initial of the given name: “Nguyễn Thị Hồng” becomes “Nguyễn H.”."""
    words = unicodedata.normalize("NFC", full_name).split()
    initials = [f"{words[-1][0]}."] if words else []
    return " ".join([*words[:-1][:1], *initials])


def _examine(content: bytes, register: Register, now: datetime) -> Verification:
    keys, described = register.certificates(), register.described
    found = register.by_digest(hashlib.sha256(content).hexdigest())
    if found is None:
        return _stranger(content, keys, register, now)
    if not signature_holds(content, found.certificate_pem):
        words = "Chữ ký số không phải của cơ sở cấp hoặc không phủ hết tệp."
        return Verification(Verdict.NOT_ORIGINAL, words, now, described)
    return _standing(found, described, now)


def _standing(found: Registered, described: str, now: datetime) -> Verification:
    """The verdict on an original, from its entry."""
    facts = PublicFacts(
        serial=found.serial,
        masked_name=masked(found.full_name),
        programme=found.programme,
        issued_on=found.issued_on,
        issuer=issuer_of(found.certificate_pem),
        register_number=found.register_number,
        is_demo=found.is_demo,
        revoked_on=found.ended_on if found.standing == "revoked" else None,
        revocation_reason=found.ended_why if found.standing == "revoked" else "",
        replaced_by=found.replaced_by,
    )
    verdict, words = _verdict(found)
    demo = " Bản trình diễn, không có giá trị pháp lý." if found.is_demo else ""
    return Verification(verdict, f"{words}{demo}", now, described, facts)


def _verdict(found: Registered) -> tuple[Verdict, str]:
    if found.standing == "revoked" and found.ended_on is not None:
        return Verdict.REVOKED, f"Thu hồi ngày {padded_date(found.ended_on)}: {found.ended_why}."
    if found.standing == "replaced":
        return Verdict.REPLACED, f"Đã được thay bằng chứng chỉ số hiệu {found.replaced_by}."
    if found.standing == "suspended" and found.ended_on is not None:
        since = padded_date(found.ended_on)
        return Verdict.SUSPENDED, f"Cơ quan cấp đang xem xét từ ngày {since}; chưa có kết luận."
    if found.standing == "valid":
        return Verdict.VALID, "Đúng như trong sổ cấp."
    return Verdict.UNCHECKED, "Sổ ghi trạng thái không đọc được."


def _stranger(
    content: bytes, keys: Sequence[str], register: Register, now: datetime
) -> Verification:
    """The verdict on bytes the register does not know."""
    described = register.described
    if _bears_key(content, keys) or _bears_serial(content, register):
        return Verification(
            Verdict.NOT_ORIGINAL,
            "Tệp mang dấu hiệu của một chứng chỉ đã cấp nhưng không phải tệp gốc; "
            "hãy yêu cầu người có chứng chỉ đưa tệp gốc.",
            now,
            described,
        )
    return Verification(Verdict.UNKNOWN, "Sổ cấp không có tệp này.", now, described)


def _bears_key(content: bytes, keys: Sequence[str]) -> bool:
    capitals = content.upper()  # a signature stands in a PDF as hexadecimal digits
    return any(certificate_der(pem).hex().upper().encode() in capitals for pem in keys)


def _bears_serial(content: bytes, register: Register) -> bool:
    found = {
        serial.decode() for text in _readable(content) for serial in _SERIAL.findall(text)[:100]
    }
    return bool(found) and register.knows(sorted(found)[:500])


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


def _same(typed: str, code: str) -> bool:
    return hmac.compare_digest(_plain(typed).encode(), _plain(code).encode()) and code != ""


def _plain(code: str) -> str:
    return code.upper().translate(_CONFUSED)
