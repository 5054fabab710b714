"""Taking papers: copied whole, re-read, with a receipt; what was saved when time ended counts."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from assessments.forms.form import Form
from assessments.handing_in.answers import PAPER_FILE
from assessments.handing_in.work import RECEIPT_FILE, Receipt, digest_of_work, work_files
from centre.ledger.acts import act, door
from centre.sittings.deliver import extra_time, paused, work_folder
from centre.sittings.frozen import thaw
from centre.sittings.models import Delivery, ReceiptRecord
from courses.foundation.errors import SittingError
from courses.foundation.files import write_atomically
from grading.gradebook.course import extend
from grading.gradebook.submission import TIMESTAMP

if TYPE_CHECKING:
    from pathlib import Path

    from assessments.forms.form import TraineePaper
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

    After the closing (and extra time) work is late, within the sitting's grace. ``swept`` takes
    what had been saved when the candidate's own time ended, as of then; when it is done long
    after, the work is marked overtime for a person to look at.

    Raises:
        SittingError: when there is nothing to take, or the time is over.
    """
    enrolment = sitting.enrolment(candidate)
    source = work_folder(sitting, candidate, form_code)
    delivery = _delivery(sitting, candidate, form_code, source)
    extra = extra_time(enrolment)
    closes = sitting.record.closes + extra
    if not swept and now > _last_moment(sitting, delivery, closes):
        raise SittingError(f"đã quá hạn nộp bài {form_code} của {candidate}", path=source)
    as_of = min(now, delivery.due_at) if swept else now
    form = thaw(delivery.form.content, Form)
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


def _delivery(sitting: Sitting, candidate: str, form_code: str, source: Path) -> Delivery:
    found = Delivery.objects.filter(
        enrolment__sitting=sitting.record, enrolment__candidate=candidate, form__code=form_code
    )
    delivery = found.select_related("form__content").first()
    if delivery is None or not source.is_dir():
        raise SittingError(f"thí sinh {candidate} chưa nhận bài {form_code}", path=source)
    return delivery


def _last_moment(sitting: Sitting, delivery: Delivery, closes: datetime) -> datetime:
    """Own time is hard; only where the closing itself cut it short is there a grace."""
    if delivery.due_at < closes:
        return delivery.due_at + MARGIN
    return closes + timedelta(minutes=sitting.settings.grace_minutes)


def papers_due(sitting: Sitting, now: datetime) -> list[tuple[str, str]]:
    """Candidate and form of every paper whose time has ended and that was never taken.

    A paper in a room that is paused is not due.
    """
    waiting = Delivery.objects.filter(
        enrolment__sitting=sitting.record, due_at__lte=now - MARGIN, receipts=None
    ).select_related("enrolment", "form")
    return [
        (delivery.enrolment.candidate, delivery.form.code)
        for delivery in waiting.order_by("due_at", "pk")
        if paused(delivery.enrolment) is None
    ]


def papers_open(sitting: Sitting) -> list[tuple[str, str]]:
    """Candidate and form of every paper that was started and never taken."""
    found = Delivery.objects.filter(enrolment__sitting=sitting.record, receipts=None)
    return sorted(found.values_list("enrolment__candidate", "form__code"))


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
    for path in work_files(source):
        if path.stat().st_size > _LARGEST:
            raise SittingError("tệp lớn bất thường, không nhận", path=path)
        write_atomically(part / path.name, path.read_bytes())
    write_atomically(part / PAPER_FILE, paper.model_dump_json(indent=1).encode())
    stamp = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n"
    write_atomically(part / TIMESTAMP, stamp.encode())
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)
