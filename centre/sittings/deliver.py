"""Handing a paper to a candidate: started once, timed by the server's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum

from assessments.forms.form import pick
from assessments.handing_in.answers import PAPER_FILE
from centre.ledger.acts import act, door
from centre.people.retakes import barred, standings
from centre.sittings.models import Delivery, FormRecord, Pause
from courses.foundation.dates import vietnam_time
from courses.foundation.errors import SittingError
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from assessments.forms.form import Form
    from centre.accounts.actors import Actor
    from centre.people.models import Enrolment
    from centre.sittings.models import SittingRecord
    from centre.sittings.sitting import Sitting


def work_folder(sitting: Sitting, candidate: str, form_code: str) -> Path:
    """Where a candidate works on one paper."""
    return sitting.folder / "papers" / candidate / form_code


def _whose(sitting: Sitting, candidate: str, *_rest: object, **_options: object) -> str:
    return sitting.enrolment(candidate).person_id


@door("paper.deliver", _whose)
def deliver(
    actor: Actor, sitting: Sitting, candidate: str, form: Form, *, now: datetime
) -> Delivery:
    """Start a paper; a candidate's time runs from now. Again, and it goes on as it was.

    ``lay_out`` then puts it into the candidate's folder.

    Raises:
        SittingError: before the opening, after the closing, while the room is paused, for
            nobody at this sitting or who may not sit any more, or for a form that is another
            candidate's.
    """
    enrolment = sitting.enrolment(candidate)
    known = Delivery.objects.filter(enrolment=enrolment, form__code=form.code).first()
    if known is not None:
        return known
    _require_own(sitting, candidate, form)
    extra = extra_time(enrolment)
    _require_open(sitting.record, enrolment, extra, now)
    _require_attempt(sitting, enrolment)
    delivery = Delivery(
        enrolment=enrolment,
        form=FormRecord.objects.get(sitting=sitting.record, code=form.code),
        started_at=now,
        due_at=min(now + timedelta(minutes=form.minutes), sitting.record.closes) + extra,
    )
    with act(actor, "paper.started", f"{sitting.code}/{candidate}", now) as done:
        done.insert(delivery)
        done.tell(form=form.code)
    return delivery


def _require_own(sitting: Sitting, candidate: str, form: Form) -> None:
    """A request lies in the candidate's folder and may name any form; each has one a paper."""
    parallel = [code for code in sitting.digests if code.rpartition("-")[0] == form.paper]
    if parallel[pick(form.seed, candidate, form.paper, len(parallel))] != form.code:
        raise SittingError(f"đề {form.code} không phải đề của thí sinh {candidate}")


def _require_attempt(sitting: Sitting, enrolment: Enrolment) -> None:
    """Since the roster was entered another sitting may have taken the last attempt."""
    if enrolment.deliveries.exists():
        return
    record, person = sitting.record, enrolment.person_id
    standing = standings(record.track_id, [person], before=record).get(person)
    if standing and (why := barred(standing, sitting.policy, record.opens)):
        raise SittingError(f"thí sinh {enrolment.candidate} không được dự thi: {why}")


def _require_open(
    record: SittingRecord, enrolment: Enrolment, extra: timedelta, now: datetime
) -> None:
    if paused(enrolment) is not None:
        raise SittingError("phòng thi đang tạm dừng; chờ cán bộ coi thi cho tiếp tục")
    if not record.opens <= now < record.closes + extra:
        hours = f"{vietnam_time(record.opens)} – {vietnam_time(record.closes)}"
        raise SittingError(f"ngoài giờ thi ({hours})")


def extra_time(enrolment: Enrolment) -> timedelta:
    """All that was added for one candidate."""
    total = enrolment.accommodations.aggregate(total=Sum("minutes"))["total"]
    return timedelta(minutes=total or 0)


def paused(enrolment: Enrolment) -> Pause | None:
    """The pause in which a candidate's clock stands still now, if any."""
    rooms = {"", enrolment.room}
    open_pauses = Pause.objects.filter(sitting=enrolment.sitting_id, resumed_at=None)
    return open_pauses.filter(room__in=rooms).first()


def rooms_stopped(sitting: Sitting) -> set[str]:
    """The rooms in which the clock stands still now; the empty name is the whole sitting."""
    found = Pause.objects.filter(sitting=sitting.record, resumed_at=None)
    return set(found.values_list("room", flat=True))


def lay_out(sitting: Sitting, delivery: Delivery, form: Form) -> Path:
    """Put the paper into the candidate's folder, or what has changed of its time.

    Not a door: it shows what the records say; a candidate's own folder decides nothing.
    """
    candidate = delivery.enrolment.candidate
    folder = work_folder(sitting, candidate, form.code)
    open_room(sitting, form, folder)
    paper = form.paper_for(candidate, delivery.due_at.astimezone(UTC))
    text = paper.model_dump_json(indent=1).encode()
    path = folder / PAPER_FILE
    if not path.is_file() or path.read_bytes() != text:
        write_atomically(path, text)
    return folder


def open_room(sitting: Sitting, form: Form, folder: Path) -> None:
    """Write the released notebooks alone: a room to wait in until the time begins."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((sitting.folder / "release" / form.code).glob("*.ipynb")):
        if not (folder / path.name).exists():
            write_atomically(folder / path.name, path.read_bytes())
