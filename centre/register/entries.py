"""A new entry of the register: its number, what it says, and the page that is printed from it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from centre.decisions.decide import content_of
from centre.register.models import Entry
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import CredentialError
from grading.credentials.certificate import CertificateData, render_certificate, verification_text

if TYPE_CHECKING:
    from datetime import date, datetime

    from centre.decisions.models import Decision
    from centre.register.models import Key
    from centre.sittings.sitting import Sitting

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP_LENGTH = 4, 4  # 16 letters of 5 bits: 80 random bits


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


def allocate(now: datetime) -> Allocation:
    """The next number of the calendar year, in Vietnam's time, and a code nobody can guess."""
    today = now.astimezone(VIETNAM).date()
    last = Entry.objects.filter(year=today.year).aggregate(last=Max("entry_number"))["last"]
    return Allocation(today.year, (last or 0) + 1, today, _random_code())


def _random_code() -> str:
    letters = [secrets.choice(_CROCKFORD) for _ in range(_GROUPS * _GROUP_LENGTH)]
    groups = [letters[at : at + _GROUP_LENGTH] for at in range(0, len(letters), _GROUP_LENGTH)]
    return "-".join("".join(group) for group in groups)


def new_entry(
    sitting: Sitting, decision: Decision, numbers: Allocation, key: Key, old: Entry | None
) -> Entry:
    """The entry of one pass, with what the records say now; CredentialError for who is erased."""
    enrolment = decision.enrolment
    person = enrolment.person
    if person.birth_date is None:
        raise CredentialError(f"dữ liệu của {person.number} đã xoá; không in được chứng chỉ")
    return Entry(
        serial=numbers.serial,
        printed=numbers.serial,
        year=numbers.year,
        entry_number=numbers.entry_number,
        person=person,
        decision=decision,
        full_name=person.full_name,
        birth_date=person.birth_date,
        position=enrolment.position,
        agency=enrolment.agency.name,
        programme=sitting.centre.settings.certificate.of(sitting.record.track_id).programme,
        issued_on=numbers.issued_on,
        verification_code=numbers.verification_code,
        key=key,
        supersedes=old,
    )


def printed(sitting: Sitting, entry: Entry, numbers: Allocation, now: datetime) -> bytes:
    """The certificate of an entry as PDF, unsigned."""
    settings = sitting.centre.settings
    code, page = numbers.verification_code, settings.certificate.verification_page
    examined, kept = _areas(entry.decision)
    data = CertificateData(
        title=settings.certificate.of(sitting.record.track_id).title,
        parent_body=settings.issuer.parent,
        issuer=settings.issuer.name,
        full_name=entry.full_name,
        birth_date=entry.birth_date,
        position=entry.position,
        agency=entry.agency,
        programme=entry.programme,
        examined=examined,
        kept=kept,
        examined_on=sitting.record.closes.astimezone(VIETNAM).date(),
        place=settings.issuer.place,
        issued_on=numbers.issued_on,
        signer_prefix=settings.signatory.prefix,
        signer_title=settings.signatory.title,
        signer_name=settings.signatory.name,
        serial=numbers.serial,
        register_number=numbers.register_number,
        verification_code=code,
        verification_text=verification_text(numbers.serial, code, page),
        is_demo=settings.demo,
    )
    return render_certificate(data, now)


def _areas(decision: Decision) -> tuple[str, str]:
    """The areas examined and those kept from before, as the frozen decision names them."""
    areas = content_of(decision)["areas"]
    named = {
        outcome: "; ".join(one["name"] for one in areas if one["outcome"] == outcome)
        for outcome in ("passed", "kept")
    }
    return named["passed"], named["kept"]
