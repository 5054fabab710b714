"""Taking papers: copied whole, re-read, with a receipt; what was saved when time ended counts."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from assessments.handing_in.answers import PAPER_FILE
from assessments.handing_in.work import RECEIPT_FILE, Receipt, digest_of_work, work_files
from centre.ledger.acts import act, door
from centre.sittings.deliver import extra_time, paused, rooms_stopped, work_folder
from centre.sittings.models import Delivery, ReceiptRecord
from centre.sittings.sitting import frozen_form
from courses.foundation.errors import SittingError
from courses.foundation.files import flush, write_atomically, write_folder
from grading.gradebook.course import extend
from grading.gradebook.submission import TIMESTAMP

if TYPE_CHECKING:
    from pathlib import Path

    from assessments.forms.form import Form, TraineePaper
    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting

MARGIN = timedelta(minutes=2)  # for taking what was saved when a candidate's own time ends
_LARGEST = 20_000_000  # bytes


@dataclass(frozen=True)
class Taken:
    """What was taken: the receipt, and whether it came after closing or after the own time."""

    receipt: Receipt
    late: bool
    overtime: bool


def _whose(sitting: Sitting, candidate: str, *_rest: object, **_options: object) -> str:
    return sitting.enrolment(candidate).person_id


@door("paper.take", _whose)
def take(
    actor: Actor,
    sitting: Sitting,
    candidate: str,
    form_code: str,
    *,
    now: datetime,
    swept: bool = False,
) -> Taken:
    """Take a candidate's work on one paper; work taken earlier stays on record by its receipt.

    Handed in again unchanged, it keeps its receipt. After the closing (and extra time) work is
    late, within the sitting's grace. ``swept`` takes what had been saved when the candidate's
    own time ended, as of then, whatever was taken before; when it is done long after, the work
    is marked overtime for a person to look at.

    Raises:
        SittingError: when there is nothing to take, the time is over or, for ``swept``, is not.
    """
    enrolment = sitting.enrolment(candidate)
    source = work_folder(sitting, candidate, form_code)
    delivery = _delivery(sitting, candidate, form_code, source)
    extra = extra_time(enrolment)
    closes = sitting.record.closes + extra
    _require_time(sitting, delivery, closes, now, swept=swept)
    as_of = min(now, delivery.due_at) if swept else now
    as_of = max(as_of, *_before(delivery))
    form = frozen_form(delivery.form.content_id)
    known = None if swept else handed_in(delivery)
    if known is not None and known.sha256 == digest_of_work(source):
        return Taken(_receipt(known, form, candidate), late=known.late, overtime=known.overtime)
    target = sitting.course.path("submitted", candidate, form_code)
    _copy(source, target, form.paper_for(candidate, delivery.due_at.astimezone(UTC)), as_of)
    row = ReceiptRecord(
        delivery=delivery,
        taken_at=as_of,
        sha256=digest_of_work(target),
        late=as_of > closes,
        overtime=swept and now > delivery.due_at + 2 * MARGIN,
    )
    with act(actor, "paper.taken", f"{sitting.code}/{candidate}", now) as done:
        done.insert(row)
        done.tell(form=form_code)
    if extra:
        extend(sitting.course, form_code, candidate, extra)
    receipt = _receipt(row, form, candidate)
    text = receipt.model_dump_json(indent=1).encode()
    # A receipt is a promise: nobody holds one of what a crash could still undo.
    transaction.on_commit(partial(write_atomically, source / RECEIPT_FILE, text))
    return Taken(receipt=receipt, late=row.late, overtime=row.overtime)


def handed_in(delivery: Delivery) -> ReceiptRecord | None:
    """The receipt that stands for a paper; None when there is none, or it was reopened since."""
    last = delivery.receipts.order_by("taken_at", "pk").last()
    reopened = delivery.reopened_at
    return last if last and (reopened is None or last.taken_at >= reopened) else None


@door("paper.reopen", _whose)
def reopen(
    actor: Actor, sitting: Sitting, candidate: str, form_code: str, *, now: datetime
) -> Delivery:
    """Let a candidate go on with a paper that they handed in; what was taken stays on record.

    What is saved when their time ends is then taken, as for everybody.

    Raises:
        SittingError: when the time is over or stands still.
    """
    source = work_folder(sitting, candidate, form_code)
    delivery = _delivery(sitting, candidate, form_code, source)
    if paused(delivery.enrolment) is not None:
        raise SittingError("phòng thi đang tạm dừng; chờ cán bộ coi thi cho tiếp tục")
    if now > delivery.due_at:
        raise SittingError("đã hết giờ làm bài, không làm tiếp được")
    if (last := handed_in(delivery)) is not None:
        at = max(now, last.taken_at + timedelta.resolution)
        with act(actor, "paper.reopened", f"{sitting.code}/{candidate}", now) as done:
            done.change(delivery, reopened_at=at)
            done.tell(form=form_code)
    return delivery


def _before(delivery: Delivery) -> list[datetime]:
    """What a new receipt is no earlier than, even when the server's clock went back."""
    taken = list(delivery.receipts.values_list("taken_at", flat=True))
    return [delivery.started_at, *taken, *filter(None, [delivery.reopened_at])]


def _require_time(
    sitting: Sitting, delivery: Delivery, closes: datetime, now: datetime, *, swept: bool
) -> None:
    """Own time is over before it is swept; while it stands still nothing becomes too late."""
    form, candidate = delivery.form.code, delivery.enrolment.candidate
    standing = paused(delivery.enrolment)
    moment = min(now, standing.paused_at) if standing else now
    if swept and (standing or now < delivery.due_at):
        raise SittingError(f"chưa hết giờ làm bài {form} của {candidate}")
    if not swept and moment > _last_moment(sitting, delivery, closes):
        raise SittingError(f"đã quá hạn nộp bài {form} của {candidate}")


def _delivery(sitting: Sitting, candidate: str, form_code: str, source: Path) -> Delivery:
    found = Delivery.objects.filter(
        enrolment__sitting=sitting.record, enrolment__candidate=candidate, form__code=form_code
    )
    delivery = found.select_related("form", "enrolment").first()
    if delivery is None or not source.is_dir():
        raise SittingError(f"thí sinh {candidate} chưa nhận bài {form_code}", path=source)
    return delivery


def _last_moment(sitting: Sitting, delivery: Delivery, closes: datetime) -> datetime:
    """Own time is hard; only where the closing itself cut it short is there a grace."""
    if delivery.due_at < closes:
        return delivery.due_at + MARGIN
    return closes + timedelta(minutes=sitting.settings.grace_minutes)


def under_way() -> QuerySet[Delivery]:
    """Papers of which nothing was taken as of the end of their time: handed in or not.

    Who handed in early may go on until then; only what is taken at the end is the last word.
    """
    ended = ReceiptRecord.objects.filter(delivery=OuterRef("pk"), taken_at__gte=OuterRef("due_at"))
    return Delivery.objects.filter(~Exists(ended))


def papers_due(
    sitting: Sitting, now: datetime, margin: timedelta = MARGIN
) -> list[tuple[str, str]]:
    """Candidate and form of every paper whose time has ended and that was not taken since.

    A paper in a room that is paused is not due.
    """
    stopped = rooms_stopped(sitting)
    waiting = (
        under_way()
        .filter(enrolment__sitting=sitting.record, due_at__lte=now - margin)
        .select_related("enrolment", "form")
    )
    return [
        (delivery.enrolment.candidate, delivery.form.code)
        for delivery in waiting.order_by("due_at", "pk")
        if not stopped & {"", delivery.enrolment.room}
    ]


def papers_open(sitting: Sitting) -> list[tuple[str, str]]:
    """Candidate and form of every started paper of which not all was taken that is there."""
    found = under_way().filter(enrolment__sitting=sitting.record)
    named = found.select_related("enrolment", "form")
    return sorted(
        (one.enrolment.candidate, one.form.code) for one in named if _untaken(sitting, one)
    )


def _untaken(sitting: Sitting, delivery: Delivery) -> bool:
    last = delivery.receipts.order_by("taken_at", "pk").last()
    folder = work_folder(sitting, delivery.enrolment.candidate, delivery.form.code)
    return last is None or (folder.is_dir() and digest_of_work(folder) != last.sha256)


def _receipt(row: ReceiptRecord, form: Form, candidate: str) -> Receipt:
    return Receipt(
        trainee=candidate,
        form=form.code,
        digest=form.digest,
        sha256=row.sha256,
        taken_at=row.taken_at,
    )


def _copy(source: Path, target: Path, paper: TraineePaper, at: datetime) -> None:
    """Copy notebooks and answers beside the target, then swap: never half a submission.

    The paper is the examiner's own, not what the candidate's folder may have become: nbgrader's
    own autograder executes the notebooks, which read it.
    """
    part, old = target.with_name(f".{target.name}.part"), target.with_name(f".{target.name}.old")
    for leftover in (part, old):
        shutil.rmtree(leftover, ignore_errors=True)
    part.mkdir(parents=True)
    work = work_files(source)
    for path in work:
        if path.stat().st_size > _LARGEST:
            raise SittingError("tệp lớn bất thường, không nhận", path=path)
    own = {
        PAPER_FILE: paper.model_dump_json(indent=1).encode(),
        TIMESTAMP: f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n".encode(),
    }
    write_folder(part, {path.name: path.read_bytes() for path in work} | own)
    if target.exists():
        target.rename(old)
    part.rename(target)
    flush(target.parent)
    shutil.rmtree(old, ignore_errors=True)
