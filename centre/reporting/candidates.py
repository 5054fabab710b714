"""Each candidate's own result slip, once the decision is in effect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.decisions.board import effective_decisions
from centre.decisions.decide import content_of, latest
from centre.reporting.letterhead import letterhead
from centre.reporting.publishing import Edition
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import SittingError
from courses.tracks import all_competencies
from grading.certification.decision import read_evidence
from grading.reports.candidate import CandidateInput, candidate_report

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from centre.accounts.actors import Actor
    from centre.decisions.models import Decision
    from centre.sittings.sitting import Sitting


def in_effect(sitting: Sitting) -> list[tuple[Decision, datetime]]:
    """The latest decision on each candidate that is in effect, and since when.

    Who is erased is told of nowhere any more.

    Raises:
        SittingError: when none is.
    """
    effect = effective_decisions(sitting)
    found = [
        (one, effect[one.id])
        for one in latest(sitting)
        if one.id in effect and one.enrolment.person.erased_at is None
    ]
    if not found:
        raise SittingError("chưa có quyết định nào có hiệu lực; hội đồng phải ký bảng trước")
    return found


def candidate_editions(actor: Actor, sitting: Sitting, candidate: str = "") -> list[Edition]:
    """The slips of everybody, or of ``candidate`` alone.

    Raises:
        SittingError: when no decision is in effect, or none on ``candidate``.
        DeniedError: when the actor may not see one of them.
    """
    found = [
        (decision, since)
        for decision, since in in_effect(sitting)
        if candidate in ("", decision.enrolment.candidate)
    ]
    if not found:
        raise SittingError(f"chưa có quyết định có hiệu lực về {candidate}")
    for decision, _ in found:
        require(actor, "report.candidate", decision.enrolment.person_id)
    return [_edition(sitting, decision, since) for decision, since in found]


def _edition(sitting: Sitting, decision: Decision, since: datetime) -> Edition:
    number = decision.enrolment.candidate
    report = candidate_report(_input(sitting, decision, since))
    return Edition(report, sitting.code, f"candidate-{number}", decision.enrolment.person_id)


def _input(sitting: Sitting, decision: Decision, since: datetime) -> CandidateInput:
    enrolment, policy = decision.enrolment, sitting.policy
    return CandidateInput(
        letterhead=letterhead(
            sitting.centre, since, ("Người dự thi", "Lưu: hồ sơ kỳ sát hạch"), numbered=False
        ),
        candidate=enrolment.candidate,
        full_name=enrolment.person.full_name,
        agency=enrolment.agency.name,
        sitting_name=sitting.record.name,
        programme=sitting.centre.settings.certificate.of(sitting.record.track_id).programme,
        decision=content_of(decision),
        effective_on=since.astimezone(VIETNAM).date(),
        max_attempts=policy.max_attempts,
        prior_months=policy.prior_months,
        competencies=_competencies(decision),
        appeal_days=sitting.centre.settings.board.appeal_days,
    )


def _competencies(decision: Decision) -> tuple[tuple[str, str, Decimal], ...]:
    """As the frozen evidence has them, in the order of the framework, then a track's own."""
    shares = read_evidence(json.loads(decision.evidence.content)).competencies
    return tuple(
        (code, competency.name, shares[code])
        for code, competency in all_competencies().items()
        if code in shares
    )
