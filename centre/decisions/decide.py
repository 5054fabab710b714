"""Deciding on a sitting from frozen evidence and policy; what is kept is what is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from centre.decisions.evidence import gather
from centre.decisions.models import Decision as DecisionRecord
from centre.ledger.acts import door, record_many
from centre.sittings.frozen import unkept
from courses.foundation.dates import VIETNAM
from courses.foundation.digests import canonical, digest_of
from grading.certification.decision import Decision, decide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.ledger.rows import Row
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
    made = [
        _Made(enrolment, evidence, decide(evidence, sitting.policy, day))
        for enrolment, evidence in gather(sitting)
    ]
    new = [one for one in made if not _same(last.get(one.enrolment.pk), one.decision)]
    last |= {one.enrolment_id: one for one in _keep(actor, sitting, new, last, now)}
    return Decided(sorted(last.values(), key=lambda one: one.enrolment.candidate), len(new))


class _Made(NamedTuple):
    """A decision just made, and of whom from what."""

    enrolment: Enrolment
    evidence: Evidence
    decision: Decision


def _same(kept: DecisionRecord | None, made: Decision) -> bool:
    digests = (made.policy_digest, made.evidence_digest)
    return kept is not None and (kept.policy_id, kept.evidence_id) == digests


def _keep(
    actor: Actor,
    sitting: Sitting,
    new: Sequence[_Made],
    last: Mapping[int, DecisionRecord],
    now: datetime,
) -> list[DecisionRecord]:
    """Write decisions with their evidence; a line in the ledger for each."""
    frozen = unkept("evidence", [one.evidence.text() for one in new], now)
    written: dict[str, list[Row]] = {}
    kept = []
    for one in new:
        before = last.get(one.enrolment.pk)
        record = _record(sitting, one, before.revision + 1 if before else 1, now)
        evidence = frozen.get(record.evidence_id)
        written[f"{sitting.code}/{one.enrolment.candidate}"] = [*filter(None, [evidence]), record]
        kept.append(record)
    record_many(actor, "decision.made", written, now)
    return kept


def _record(sitting: Sitting, made: _Made, revision: int, now: datetime) -> DecisionRecord:
    content = made.decision.record()
    return DecisionRecord(
        id=digest_of([sitting.code, made.decision.trainee, revision, content])[:16],
        enrolment=made.enrolment,
        revision=revision,
        status=made.decision.status.value,
        content=canonical(content),
        policy=sitting.record.policy,
        evidence_id=made.decision.evidence_digest,
        decided_at=now,
    )


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
    return list(changed_evidence(sitting))


def changed_evidence(sitting: Sitting) -> dict[str, str]:
    """The same, by candidate, with the digest of what is known of them now."""
    kept = {one.enrolment_id: one.evidence_id for one in latest(sitting)}
    now = {enrolment: digest_of(evidence.record()) for enrolment, evidence in gather(sitting)}
    return {who.candidate: digest for who, digest in now.items() if kept.get(who.pk) != digest}
