"""People as officers look for them: a row each, with where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.accounts.models import User
from centre.accounts.permissions import require
from centre.people.models import Enrolment, Person
from centre.register.models import Entry

if TYPE_CHECKING:
    from datetime import date

    from centre.accounts.actors import Actor


@dataclass(frozen=True)
class Listed:
    """A person and their latest sitting; ``username`` is empty while they cannot sign in."""

    number: str
    full_name: str
    birth_date: date | None
    agency: str
    position: str
    candidate: str
    sittings: int
    serial: str
    username: str


def people(actor: Actor) -> list[Listed]:
    """Everyone the centre knows, by number."""
    require(actor, "people.read")
    enrolled: dict[str, list[Enrolment]] = {}
    for one in Enrolment.objects.select_related("agency").order_by("sitting__opens"):
        enrolled.setdefault(one.person_id, []).append(one)
    standing = Entry.objects.filter(revocation=None, successor=None)
    serials = dict(standing.values_list("person_id", "printed"))
    users = dict(User.objects.exclude(person=None).values_list("person_id", "username"))
    return [
        _listed(person, enrolled.get(person.number, []), serials, users)
        for person in Person.objects.order_by("number")
    ]


def _listed(
    person: Person, enrolled: list[Enrolment], serials: dict[str, str], users: dict[str, str]
) -> Listed:
    last = enrolled[-1] if enrolled else None
    return Listed(
        number=person.number,
        full_name=person.full_name,
        birth_date=person.birth_date,
        agency=last.agency.name if last else "",
        position=last.position if last else "",
        candidate=last.candidate if last else "",
        sittings=len(enrolled),
        serial=serials.get(person.number, ""),
        username=users.get(person.number, ""),
    )


def enrolments_of(actor: Actor, person: Person) -> list[Enrolment]:
    """Where somebody sat or is to sit, the latest first."""
    require(actor, "people.read")
    found = person.enrolments.select_related("sitting", "agency")
    return list(found.order_by("-sitting__opens"))
