"""The clock of the house: a paper whose time has ended is taken, whether anybody looks or not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from centre.accounts.actors import RESERVED, Actor
from centre.accounts.permissions import Role
from centre.sittings.take import MARGIN, papers_due, under_way
from centre.sittings.watch import end_paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from centre.sittings.models import Delivery
    from centre.sittings.sitting import Sitting
    from centre.sittings.watch import Event

CLOCK = Actor(RESERVED[1], frozenset({Role.INVIGILATOR}))
_DAY = timedelta(days=1)  # after which what was never taken is a matter for people


def _late(now: datetime) -> QuerySet[Delivery]:
    return under_way().filter(due_at__lte=now - MARGIN, due_at__gt=now - _DAY)


def sittings_due(now: datetime) -> list[str]:
    """Codes of the sittings that have a paper whose time has lately ended, not taken since."""
    return sorted(set(_late(now).values_list("enrolment__sitting__code", flat=True)))


def end_papers(sitting: Sitting, refused: set[str], now: datetime) -> Iterator[Event]:
    """Take every paper of a sitting whose time has lately ended.

    ``refused`` keeps, from one call to the next, what cannot be taken: it is told once, and left
    for an invigilator.
    """
    late = _late(now).filter(enrolment__sitting=sitting.record)
    wanted = set(late.values_list("enrolment__candidate", "form__code"))
    for candidate, form in papers_due(sitting, now):
        name = f"{sitting.code}/{candidate}/{form}"
        if (candidate, form) not in wanted or name in refused:
            continue
        for event in end_paper(CLOCK, sitting, candidate, form, now):
            if event.kind == "refused":
                refused.add(name)
            yield event
