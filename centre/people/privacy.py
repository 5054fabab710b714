"""A person's own data: corrected on a ground, exported whole, erased as far as the law lets."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction

from centre.accounts.models import User
from centre.database import the_centre
from centre.decisions.models import Appeal
from centre.learning.progress import learning_folder
from centre.ledger.acts import act, door
from centre.ledger.models import LedgerLine
from centre.ledger.rows import Row, new_salt, plain
from centre.people.models import Attendance, Enrolment, Letter, Person
from centre.register.models import Entry
from courses.answer_sheet import LARGEST
from courses.foundation.errors import CentreError
from courses.foundation.files import read_bounded
from grading.reports.renderers import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.ledger.acts import Act

ERASED = "(đã xoá)"


def the_person(number: str) -> Person:
    """The person of that number; CentreError when there is none."""
    person = Person.objects.filter(pk=number.strip().upper()).first()
    if person is None:
        raise CentreError(f"không có người mang mã {number}")
    return person


@door("person.correct")
def correct(
    actor: Actor,
    person: Person,
    ground: str,
    *,
    full_name: str = "",
    birth_date: date | None = None,
    now: datetime,
) -> bool:
    """Correct a name or birth date on the ground of a document; False when it is so already.

    Certificates issued before keep what they say, and are named as undermined until they are
    issued again.

    Raises:
        CentreError: without a ground, or when the person's data were erased.
    """
    if not ground.strip():
        raise CentreError("phải ghi văn bản làm căn cứ đính chính")
    if person.erased_at is not None:
        raise CentreError(f"dữ liệu của {person.number} đã xoá")
    wanted = {"full_name": full_name.strip(), "birth_date": birth_date}
    with act(actor, "person.corrected", person.number, now) as done:
        changed = done.change(person, **{k: v for k, v in wanted.items() if v})
        if changed:
            done.tell(ground=ground.strip())
    return changed


@door("person.export", lambda person, **_options: person.number)
def export(actor: Actor, person: Person, *, now: datetime) -> dict[str, Any]:
    """Everything the centre keeps of one person, as JSON values; that it was read is recorded."""
    enrolments = list(person.enrolments.order_by("pk"))
    found = {
        "person": _told([person]),
        "enrolments": _told(enrolments),
        "earlier_results": _told(person.earlier_results.order_by("pk")),
        "letters": _told(Letter.objects.filter(enrolment__in=enrolments)),
        "attendance": _told(Attendance.objects.filter(person=person)),
        "sittings": [
            {
                "papers": _told(one.deliveries.order_by("pk")),
                "accommodations": _told(one.accommodations.order_by("pk")),
                "marks": _told(one.marks.order_by("pk")),
                "rulings": _told(one.rulings.order_by("pk")),
                "decisions": _told(one.decisions.order_by("revision")),
                "cases": _told(one.cases.order_by("pk")),
                "appeals": _told(Appeal.objects.filter(decision__enrolment=one).order_by("pk")),
            }
            for one in enrolments
        ],
        "certificates": _told(person.entries.order_by("pk")),
        "lessons": _lessons(person),
        **{name: _told(rows) for name, rows in _own_learning(person).items()},
        "ledger": _lines(person, enrolments),
    }
    with act(actor, "person.exported", person.number, now) as done:
        done.tell(certificates=len(found["certificates"]))
    return found


def _told(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [
        {field.attname: plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}  # noqa: SLF001 - Django's documented name
        for row in rows
    ]


def _lines(person: Person, enrolments: Iterable[Enrolment]) -> list[dict[str, Any]]:
    subjects = [person.number, *(f"{one.sitting_id}/{one.candidate}" for one in enrolments)]
    lines = LedgerLine.objects.filter(subject__in=subjects).order_by("number")
    return [
        {"number": line.number, "at": plain(line.at), "kind": line.kind, "actor": line.actor}
        for line in lines
    ]


@door("person.erase")
def erase(actor: Actor, person: Person, ground: str, *, now: datetime) -> list[str]:
    """Erase what the law does not require to be kept; the ledger still verifies.

    The register (sổ gốc) is kept for ever, so who holds or held a certificate keeps the name
    and birth date in its entry. The salts go too, so that no digest in the ledger can be
    guessed back to a name.

    Returns:
        Serials of the certificates whose entries are kept.

    Raises:
        CentreError: without a ground, when it was done before, or while a result is pending.
    """
    if not ground.strip():
        raise CentreError("phải ghi căn cứ xoá dữ liệu")
    if person.erased_at is not None:
        raise CentreError(f"dữ liệu của {person.number} đã xoá trước đó")
    _require_settled(person)
    with act(actor, "person.erased", person.number, now) as done:
        done.change(person, full_name=ERASED, birth_date=None, salt=new_salt(), erased_at=now)
        for enrolment in person.enrolments.all():
            done.change(enrolment, position=ERASED, salt=new_salt())
        _erase_learning(person, done)
        done.tell(ground=ground.strip())
    transaction.on_commit(partial(_remove_reports, list(person.enrolments.all())))
    for folder in _learning(person):
        transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True), robust=True)
    return list(Entry.objects.filter(person=person).values_list("pk", flat=True))


def _own_learning(person: Person) -> dict[str, list[Any]]:
    """What the person wrote and answered around the lessons."""
    return {
        "notes": list(person.notes.order_by("pk")),
        "planned_actions": list(person.planned_actions.order_by("pk")),
        "recollections": list(person.recollections.order_by("pk")),
        "placements": list(person.placements.order_by("pk")),
    }


def _erase_learning(person: Person, done: Act) -> None:
    """Leave no word and no answer; that there were such rows, the ledger goes on telling."""
    empty = {
        "notes": {"text": ""},
        "planned_actions": {"what": ERASED},
        "recollections": {"answer": ""},
        "placements": {"share": ""},
    }
    for name, rows in _own_learning(person).items():
        for row in rows:
            done.change(row, salt=new_salt(), **empty[name])


def _lessons(person: Person) -> dict[str, str]:
    """What the person answered in lessons: the files as they are, by name."""
    return {
        path.name: _text(path)
        for folder in _learning(person)
        for path in sorted(folder.glob("*.tien-do.*"))
    }


def _text(path: Path) -> str:
    """What is in a file of a folder that its owner's own programs may write in."""
    try:
        return read_bounded(path, LARGEST, CentreError, links=False).decode("utf-8", "replace")
    except CentreError:
        return "(không đọc được)"


def _learning(person: Person) -> list[Path]:
    """Where what the person answered in lessons is kept."""
    users = User.objects.filter(person=person).values_list("pk", flat=True)
    return [learning_folder(the_centre(), user) for user in users]


def _remove_reports(enrolments: list[Enrolment]) -> None:
    """Take away the files that bear the name; an agency's notice is written anew without it."""
    for one in enrolments:
        folder = the_centre().folder / "reports" / one.sitting_id
        for name in (f"candidate-{one.candidate}", f"agency-{one.agency_id}"):
            for form in FORMATS:
                (folder / f"{name}.{form}").unlink(missing_ok=True)


def _require_settled(person: Person) -> None:
    for enrolment in person.enrolments.all():
        if enrolment.cases.filter(closed_at=None).exists():
            raise CentreError(f"{person.number} đang có vụ việc chưa kết luận")
        undecided = not enrolment.decisions.exists() and enrolment.deliveries.exists()
        appeals = enrolment.decisions.filter(appeals__isnull=False, appeals__answered_at=None)
        if undecided or appeals.exists():
            raise CentreError(f"{person.number} còn kết quả hoặc đơn chưa giải quyết")
