"""Somebody the centre knows, as a roster would list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cohort_data.agencies import agency_type_of
from cohort_data.rosters.schema import Trainee
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from centre.people.models import Enrolment


def as_listed(enrolment: Enrolment) -> Trainee:
    """Who was enrolled, under the same candidate number.

    Raises:
        CentreError: when the person's data were erased.
    """
    person = enrolment.person
    if person.birth_date is None:
        raise CentreError(f"dữ liệu của {person.number} đã xoá")
    return Trainee(
        id=enrolment.candidate,
        full_name=person.full_name,
        birth_date=person.birth_date,
        position=enrolment.position,
        agency=enrolment.agency.name,
        agency_type=agency_type_of(enrolment.agency.name) or "bộ, ngành",
        attempt=None,
    )
