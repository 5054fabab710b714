"""Searching the ledger by person, actor, kind and time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from centre.ledger.models import LedgerLine
from centre.people.models import Enrolment
from courses.foundation.dates import VIETNAM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet


def search(
    *,
    person: str = "",
    actor: str = "",
    kind: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[LedgerLine]:
    """The lines that meet every condition given, in order; see ``lines``."""
    found = lines(person=person, actor=actor, kind=kind, since=since, until=until)
    return found.iterator(2_000)


def lines(
    *,
    person: str = "",
    actor: str = "",
    kind: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[LedgerLine]:
    """The lines that meet every condition given, in order.

    Args:
        person: a person's number, or a candidate number at any sitting.
        actor: who acted.
        kind: the kind of act, or its beginning, such as ``paper``.
        since: the first day, in Việt Nam.
        until: the last day, included.
    """
    found = LedgerLine.objects.order_by("number")
    if person:
        found = found.filter(subject__in=_subjects(person))
    if actor:
        found = found.filter(actor=actor)
    if kind:
        found = found.filter(kind__startswith=kind)
    if since:
        found = found.filter(at__gte=since.replace(tzinfo=VIETNAM))
    if until:
        found = found.filter(at__lt=until.replace(tzinfo=VIETNAM) + timedelta(days=1))
    return found


def _subjects(person: str) -> set[str]:
    """What a person is called in the ledger: number, candidate numbers, serials."""
    found = Enrolment.objects.filter(Q(person=person) | Q(candidate=person))
    subjects = {person}
    for enrolment in found.select_related("person"):
        subjects |= {f"{enrolment.sitting_id}/{enrolment.candidate}", enrolment.person_id}
        subjects |= set(enrolment.person.entries.values_list("pk", flat=True))
    return subjects
