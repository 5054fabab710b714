"""Results as officers and the board look at them: who, what, whether in effect, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Count

from centre.accounts.permissions import require
from centre.decisions.decide import latest
from centre.decisions.effect import SheetState, effect_of, state_of
from centre.decisions.models import BoardSheet, Decision
from courses.foundation.errors import DecisionError
from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting


@dataclass(frozen=True)
class Standing:
    """The last decision on one candidate, and since when it is in effect."""

    decision: Decision
    name: str
    agency: str
    since: datetime | None

    @property
    def status(self) -> str:
        """The decision in a word."""
        return STATUS_NAMES[Status(self.decision.status)]

    @property
    def reasons(self) -> str:
        """Why, in one line."""
        return " ".join(one["text"] for one in json.loads(self.decision.content)["reasons"])


@dataclass(frozen=True)
class Sheet:
    """A sheet before the board, and how many have signed it."""

    record: BoardSheet
    decisions: int
    signed: int

    @cached_property
    def state(self) -> SheetState:
        """Where it stands."""
        return state_of(self.record)

    @property
    def in_effect(self) -> bool:
        """Whether enough have signed."""
        return self.state is SheetState.SIGNED


def results(actor: Actor, sitting: Sitting) -> list[Standing]:
    """The last decision on each candidate, by number."""
    require(actor, "results.read")
    effective = effect_of(sitting.record)
    people = {one.pk: one for one in sitting.enrolments()}
    return [
        Standing(
            decision=one,
            name=people[one.enrolment_id].person.full_name,
            agency=people[one.enrolment_id].agency.name,
            since=effective.get(one.id),
        )
        for one in latest(sitting)
    ]


def revisions(actor: Actor, decision: str) -> list[Decision]:
    """Every decision on the candidate of one, the last first.

    Raises:
        DecisionError: when there is no such decision.
    """
    require(actor, "results.read")
    one = Decision.objects.filter(pk=decision).first()
    if one is None:
        raise DecisionError("không có quyết định này")
    found = Decision.objects.filter(enrolment=one.enrolment_id)
    return list(found.select_related("enrolment__person").order_by("-revision"))


def sheets(actor: Actor, sitting: Sitting) -> list[Sheet]:
    """The sheets of a sitting, the last first."""
    require(actor, "results.read")
    found = BoardSheet.objects.filter(sitting=sitting.record)
    return [
        Sheet(one, len(json.loads(one.decisions)), one.signed)
        for one in found.annotate(signed=Count("signatures")).order_by("-pk")
    ]


def all_sheets(actor: Actor) -> list[Sheet]:
    """The sheets of every sitting, those that want signatures first, then the last first."""
    require(actor, "decision.read")
    found = BoardSheet.objects.select_related("sitting").annotate(signed=Count("signatures"))
    sheets = [Sheet(one, len(json.loads(one.decisions)), one.signed) for one in found]
    return sorted(sheets, key=lambda one: (one.state is not SheetState.DRAFT, -one.record.pk))
