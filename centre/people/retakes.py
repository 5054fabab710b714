"""What a person's own records say of sitting again: attempts, areas kept, when they may."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Min, Q

from centre.decisions.effect import effect_of
from centre.decisions.models import Decision
from centre.people.models import EarlierResult, Enrolment
from centre.register.models import Entry
from courses.foundation.dates import VIETNAM, padded_date
from grading.certification.decision import Prior

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from centre.sittings.models import SittingRecord
    from grading.certification.policy import Policy


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

    Sittings may overlap: what comes before is what the person began before this one. One that
    was annulled counts for nothing: no pass of it is kept, and it was no attempt.
    """
    found: defaultdict[str, Standing] = defaultdict(Standing)
    _earlier_results(found, track, persons)
    earlier = _earlier(track, persons, before)
    decided = _latest(earlier)
    for enrolment in earlier:
        standing, sat = found[enrolment.person_id], enrolment.began is not None
        standing.attempts += sat
        if decision := decided.get(enrolment.pk):
            _follow(standing, decision, enrolment.sitting.closes, sat=sat)
    for person in _certified(track, persons):
        found[person].certified = True
    return dict(found)


def barred(standing: Standing, policy: Policy, opens: datetime) -> str:
    """Why somebody may not sit again at a sitting that opens then; empty when they may."""
    if standing.attempts >= policy.max_attempts:
        return f"đã dự thi {standing.attempts} lần, tối đa {policy.max_attempts} lần"
    day = opens.astimezone(VIETNAM).date()
    if standing.resit_from is not None and day < standing.resit_from:
        return f"được thi lại từ ngày {padded_date(standing.resit_from)}"
    if standing.certified:
        return "đang có chứng chỉ còn hiệu lực của chương trình này"
    return ""


def _earlier(track: str, persons: Collection[str], before: SittingRecord) -> list[Any]:
    """Enrolments of ``persons`` that come before that sitting, in order; each with ``began``.

    Who began a paper there came at that moment; who never did, when the sitting had closed.
    """
    counted = Enrolment.objects.filter(Q(sitting__annulment=None) | Q(sitting=before.pk))
    enrolments = counted.filter(person__in=persons, sitting__track=track)
    timed = enrolments.select_related("sitting").annotate(began=Min("deliveries__started_at"))
    here = {one.person_id: one.began for one in timed if one.sitting_id == before.pk}
    return sorted(
        (one for one in timed if one.sitting_id != before.pk and _precedes(one, here, before)),
        key=_moment,
    )


def _moment(enrolment: Any) -> tuple[datetime, str]:
    return enrolment.began or enrolment.sitting.closes, enrolment.sitting_id


def _precedes(enrolment: Any, here: Mapping[str, datetime | None], before: SittingRecord) -> bool:
    if enrolment.began is None:
        return bool(enrolment.sitting.closes < before.opens)
    return _moment(enrolment) < (here.get(enrolment.person_id) or before.closes, before.pk)


def _earlier_results(
    found: defaultdict[str, Standing], track: str, persons: Collection[str]
) -> None:
    for row in EarlierResult.objects.filter(track=track, person__in=persons):
        standing = found[row.person_id]
        standing.attempts = max(standing.attempts, row.attempts)
        if row.area and row.passed_on is not None:
            standing.priors[row.area] = Prior(row.passed_on, Decimal(row.share))


def _latest(enrolments: Iterable[Enrolment]) -> dict[int, Decision]:
    """The last decision that the board has given effect on each enrolment."""
    records = {one.sitting_id: one.sitting for one in enrolments}
    effective = {key for record in records.values() for key in effect_of(record)}
    wanted = [one.pk for one in enrolments]
    found = Decision.objects.filter(enrolment__in=wanted).select_related("evidence", "policy")
    found = found.order_by("revision")
    return {one.enrolment_id: one for one in found if one.pk in effective}


def _follow(standing: Standing, decision: Decision, closes: datetime, *, sat: bool) -> None:
    """Take over what one decision says: areas passed at that sitting, and when to come again."""
    content = json.loads(decision.content)
    if sat:
        resit = content["resit_from"]
        standing.resit_from = date.fromisoformat(resit) if resit else None
    if decision.status == "INVALID":
        return
    sat_on, weak = closes.astimezone(VIETNAM).date(), _below_floor(decision)
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
