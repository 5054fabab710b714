"""What a person's own records say of sitting again: attempts, areas kept, when they may."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from centre.decisions.effect import effect_of
from centre.decisions.models import Decision
from centre.people.models import EarlierResult, Enrolment
from centre.register.models import Entry
from centre.sittings.models import Delivery, SittingRecord
from courses.foundation.dates import VIETNAM
from grading.certification.decision import Prior

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


@dataclass
class Standing:
    """Where a person stood in a track before a sitting.

    ``attempts`` counts the sittings at which a paper was started, and those before the centre
    kept records; ``priors`` are the areas passed, by code, each with its latest pass.
    """

    attempts: int = 0
    priors: dict[str, Prior] = field(default_factory=dict)
    resit_from: date | None = None
    certified: bool = False


def standings(track: str, persons: Collection[str], before: SittingRecord) -> dict[str, Standing]:
    """The standing of each of ``persons`` before one sitting, from the centre's own records.

    A sitting that was annulled counts for nothing: no pass of it is kept, and it was no attempt.
    """
    found: defaultdict[str, Standing] = defaultdict(Standing)
    _earlier_results(found, track, persons)
    earlier = Enrolment.objects.filter(
        person__in=persons,
        sitting__track=track,
        sitting__closes__lt=before.opens,
        sitting__annulment=None,
    ).select_related("sitting")
    sat = set(Delivery.objects.filter(enrolment__in=earlier).values_list("enrolment_id", flat=True))
    decided = _latest(earlier.values_list("pk", flat=True), _effective(earlier))
    for enrolment in earlier.order_by("sitting__closes"):
        standing = found[enrolment.person_id]
        standing.attempts += enrolment.pk in sat
        if decision := decided.get(enrolment.pk):
            _follow(standing, decision, enrolment.sitting.closes.astimezone(VIETNAM).date())
    for person in _certified(track, persons):
        found[person].certified = True
    return dict(found)


def _earlier_results(
    found: defaultdict[str, Standing], track: str, persons: Collection[str]
) -> None:
    for row in EarlierResult.objects.filter(track=track, person__in=persons):
        standing = found[row.person_id]
        standing.attempts = max(standing.attempts, row.attempts)
        if row.area and row.passed_on is not None:
            standing.priors[row.area] = Prior(row.passed_on, Decimal(row.share))


def _effective(enrolments: QuerySet[Enrolment]) -> set[str]:
    """The decisions on them that the board has given effect."""
    found: set[str] = set()
    for record in SittingRecord.objects.filter(enrolments__in=enrolments).distinct():
        found |= set(effect_of(record))
    return found


def _latest(enrolments: Collection[int], effective: Collection[str]) -> dict[int, Decision]:
    """The last decision in effect on each enrolment."""
    found = Decision.objects.filter(enrolment__in=enrolments, pk__in=effective)
    found = found.select_related("evidence", "policy").order_by("revision")
    return {decision.enrolment_id: decision for decision in found}


def _follow(standing: Standing, decision: Decision, sat_on: date) -> None:
    """Take over what one decision says: areas passed at that sitting, and when to come again."""
    content = json.loads(decision.content)
    resit = content["resit_from"]
    standing.resit_from = date.fromisoformat(resit) if resit else None
    if decision.status == "INVALID":
        return
    weak = _below_floor(decision)
    for area in content["areas"]:
        if area["outcome"] == "passed" and area["code"] not in weak:
            standing.priors[area["code"]] = Prior(sat_on, Decimal(area["share"]))


def _below_floor(decision: Decision) -> set[str]:
    """Areas that reached their cut while a critical competency in them was below its floor.

    They are to be sat again: kept as passed, the floor would never be reached.
    """
    shares = json.loads(decision.evidence.content).get("competencies", {})
    rules = json.loads(decision.policy.content)["critical"]
    return {
        rule["area"]
        for rule in rules
        if rule["competency"] in shares
        and Decimal(shares[rule["competency"]]) < Decimal(rule["floor_share"])
    }


def _certified(track: str, persons: Collection[str]) -> set[str]:
    """Who holds a certificate that stands."""
    entries = Entry.objects.filter(
        person__in=persons,
        decision__enrolment__sitting__track=track,
        revocation=None,
        successor=None,
    )
    return set(entries.values_list("person_id", flat=True))
