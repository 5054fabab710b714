"""What each agency is told of its own people at a sitting."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.decisions.decide import content_of
from centre.people.models import Letter
from centre.reporting.candidates import in_effect
from centre.reporting.letterhead import letterhead
from centre.reporting.publishing import Edition
from courses.foundation.dates import padded_date
from courses.foundation.errors import SittingError
from courses.tracks import the_track
from grading.certification.decision import Status
from grading.reports.agency import AgencyInput, Sent, agency_report

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.decisions.models import Decision
    from centre.people.models import Agency
    from centre.sittings.sitting import Sitting


def agency_editions(actor: Actor, sitting: Sitting, agency: str = "") -> list[Edition]:
    """A notice for every agency, or for the one of this name alone.

    Raises:
        SittingError: when no decision is in effect, or nobody of ``agency`` has one.
        DeniedError: when the actor may not tell agencies.
    """
    require(actor, "report.agency")
    people: defaultdict[Agency, list[tuple[Decision, datetime]]] = defaultdict(list)
    for decision, since in in_effect(sitting):
        if agency in ("", decision.enrolment.agency.name):
            people[decision.enrolment.agency].append((decision, since))
    if not people:
        raise SittingError(f"không có người nào của “{agency}” đã có quyết định ở kỳ này")
    letters = _letters(sitting)
    return [_edition(sitting, whose, people[whose], letters) for whose in people]


def _letters(sitting: Sitting) -> dict[int, str]:
    """The letter that sent each enrolment, the latest."""
    found = Letter.objects.filter(enrolment__sitting=sitting.record, kind="sends")
    return {
        letter.enrolment_id: f"{letter.number} ngày {padded_date(letter.dated)}"
        for letter in found.order_by("dated")
    }


def _edition(
    sitting: Sitting,
    agency: Agency,
    people: list[tuple[Decision, datetime]],
    letters: dict[int, str],
) -> Edition:
    report = agency_report(
        AgencyInput(
            letterhead(
                sitting.centre, max(since for _, since in people), (agency.name, "Lưu: VT, ĐT")
            ),
            the_track(sitting.record.track_id).mandate,
            agency.name,
            sitting.record.name,
            tuple(_sent(decision, letters) for decision, _ in people),
        )
    )
    return Edition(report, sitting.code, f"agency-{agency.pk}")


def _sent(decision: Decision, letters: dict[int, str]) -> Sent:
    enrolment = decision.enrolment
    failed = decision.status == Status.FAIL
    areas = content_of(decision)["areas"] if failed else []
    return Sent(
        enrolment.candidate,
        enrolment.person.full_name,
        enrolment.position,
        decision.status,
        tuple(area["name"] for area in areas if area["outcome"] not in ("passed", "kept")),
        letters.get(enrolment.pk, ""),
    )
