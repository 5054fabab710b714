"""Entering a roster: who is known already, who is new, and who may not sit again yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Max

from centre.ledger.acts import door, record_many
from centre.people.models import Agency, Enrolment, Letter, Person
from centre.people.retakes import barred, standings
from cohort_data.names import match_key
from cohort_data.rosters.comparison import near_duplicates
from courses.foundation.dates import VIETNAM, padded_date
from courses.foundation.errors import CentreError
from grading.certification.eligibility import explained

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from centre.accounts.actors import Actor
    from centre.ledger.rows import Row
    from centre.sittings.sitting import Sitting
    from cohort_data.rosters.schema import Trainee

NEW = "moi"
"""What a person is called, in a decision on near-duplicates, who is somebody new."""


@dataclass(frozen=True)
class Doubt:
    """A row that may be somebody the centre knows: for a person to decide."""

    candidate: str
    persons: tuple[tuple[str, str], ...]
    """Each person it may be, by number, and why."""

    def __str__(self) -> str:
        known = "; ".join(f"{number} ({reason})" for number, reason in self.persons)
        return f"{self.candidate}: có thể là {known}; là một người hay người mới?"


@dataclass(frozen=True)
class Difference:
    """A row that says otherwise than what is kept; entering again never changes what is kept."""

    candidate: str
    what: str
    kept: str
    given: str

    def __str__(self) -> str:
        return (
            f"{self.candidate}, {self.what}: đang lưu “{self.kept}”, danh sách ghi “{self.given}”"
        )


@dataclass
class Comparison:
    """What entering a roster would come to; candidates by what becomes of them."""

    new: dict[str, str | None] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def compare(sitting: Sitting, trainees: Sequence[Trainee], same: Mapping[str, str]) -> Comparison:
    """Compare a roster with what the centre knows; nothing is written.

    Args:
        sitting: where they are to sit.
        trainees: the checked roster.
        same: decisions on near-duplicates: by candidate a person's number, or ``moi``.
    """
    found = Comparison()
    enrolled = {one.candidate: one for one in sitting.enrolments()}
    listed = {trainee.id for trainee in trainees}
    found.missing = sorted(set(enrolled) - listed)
    fresh = [trainee for trainee in trainees if trainee.id not in enrolled]
    for trainee in trainees:
        if kept := enrolled.get(trainee.id):
            differences = list(_differences(kept, trainee))
            found.differences += differences
            found.unchanged += [] if differences else [trainee.id]
    _identify(fresh, same, found)
    found.differences += _mistaken(fresh, same)
    _admit(sitting, fresh, found)
    _refuse(sitting, {one.person_id for one in enrolled.values()}, found)
    return found


def _differences(kept: Enrolment, given: Trainee) -> Iterable[Difference]:
    yield from _other_person(kept.person.full_name, kept.person.birth_date, given)
    for what, old, new in (
        ("chức vụ", kept.position, given.position),
        ("cơ quan", kept.agency.name, given.agency),
    ):
        if old != new:
            yield Difference(kept.candidate, what, old, new)


def _other_person(name: str, born: date | None, given: Trainee) -> Iterable[Difference]:
    """What a row says of a person otherwise than is kept."""
    if name != given.full_name:
        yield Difference(given.id, "họ và tên", name, given.full_name)
    if born != given.birth_date:
        yield Difference(given.id, "ngày sinh", _day(born), _day(given.birth_date))


def _mistaken(fresh: Sequence[Trainee], same: Mapping[str, str]) -> Iterable[Difference]:
    """What does not fit of a decision: whoever made it may have mistaken the number."""
    persons = Person.objects.in_bulk(list(same.values()))
    for trainee in fresh:
        if person := persons.get(same.get(trainee.id, "")):
            yield from _other_person(person.full_name, person.birth_date, trainee)


def _day(day: date | None) -> str:
    return padded_date(day) if day else ""


@dataclass(frozen=True)
class _Known:
    """A person as near-duplicates are looked for."""

    id: str
    full_name: str
    birth_date: date


def _identify(fresh: Sequence[Trainee], same: Mapping[str, str], found: Comparison) -> None:
    """Tell who is whom: by number, name and birth date together; else a person decides."""
    persons = Person.objects.values_list("number", "full_name", "birth_date")
    known = [_Known(number, name, born) for number, name, born in persons if born]
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for candidate, person in Enrolment.objects.values_list("candidate", "person_id"):
        numbers[candidate].add(person)
    alike: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in near_duplicates(fresh, known):
        alike[pair.one.id].append((pair.other.id, pair.reason))
    names = {one.id: (match_key(one.full_name), one.birth_date) for one in known}
    for trainee in fresh:
        key = match_key(trainee.full_name), trainee.birth_date
        certain = [person for person in numbers[trainee.id] if names.get(person) == key]
        if decided := same.get(trainee.id):
            found.new[trainee.id] = None if decided == NEW else decided
        elif len(certain) == 1:
            found.new[trainee.id] = certain[0]
        elif trainee.id in alike:
            found.doubts.append(Doubt(trainee.id, tuple(alike[trainee.id])))
        else:
            found.new[trainee.id] = None


def _admit(sitting: Sitting, fresh: Sequence[Trainee], found: Comparison) -> None:
    """Leave aside who does not meet what the track asks for, unless admitted to it before."""
    rule, record = sitting.policy.eligibility, sitting.record
    if rule is None:
        return
    admitted = set(
        Enrolment.objects.filter(sitting__track=record.track_id).values_list("person_id", flat=True)
    )
    asked = [one for one in fresh if one.id in found.new and found.new[one.id] not in admitted]
    on = record.opens.astimezone(VIETNAM).date()
    for candidate, reasons in explained(asked, rule, on).items():
        found.refused[candidate] = "; ".join(reasons)
        del found.new[candidate]


def _refuse(sitting: Sitting, enrolled: set[str], found: Comparison) -> None:
    """Leave aside who may not sit now: no attempt left, too early, or here already."""
    record = sitting.record
    known = {person for person in found.new.values() if person}
    stand = standings(record.track_id, known, before=record)
    taken = set(enrolled)
    for candidate, person in list(found.new.items()):
        reason = ""
        if person in taken:
            reason = f"người {person} đã có số báo danh khác trong kỳ này"
        elif person is not None and person in stand:
            reason = barred(stand[person], sitting.policy, record.opens)
        if reason:
            found.refused[candidate] = reason
            del found.new[candidate]
        elif person is not None:
            taken.add(person)


@door("enrol")
def enrol(
    actor: Actor,
    sitting: Sitting,
    trainees: Sequence[Trainee],
    *,
    now: datetime,
    same: Mapping[str, str] | None = None,
) -> Comparison:
    """Enter those of a roster who are not at the sitting yet; what is kept stays as it is.

    Returns:
        What became of each; those refused are named with the reason and left aside.

    Raises:
        CentreError: when a row may be somebody known and nobody has decided; nothing is
            entered then. Or when a decision names a person there is not.
    """
    found = compare(sitting, trainees, same or {})
    if found.doubts:
        words = "\n".join(f"  {doubt}" for doubt in found.doubts)
        raise CentreError(
            "cần người quyết định trước khi nhập (thêm --same SỐ_BÁO_DANH=MÃ_NGƯỜI, "
            f"hoặc =moi nếu là người mới):\n{words}"
        )
    named = {person for person in found.new.values() if person}
    unknown = named - set(Person.objects.filter(pk__in=named).values_list("pk", flat=True))
    if unknown:
        raise CentreError(f"không có người mang mã {', '.join(sorted(unknown))}")
    _enter(actor, sitting, [t for t in trainees if t.id in found.new], found, now)
    return found


def _enter(
    actor: Actor,
    sitting: Sitting,
    trainees: Sequence[Trainee],
    found: Comparison,
    now: datetime,
) -> None:
    kinds = {trainee.agency: trainee.agency_type for trainee in trainees}
    agencies = agencies_of(actor, kinds, now)
    following = last_number() + 1
    entered: dict[str, list[Row]] = {}
    for trainee in trainees:
        rows: list[Row] = []
        number = found.new[trainee.id]
        if number is None:
            number, following = f"P{following:06}", following + 1
            rows.append(
                Person(
                    number=number,
                    full_name=trainee.full_name,
                    birth_date=trainee.birth_date,
                    entered_at=now,
                )
            )
        enrolment = Enrolment(
            sitting=sitting.record,
            person_id=number,
            candidate=trainee.id,
            position=trainee.position,
            agency=agencies[trainee.agency],
        )
        rows += [enrolment, *_letters(sitting, trainee, enrolment)]
        entered[number] = rows
    record_many(actor, "person.enrolled", entered, now)


def _letters(sitting: Sitting, trainee: Trainee, enrolment: Enrolment) -> Iterator[Letter]:
    """The letter of assignment by which somebody was admitted, where the track asks for one."""
    said = trainee.standing
    if sitting.policy.eligibility and said and said.letter and said.letter_date:
        yield Letter(
            enrolment=enrolment,
            kind="assigns",
            number=said.letter,
            dated=said.letter_date,
            body=trainee.agency,
        )


def last_number() -> int:
    """The highest number that a person has."""
    last = Person.objects.aggregate(last=Max("number"))["last"]
    return int(last[1:]) if last else 0


def agencies_of(actor: Actor, kinds: Mapping[str, str], now: datetime) -> dict[str, Agency]:
    """Each agency of ``kinds`` (kind by name) as it stands now; new ones are entered."""
    standing = Agency.objects.filter(name__in=kinds, valid_to=None)
    known = {agency.name: agency for agency in standing}
    new = {name: Agency(name=name, kind=kind) for name, kind in kinds.items() if name not in known}
    record_many(actor, "agency.entered", {name: [row] for name, row in new.items()}, now)
    return known | new
