"""Who is where with one paper of a sitting under way, as an invigilator needs to see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.sittings.deliver import rooms_stopped
from centre.sittings.models import Delivery
from centre.sittings.presence import STALE, present

if TYPE_CHECKING:
    from datetime import datetime

    from centre.people.models import Enrolment
    from centre.sittings.models import ReceiptRecord
    from centre.sittings.presence import Presence
    from centre.sittings.sitting import Sitting

SILENT = 120  # seconds without a word from a page that is at work


@dataclass(frozen=True)
class Seat:
    """A candidate and a paper: ``delivery`` None before the start, ``here`` what the page told."""

    enrolment: Enrolment
    delivery: Delivery | None
    receipts: list[ReceiptRecord]
    stopped: bool
    here: Presence | None
    now: datetime

    @property
    def candidate(self) -> str:
        """The candidate's number."""
        return self.enrolment.candidate

    @property
    def silent(self) -> int | None:
        """Seconds since the page last told anything; None when it never did."""
        return int((self.now - self.here.seen_at).total_seconds()) if self.here else None

    @property
    def left(self) -> int | None:
        """Seconds left; None before the start and while the clock stands still."""
        if self.delivery is None or self.stopped:
            return None
        return max(0, int((self.delivery.due_at - self.now).total_seconds()))

    @property
    def state(self) -> str:
        """One word for how it stands."""
        if self.delivery is None:
            return "waiting" if self._here_now else "absent"
        if self.receipts and self.receipts[-1].taken_at >= self.delivery.due_at:
            return "ended"
        if self.stopped:
            return "stopped"
        if self.now > self.delivery.due_at:
            return "due"
        if self._handed_in:
            return "handed"
        return "silent" if self.silent is None or self.silent > SILENT else "working"

    @property
    def unsent(self) -> int:
        """Answers that the page said it could not send."""
        return self.here.unsent if self.here else 0

    @property
    def attention(self) -> bool:
        """Whether somebody ought to look."""
        return self.state in ("silent", "due") or (self.state == "working" and self.unsent > 0)

    @property
    def _here_now(self) -> bool:
        return self.silent is not None and self.silent <= STALE

    @property
    def _handed_in(self) -> bool:
        if not self.receipts or self.delivery is None:
            return False
        reopened = self.delivery.reopened_at
        return reopened is None or self.receipts[-1].taken_at >= reopened


def roll(sitting: Sitting, paper: str, now: datetime) -> list[Seat]:
    """Everyone at the sitting, by room and number, with one paper."""
    started = Delivery.objects.filter(
        enrolment__sitting=sitting.record, form__code__startswith=f"{paper}-"
    ).prefetch_related("receipts")
    deliveries = {one.enrolment_id: one for one in started}
    stopped, here = rooms_stopped(sitting), present(sitting)

    def seat(enrolment: Enrolment) -> Seat:
        delivery = deliveries.get(enrolment.pk)
        told = here.get(enrolment.candidate)
        return Seat(
            enrolment=enrolment,
            delivery=delivery,
            receipts=sorted(delivery.receipts.all(), key=lambda one: one.taken_at)
            if delivery
            else [],
            stopped=bool(stopped & {"", enrolment.room}),
            here=told if told and told.paper == paper else None,
            now=now,
        )

    everyone = sitting.record.enrolments.order_by("room", "candidate")
    return [seat(one) for one in everyone]
