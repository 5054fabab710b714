"""Who may not mark whom: own agency and declared conflicts, at every sitting of the centre."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from centre.accounts.models import User
from centre.marks.models import Conflict
from centre.people.models import Agency, Enrolment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from centre.sittings.sitting import Sitting


def barred_markers(sitting: Sitting) -> dict[int, frozenset[str]]:
    """By enrolment the markers who are in conflict of interest with that candidate.

    An agency is the same under all its names: a conflict outlives a merger. Whoever sits is no
    marker of their own script.
    """
    of_agency, of_person = _declared()
    kin = _kin()
    enrolments = Enrolment.objects.filter(sitting=sitting.record)
    return {
        pk: frozenset(of_person[person].union(*(of_agency[one] for one in kin[agency])))
        for pk, person, agency in enrolments.values_list("pk", "person_id", "agency_id")
    }


def _declared() -> tuple[defaultdict[int, set[str]], defaultdict[str, set[str]]]:
    of_agency: defaultdict[int, set[str]] = defaultdict(set)
    of_person: defaultdict[str, set[str]] = defaultdict(set)
    for marker, agency, person in Conflict.objects.values_list("marker", "agency_id", "person_id"):
        if agency is not None:
            of_agency[agency].add(marker)
        if person is not None:
            of_person[person].add(marker)
    users = User.objects.exclude(person=None).values_list("username", "person_id")
    for username, person in users:
        of_person[person].add(username)
    return of_agency, of_person


def _kin() -> dict[int, set[int]]:
    """Each agency with all it was or has become, by key."""
    kin: dict[int, set[int]] = {}
    pairs: Iterable[tuple[int, int | None]] = Agency.objects.values_list("pk", "successor_id")
    for one, successor in pairs:
        joined = kin.get(one, {one}) | (kin.get(successor, {successor}) if successor else set())
        kin |= dict.fromkeys(joined, joined)
    return kin
