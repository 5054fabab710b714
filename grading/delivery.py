"""Papers out to trainees, and their work back in: timed, copied whole, re-read, with a receipt.

A trainee works in ``papers/<id>/<form>``; what is taken goes to nbgrader's ``submitted/``.
All times are the server's: a trainee's folder only shows them.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from assessments.forms.form import Form
from assessments.handing_in.answers import PAPER_FILE
from assessments.handing_in.work import RECEIPT_FILE, Receipt, digest_of_work, work_files
from courses.foundation.errors import SittingError
from courses.foundation.files import write_atomically
from grading.gradebook.course import extend
from grading.gradebook.submission import TIMESTAMP
from grading.records.ledger import append_ledger
from grading.records.schema import Accommodation, DeliveryRecord, FormRecord, TraineeRecord

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from assessments.forms.form import TraineePaper
    from grading.sitting import Sitting

MARGIN = timedelta(minutes=2)  # for taking what was saved when a trainee's own time ends
_LARGEST = 20_000_000  # bytes


@dataclass(frozen=True)
class Taken:
    """What was taken: the receipt, and whether it came after closing or after the own time."""

    receipt: Receipt
    late: bool
    overtime: bool


def work_folder(sitting: Sitting, trainee: str, form_code: str) -> Path:
    """Where a trainee works on one paper."""
    return sitting.folder / "papers" / trainee / form_code


def deliver(sitting: Sitting, trainee: str, form: Form, at: datetime) -> Path:
    """Hand a paper to a trainee, whose time runs from now; again, and it goes on as it was.

    Raises:
        SittingError: before the opening, after the closing, or for nobody on the roster.
    """
    folder = work_folder(sitting, trainee, form.code)
    with sitting.records.begin() as session:
        delivery = session.get(DeliveryRecord, (trainee, form.code))
        if delivery is None:
            delivery = _start(session, sitting, trainee, form, at)
        due = delivery.due_at.astimezone(UTC)
    if not (folder / PAPER_FILE).exists():
        lay_out(sitting, trainee, form, folder, due)
    return folder


def _start(
    session: Session, sitting: Sitting, trainee: str, form: Form, at: datetime
) -> DeliveryRecord:
    settings, extra = sitting.settings, _extra_time(session, trainee)
    if session.get(TraineeRecord, trainee) is None:
        raise SittingError(f"không có học viên {trainee} trong kỳ này", path=sitting.folder)
    if not settings.opens <= at < settings.closes + extra:
        window = f"{settings.opens:%H:%M %d/%m/%Y} – {settings.closes:%H:%M %d/%m/%Y}"
        raise SittingError(f"ngoài giờ thi ({window})", path=sitting.folder)
    own = at + timedelta(minutes=form.minutes) + extra
    due = min(own, settings.closes + extra)
    delivery = DeliveryRecord(
        trainee_id=trainee, form=form.code, started_at=at, due_at=due, taken_at=None, sha256=None
    )
    session.add(delivery)
    detail = {"form": form.code, "digest": form.digest, "due": due.isoformat()}
    append_ledger(session, "paper.started", trainee, detail, at)
    return delivery


def _extra_time(session: Session, trainee: str) -> timedelta:
    accommodation = session.get(Accommodation, trainee)
    return timedelta(minutes=accommodation.minutes if accommodation else 0)


def lay_out(
    sitting: Sitting, trainee: str, form: Form, folder: Path, due: datetime | None = None
) -> None:
    """Write the released notebooks to ``folder`` and, last, this trainee's own questions."""
    open_room(sitting, form, folder)
    paper = form.paper_for(trainee, due).model_dump_json(indent=1)
    write_atomically(folder / PAPER_FILE, paper.encode())


def open_room(sitting: Sitting, form: Form, folder: Path) -> None:
    """Write the released notebooks alone: a room to wait in until the time begins."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((sitting.folder / "release" / form.code).glob("*.ipynb")):
        if not (folder / path.name).exists():
            write_atomically(folder / path.name, path.read_bytes())


def accommodate(sitting: Sitting, trainee: str, minutes: int, ground: str, now: datetime) -> None:
    """Give a trainee extra time on every paper not yet started; ``ground`` says why.

    Raises:
        SittingError: for nobody on the roster, or when minutes are not positive.
    """
    if minutes <= 0:
        raise SittingError("số phút thêm phải lớn hơn 0")
    with sitting.records.begin() as session:
        if session.get(TraineeRecord, trainee) is None:
            raise SittingError(f"không có học viên {trainee} trong kỳ này", path=sitting.folder)
        session.merge(Accommodation(trainee_id=trainee, minutes=minutes, ground=ground))
        detail = {"minutes": minutes, "ground": ground}
        append_ledger(session, "time.extended", trainee, detail, now)


def collect(
    sitting: Sitting, trainee: str, form_code: str, at: datetime, *, swept: bool = False
) -> Taken:
    """Take a trainee's work on one paper; work taken earlier is replaced.

    After the closing (and extra time) work is late, within the sitting's grace. ``swept`` takes
    what had been saved when the trainee's own time ended, as of then; when it is done long
    after, the work is marked overtime for a person to look at.

    Raises:
        SittingError: when there is nothing to take, or the time is over.
    """
    source = work_folder(sitting, trainee, form_code)
    with sitting.records.begin() as session:
        delivery = session.get(DeliveryRecord, (trainee, form_code))
        if delivery is None or not source.is_dir():
            raise SittingError(f"học viên {trainee} chưa nhận bài {form_code}", path=source)
        extra = _extra_time(session, trainee)
        closes = sitting.settings.closes + extra
        if not swept and at > _last_moment(sitting, delivery, closes):
            raise SittingError(f"đã quá hạn nộp bài {form_code} của {trainee}", path=source)
        as_of = min(at, delivery.due_at) if swept else at
        target = sitting.course.path("submitted", trainee, form_code)
        record = session.get_one(FormRecord, form_code)
        paper = Form.model_validate(record.content).paper_for(trainee, delivery.due_at)
        _copy(source, target, paper, as_of)
        delivery.taken_at, delivery.sha256 = as_of, digest_of_work(target)
        late, overtime = as_of > closes, swept and at > delivery.due_at + 2 * MARGIN
        detail = {"form": form_code, "sha256": delivery.sha256, "late": late, "overtime": overtime}
        append_ledger(session, "paper.taken", trainee, detail, at)
        receipt = _receipt(delivery, record.digest)
    if extra:
        extend(sitting.course, form_code, trainee, extra)
    write_atomically(source / RECEIPT_FILE, receipt.model_dump_json(indent=1).encode())
    return Taken(receipt=receipt, late=late, overtime=overtime)


def _last_moment(sitting: Sitting, delivery: DeliveryRecord, closes: datetime) -> datetime:
    """Own time is hard; only where the closing itself cut it short is there a grace."""
    if delivery.due_at < closes:
        return delivery.due_at + MARGIN
    return closes + timedelta(minutes=sitting.settings.grace_minutes)


def papers_due(sitting: Sitting, at: datetime) -> list[tuple[str, str]]:
    """Trainee and form of every paper whose time has ended and that was never taken."""
    over = DeliveryRecord.due_at <= at - MARGIN, DeliveryRecord.taken_at.is_(None)
    with sitting.records() as session:
        waiting = session.scalars(select(DeliveryRecord).where(*over)).all()
    return [(delivery.trainee_id, delivery.form) for delivery in waiting]


def _receipt(delivery: DeliveryRecord, digest: str) -> Receipt:
    if delivery.taken_at is None or delivery.sha256 is None:
        raise SittingError(f"bài {delivery.form} của {delivery.trainee_id} chưa được nộp")
    return Receipt(
        trainee=delivery.trainee_id,
        form=delivery.form,
        digest=digest,
        sha256=delivery.sha256,
        taken_at=delivery.taken_at,
    )


def _copy(source: Path, target: Path, paper: TraineePaper, at: datetime) -> None:
    """Copy notebooks and answers beside the target, then swap: never half a submission.

    The paper is the examiner's own, not what the trainee's folder may have become: nbgrader's
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
