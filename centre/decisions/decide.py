"""Deciding on a sitting from frozen evidence and policy; what is kept is what is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from centre.decisions.evidence import gather
from centre.decisions.models import Decision as DecisionRecord
from centre.ledger.acts import act, door
from centre.sittings.frozen import freeze
from courses.foundation.dates import VIETNAM
from courses.foundation.digests import canonical, digest_of
from grading.certification.decision import Decision, decide

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.people.models import Enrolment
    from centre.sittings.sitting import Sitting
    from grading.certification.decision import Evidence


@dataclass(frozen=True)
class Decided:
    """The decisions that stand, by candidate, and how many of them are new."""

    standing: list[DecisionRecord]
    new: int


@door("decide")
def decide_all(actor: Actor, sitting: Sitting, *, now: datetime) -> Decided:
    """Decide on everyone of whom something has changed.

    Where evidence and policy are as they were, the decision that is kept stands, with its own
    date. Where they are not, a further revision is kept beside the earlier ones.
    """
    day = now.astimezone(VIETNAM).date()
    last = {one.enrolment_id: one for one in latest(sitting)}
    new = 0
    for enrolment, evidence in gather(sitting):
        made = decide(evidence, sitting.policy, day)
        if not _same(last.get(enrolment.pk), made):
            last[enrolment.pk] = _keep(actor, sitting, enrolment, evidence, made, now=now)
            new += 1
    return Decided(sorted(last.values(), key=lambda one: one.enrolment.candidate), new)


def _same(kept: DecisionRecord | None, made: Decision) -> bool:
    digests = (made.policy_digest, made.evidence_digest)
    return kept is not None and (kept.policy_id, kept.evidence_id) == digests


def _keep(
    actor: Actor,
    sitting: Sitting,
    enrolment: Enrolment,
    evidence: Evidence,
    made: Decision,
    *,
    now: datetime,
) -> DecisionRecord:
    before = enrolment.decisions.aggregate(last=Max("revision"))["last"] or 0
    content = made.record()
    key = digest_of([sitting.code, made.trainee, before + 1, content])[:16]
    with act(actor, "decision.made", f"{sitting.code}/{made.trainee}", now) as done:
        row = DecisionRecord(
            id=key,
            enrolment=enrolment,
            revision=before + 1,
            status=made.status.value,
            content=canonical(content),
            policy=sitting.record.policy,
            evidence=freeze(done, "evidence", evidence.text(), now),
            decided_at=now,
        )
        done.insert(row)
    return row


def latest(sitting: Sitting) -> list[DecisionRecord]:
    """The last decision on each candidate, by candidate number."""
    found = DecisionRecord.objects.filter(enrolment__sitting=sitting.record)
    by_enrolment = {
        one.enrolment_id: one
        for one in found.select_related("enrolment__agency").order_by("revision")
    }
    return sorted(by_enrolment.values(), key=lambda one: one.enrolment.candidate)


def content_of(record: DecisionRecord) -> dict[str, Any]:
    """The decision as it was made."""
    content: dict[str, Any] = json.loads(record.content)
    return content


def changed_since(sitting: Sitting) -> list[str]:
    """Candidates of whom something has changed since they were decided on, or who were not yet."""
    kept = {one.enrolment_id: one.evidence_id for one in latest(sitting)}
    return [
        enrolment.candidate
        for enrolment, evidence in gather(sitting)
        if kept.get(enrolment.pk) != digest_of(evidence.record())
    ]
