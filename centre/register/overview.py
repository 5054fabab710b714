"""The register as officers look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.register.models import Entry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from centre.accounts.actors import Actor


def entries(actor: Actor) -> QuerySet[Entry]:
    """Every certificate in the register, the latest first."""
    require(actor, "register.read")
    found = Entry.objects.select_related("revocation", "successor", "decision__enrolment")
    return found.prefetch_related("suspensions").order_by("-year", "-entry_number", "pk")


def state_of(entry: Entry) -> str:
    """Whether a certificate stands, in words."""
    if hasattr(entry, "revocation"):
        return "đã thu hồi"
    if hasattr(entry, "successor"):
        return "đã thay thế"
    suspended = any(one.ended_at is None for one in entry.suspensions.all())
    return "đang xem xét" if suspended else "còn hiệu lực"
