"""Revoking with a legal ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from centre.ledger.acts import act, door
from centre.ledger.checkpoint import checkpoint_now
from centre.register.models import Entry, Revocation
from courses.foundation.dates import VIETNAM, vietnam_time
from courses.foundation.errors import CredentialError
from grading.credentials.revocation import Revocation as Ground
from grading.credentials.revocation import public_reason

if TYPE_CHECKING:
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
