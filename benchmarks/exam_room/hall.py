"""A hall to measure: a centre with a sitting open now and many candidates who signed in."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.test import Client

from assessments.handing_in.answers import read_answers
from assessments.handing_in.work import digest_of_work
from benchmarks.centre import SAMPLE, invented
from benchmarks.exam_room.candidates import Candidate
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, add_user, the_user
from centre.database import disconnect, open_centre
from centre.founding import found
from centre.people.enrol import enrol
from centre.portal.serving import configure
from centre.sittings.answering import Paper, own_form
from centre.sittings.deliver import deliver, lay_out
from centre.sittings.models import ReceiptRecord
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.settings import read_settings
from centre.sittings.sitting import open_sitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from centre.sittings.sitting import Sitting

PAPER = "KM"
INVIGILATOR, OFFICER = "coi-thi", "giao-vu"


def make_hall(folder: Path, candidates: int, database: str = "sqlite") -> Sitting:
    """The centre and its sitting; each candidate is a user, and one watches."""
    now = datetime.now(UTC)
    stated = folder.with_suffix(".toml")
    text = (SAMPLE / "centre.toml").read_text("utf-8")
    stated.write_text(text.replace('"sqlite"', f'"{database}"'), "utf-8")
    centre, founder = found(folder, stated, "quan-tri", getpass.getuser(), now)
    hours = {"opens": now - timedelta(minutes=1), "closes": now + timedelta(hours=8)}
    asked = read_settings(SAMPLE / "sitting.toml").model_copy(update={**hours, "papers": (PAPER,)})
    with transaction.atomic():
        add_user(founder, OFFICER, [Role.OFFICER], now=now)
        add_user(founder, INVIGILATOR, [Role.INVIGILATOR], now=now)
        officer = actor_of(the_user(OFFICER))
        sitting = prepare(officer, centre, asked, now=now)
        enrol(officer, sitting, [invented(n) for n in range(1, candidates + 1)], now=now)
        for one in sitting.enrolments():
            add_user(founder, one.candidate, [Role.TRAINEE], now=now, person=one.person_id)
    release_papers(sitting)
    return sitting


def candidates_of(sitting: Sitting) -> list[Candidate]:
    """Everybody, signed in, with the questions that each is asked."""
    configure(sitting.centre)
    forms = sitting.forms()
    numbers = [one.candidate for one in sitting.enrolments()]
    asked = {one: [i.id for i in sitting.form_of(one, PAPER, forms).items] for one in numbers}
    return [Candidate(one, session_of(one), items) for one, items in asked.items()]


def session_of(user: str) -> str:
    """The key of a new session of somebody who signed in."""
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(the_user(user))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def signed_out(session: str) -> None:
    """End a session, as time does."""
    from django.contrib.sessions.models import Session  # noqa: PLC0415 - after the settings

    Session.objects.filter(pk=session).delete()


def reopened(folder: Path, code: str) -> Sitting:
    """The sitting, to see what became of it."""
    disconnect()
    return open_sitting(open_centre(folder), code)


def started(sitting: Sitting, candidate: str) -> Paper:
    """One candidate's paper, started in this process."""
    form = own_form(sitting, candidate, PAPER)
    actor = actor_of(the_user(candidate))
    with transaction.atomic():
        delivery = deliver(actor, sitting, candidate, form, now=datetime.now(UTC))
    lay_out(sitting, delivery, form)
    return Paper(sitting, delivery)


def unkept(sitting: Sitting, people: Sequence[Candidate]) -> list[str]:
    """What does not hold: acknowledged answers that were not taken, receipts that are not so."""
    rows = ReceiptRecord.objects.select_related("delivery__enrolment", "delivery__form")
    last = {one.delivery.enrolment.candidate: one for one in rows.order_by("pk")}
    return [f"{one.number}: {why}" for one in people for why in _wrong(sitting, one, last)]


def _wrong(sitting: Sitting, one: Candidate, last: dict[str, ReceiptRecord]) -> Iterable[str]:
    receipt = last.get(one.number)
    if receipt is None:
        yield "không có biên nhận"
        return
    folder = sitting.course.path("submitted", one.number, receipt.delivery.form.code)
    if digest_of_work(folder) != receipt.sha256:
        yield "biên nhận khác bài"
    digest = receipt.delivery.form.content_id
    parts = [path.name.split(".")[0] for path in folder.glob("*.tra-loi.json")]
    taken = {id_: v for part in parts for id_, v in read_answers(folder, part, digest).items()}
    for id_, value in one.acknowledged.items():
        # A save that broke off may have been stored although nobody was told so.
        if taken.get(id_) not in (value, one.unanswered.get(id_, value)):
            yield f"{id_}: bài thu khác những gì đã báo “Đã lưu”"
    if extra := set(taken) - set(one.acknowledged) - set(one.unanswered):
        yield f"câu không ai viết: {sorted(extra)}"
