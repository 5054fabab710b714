"""Whoever sits again did not pass before: that is known without any publication."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from centre.decisions.decide import content_of
from centre.decisions.models import Decision
from centre.people.models import EarlierResult, Enrolment
from courses.foundation.dates import VIETNAM
from grading.certification.decision import Status
from grading.disclosure.people import Figure, Roster, Told
from grading.reports.cohort_figures import status_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from grading.disclosure.people import People

RESIT = "resit"


def known_to_resit() -> list[Told]:
    """For each sitting, the enrolments before it of whoever came again: nobody of them passed."""
    statuses, found = _statuses(), defaultdict[tuple[date, str], set[str]](set)
    for _, before, on, sitting in _failed_before(statuses):
        found[on, sitting].add(before)
    return [told_to_resit(*key, frozenset(found[key]), statuses) for key in sorted(found)]


def who_sat() -> Roster:
    """Whose enrolment follows on whose, and from what agency everybody came."""
    agencies = Enrolment.objects.values_list("pk", "agency")
    earlier = set(EarlierResult.objects.values_list("person", "track"))
    unrecorded = {
        first: f"before:{first}" for tried, first in _first_enrolments().items() if tried in earlier
    }
    recorded = {one: before for one, before, *_ in _failed_before(_statuses())}
    return Roster(unrecorded | recorded, {str(one): str(agency) for one, agency in agencies})


def enrolments_before(sitting: str) -> dict[str, str]:
    """The enrolments at a sitting of whoever had been enrolled before, each with that one."""
    return {one: before for one, before, _, at in _pairs() if at == sitting}


def again_at(sitting: str, decided: Iterable[Decision]) -> dict[str, str]:
    """Of whoever sits again, the enrolment and the one before.

    One that the centre has no record of has a name of its own.
    """
    before = enrolments_before(sitting)
    found = [str(one.enrolment_id) for one in decided if content_of(one)["attempt"] > 1]
    return {enrolment: before.get(enrolment, f"before:{enrolment}") for enrolment in found}


def kept_before(sitting: str, decided: Sequence[Decision]) -> dict[str, frozenset[str]]:
    """Of whoever sits again, the enrolment before, with the areas then passed."""
    again = again_at(sitting, decided)
    contents = {str(one.enrolment_id): content_of(one) for one in decided}
    return {before: kept_areas(contents[enrolment]) for enrolment, before in again.items()}


def kept_areas(content: Mapping[str, Any]) -> frozenset[str]:
    """The areas that a decision takes from an earlier sitting."""
    return frozenset(area["code"] for area in content["areas"] if area["outcome"] == "kept")


def _failed_before(statuses: Mapping[str, str]) -> Iterator[tuple[str, str, date, str]]:
    """Those of ``_pairs`` who had a decision, and had not passed."""
    return (pair for pair in _pairs() if statuses.get(pair[1]) not in (None, Status.PASS))


def _pairs() -> Iterator[tuple[str, str, date, str]]:
    """Every enrolment that follows on another in its track: both, and the later one's sitting."""
    last: dict[tuple[str, str], str] = {}
    for pk, tried, sitting, opens in _enrolments():
        if before := last.get(tried):
            yield pk, before, opens.astimezone(VIETNAM).date(), sitting
        last[tried] = pk


def _first_enrolments() -> dict[tuple[str, str], str]:
    """By person and track."""
    return {tried: pk for pk, tried, *_ in reversed(list(_enrolments()))}


def _enrolments() -> Iterator[tuple[str, tuple[str, str], str, datetime]]:
    enrolled = Enrolment.objects.order_by("sitting__opens", "sitting").values_list(
        "pk", "person", "sitting__track", "sitting", "sitting__opens"
    )
    for pk, person, track, sitting, opens in enrolled:
        yield str(pk), (person, track), sitting, opens


def _statuses() -> dict[str, str]:
    found = Decision.objects.order_by("revision").values_list("enrolment", "status")
    return {str(one): status for one, status in found}


def told_to_resit(on: date, sitting: str, who: People, statuses: Mapping[str, str]) -> Told:
    """That nobody of ``who`` passed before ``sitting``, as if it were published."""
    group = f"người thi lại ở kỳ {sitting}, lần thi trước"
    passed = Figure("", "Danh sách thi lại", group, who, Status.PASS, 0, 0)
    facts = status_facts({one: statuses[one] for one in who})
    return Told(f"danh sách dự thi kỳ {sitting}", on, RESIT, (passed,), facts)
