"""Sittings as officers look at them: how many came, handed in, were marked and decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from centre.accounts.permissions import require
from centre.sittings.models import Delivery, SittingRecord

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor


@dataclass(frozen=True)
class Overview:
    """One sitting in numbers."""

    record: SittingRecord
    candidates: int
    started: int
    taken: int

    @property
    def code(self) -> str:
        """Its code."""
        return self.record.code

    def state(self, now: datetime) -> str:
        """Before, during or after its hours, in words."""
        if now < self.record.opens:
            return "chưa mở"
        return "đang mở" if now < self.record.closes else "đã đóng"


def sittings(actor: Actor) -> list[Overview]:
    """Every sitting, the latest first."""
    require(actor, "sitting.read")
    papers = Delivery.objects.values_list("enrolment__sitting").annotate(
        started=Count("pk", distinct=True),
        taken=Count("pk", filter=Q(receipts__isnull=False), distinct=True),
    )
    counts = {code: (started, taken) for code, started, taken in papers}
    records = SittingRecord.objects.annotate(candidates=Count("enrolments"))
    return [
        Overview(one, one.candidates, *counts.get(one.code, (0, 0)))
        for one in records.order_by("-opens", "code")
    ]
