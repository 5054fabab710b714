"""Revoking with a legal ground, and which certificates later facts have undermined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from centre.ledger.acts import act, door
from centre.ledger.checkpoint import checkpoint_now
from centre.register.models import Entry, Revocation
from courses.foundation.dates import VIETNAM, vietnam_time
from courses.foundation.errors import CredentialError
from grading.certification.decision import STATUS_NAMES, Status
from grading.credentials.revocation import Revocation as Ground
from grading.credentials.revocation import public_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from centre.accounts.actors import Actor


def the_entry(serial: str) -> Entry:
    """The entry of that serial; CredentialError when there is none."""
    entry = Entry.objects.filter(pk=serial.strip().upper()).first()
    if entry is None:
        raise CredentialError(f"không có số hiệu {serial} trong sổ")
    return entry


@door("certificate.revoke")
def revoke(actor: Actor, entry: Entry, ground: str, detail: str, *, now: datetime) -> Revocation:
    """Mark a certificate revoked, with date and legal ground; nothing is deleted.

    Raises:
        CredentialError: when it is revoked already, nothing says what happened, or the ground
            is not in force.
    """
    known = Revocation.objects.filter(pk=entry.pk).first()
    if known is not None:
        raise CredentialError(f"{entry.serial} đã bị thu hồi lúc {vietnam_time(known.revoked_at)}")
    reason = public_reason(Ground(ground, detail), now.astimezone(VIETNAM).date())
    row = Revocation(entry=entry, revoked_at=now, ground=ground, reason=reason, detail=detail)
    with act(actor, "certificate.revoked", entry.serial, now) as done:
        done.insert(row)
    transaction.on_commit(checkpoint_now, robust=True)
    return row


@dataclass(frozen=True)
class Undermined:
    """A certificate that stands although what it rests on does not."""

    serial: str
    why: str

    def __str__(self) -> str:
        return f"{self.serial}: {self.why}; thu hồi, cấp lại hoặc kết luận lại"


def undermined() -> Iterator[Undermined]:
    """Certificates that stand while the facts under them have changed since."""
    standing = Entry.objects.filter(revocation=None, successor=None).select_related(
        "person", "decision__enrolment"
    )
    for entry in standing.order_by("pk"):
        if why := _why(entry):
            yield Undermined(entry.serial, why)


def _why(entry: Entry) -> str:
    enrolment = entry.decision.enrolment
    if enrolment.cases.filter(upheld=True).exists():
        return "vụ việc vi phạm đã được kết luận là có"
    if enrolment.cases.filter(closed_at=None).exists():
        return "đang có vụ việc vi phạm chưa kết luận"
    last = enrolment.decisions.order_by("-revision")[0]
    if last.status != Status.PASS:
        return f"quyết định mới nhất là “{STATUS_NAMES[Status(last.status)]}”"
    person = entry.person
    if person.erased_at is None and (entry.full_name, entry.birth_date) != (
        person.full_name,
        person.birth_date,
    ):
        return "họ tên hoặc ngày sinh đã được đính chính sau khi cấp"
    return ""
