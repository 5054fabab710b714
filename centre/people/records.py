"""What is entered besides names: earlier results, letters, attendance, agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.ledger.acts import act, door, record_many
from centre.people.models import Agency, Attendance, EarlierResult, Letter
from courses.foundation.dates import padded_date
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from centre.accounts.actors import Actor
    from centre.people.models import Person
    from centre.sittings.sitting import Sitting
    from cohort_data.rosters.prior import PriorPass

LETTER_KINDS = {"sends": "cử đi học", "authorises": "uỷ quyền", "assigns": "phân công"}
ATTENDANCE_KINDS = {"session": "buổi học", "drill": "diễn tập"}


@door("earlier.enter")
def enter_earlier(
    actor: Actor,
    sitting: Sitting,
    passes: Iterable[PriorPass],
    ground: str,
    *,
    attempts: int = 1,
    now: datetime,
) -> int:
    """Enter areas passed before the centre kept records here; each once.

    Args:
        actor: who enters them.
        sitting: whose candidate numbers ``passes`` names.
        passes: as read from a file.
        ground: the document that proves them.
        attempts: how many times each had sat by then.
        now: the server's time.

    Returns:
        How many are new.

    Raises:
        CentreError: without a ground, or when a pass kept already says otherwise.
        SittingError: when somebody is not at the sitting.
    """
    if not ground.strip():
        raise CentreError("phải ghi văn bản chứng minh kết quả trước đây")
    rows: dict[str, list[EarlierResult]] = {}
    for one in passes:
        person = sitting.enrolment(one.trainee_id).person
        row = EarlierResult(
            person=person,
            track=sitting.record.track,
            area=one.area,
            passed_on=one.passed_on,
            share=str(one.score_share),
            attempts=attempts,
            ground=ground.strip(),
        )
        if not _known(person, row):
            rows.setdefault(person.number, []).append(row)
    record_many(actor, "earlier.entered", rows, now)
    return sum(map(len, rows.values()))


def _known(person: Person, row: EarlierResult) -> bool:
    kept = person.earlier_results.filter(track=row.track, area=row.area).first()
    if kept is None:
        return False
    if (kept.passed_on, kept.share) != (row.passed_on, row.share):
        raise CentreError(
            f"{person.number}, lĩnh vực {row.area}: đã ghi kết quả khác trước đây; không ghi đè"
        )
    return True


@door("letter.enter")
def enter_letter(  # noqa: PLR0913 - what a letter says
    actor: Actor,
    sitting: Sitting,
    candidate: str,
    kind: str,
    number: str,
    dated: date,
    body: str,
    *,
    now: datetime,
) -> Letter:
    """Enter the letter that sends or authorises a candidate.

    Raises:
        CentreError: for another kind, without number or body, or dated in the future.
    """
    if kind not in LETTER_KINDS:
        raise CentreError(f"loại văn bản là một trong: {', '.join(LETTER_KINDS)}")
    if not number.strip() or not body.strip() or dated > now.date():
        raise CentreError("văn bản phải có số, cơ quan ban hành và ngày không ở tương lai")
    letter = Letter(
        enrolment=sitting.enrolment(candidate),
        kind=kind,
        number=number.strip(),
        dated=dated,
        body=body.strip(),
    )
    with act(actor, "letter.entered", f"{sitting.code}/{candidate}", now) as done:
        done.insert(letter)
    return letter


@door("attendance.enter")
def enter_attendance(
    actor: Actor,
    persons: Iterable[Person],
    kind: str,
    what: str,
    held_on: date,
    *,
    now: datetime,
) -> int:
    """Enter who took part in a session or a drill; return how many were not entered before.

    Raises:
        CentreError: for another kind, or when it says nothing.
    """
    if kind not in ATTENDANCE_KINDS or not what.strip():
        raise CentreError(f"loại là một trong: {', '.join(ATTENDANCE_KINDS)}; phải ghi nội dung")
    told = {"kind": kind, "what": what.strip(), "held_on": held_on}
    there = set(Attendance.objects.filter(**told).values_list("person_id", flat=True))
    rows = {
        person.number: [Attendance(person=person, **told)]
        for person in persons
        if person.number not in there
    }
    record_many(actor, "attendance.entered", rows, now)
    return len(rows)


@door("agency.enter")
def change_agency(
    actor: Actor,
    agency: Agency,
    name: str,
    on: date,
    *,
    now: datetime,
    unit_model: str = "",
    parent: Agency | None = None,
) -> Agency:
    """Let an agency go on under another name, model or parent from a day; both stay on record.

    Several agencies that merge each go on as the one of that name.

    Raises:
        CentreError: when it has gone on already, or the day is before it began.
    """
    if agency.valid_to is not None:
        raise CentreError(f"{agency.name} đã kết thúc ngày {padded_date(agency.valid_to)}")
    if agency.valid_from is not None and on <= agency.valid_from:
        raise CentreError("ngày thay đổi phải sau ngày bắt đầu")
    with act(actor, "agency.changed", str(agency.pk), now) as done:
        successor = Agency.objects.filter(name=name.strip(), valid_to=None).first()
        if successor is None or successor.pk == agency.pk:
            successor = Agency(
                name=name.strip(),
                kind=agency.kind,
                province=agency.province,
                parent=parent or agency.parent,
                unit_model=unit_model or agency.unit_model,
                valid_from=on,
            )
            done.insert(successor)
        done.change(agency, valid_to=on, successor=successor)
    return successor
