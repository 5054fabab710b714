"""A hall to measure: a centre with a sitting open now and many candidates who signed in."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.test import Client

from benchmarks.centre import SAMPLE, invented
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, add_user, the_user
from centre.database import open_centre
from centre.founding import found
from centre.people.enrol import enrol
from centre.portal.serving import configure
from centre.sittings.answering import Paper, own_form
from centre.sittings.deliver import deliver, lay_out
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.settings import read_settings
from centre.sittings.sitting import open_sitting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from centre.sittings.sitting import Sitting

PAPER = "KM"
WATCHES = "coi-thi"


def make_hall(folder: Path, candidates: int) -> Sitting:
    """The centre and its sitting; each candidate is a user, and one watches."""
    now = datetime.now(UTC)
    centre, founder = found(folder, SAMPLE / "centre.toml", "quan-tri", getpass.getuser(), now)
    hours = {"opens": now - timedelta(minutes=1), "closes": now + timedelta(hours=8)}
    stated = read_settings(SAMPLE / "sitting.toml").model_copy(update={**hours, "papers": (PAPER,)})
    with transaction.atomic():
        add_user(founder, "giao-vu", [Role.OFFICER], now=now)
        add_user(founder, WATCHES, [Role.INVIGILATOR], now=now)
        officer = actor_of(the_user("giao-vu"))
        sitting = prepare(officer, centre, stated, now=now)
        enrol(officer, sitting, [invented(n) for n in range(1, candidates + 1)], now=now)
        for one in sitting.enrolments():
            add_user(founder, one.candidate, [Role.TRAINEE], now=now, person=one.person_id)
    release_papers(sitting)
    return sitting


def sessions(sitting: Sitting, name: str = "") -> Iterator[tuple[str, str, list[str]]]:
    """Candidates (or one user) with a session and the ids of the questions each is asked."""
    configure(sitting.centre)
    settings.ALLOWED_HOSTS = ["*"]
    forms = sitting.forms()
    for user in [name] if name else [one.candidate for one in sitting.enrolments()]:
        client = Client()
        client.force_login(the_user(user))
        asked = [] if name else [i.id for i in sitting.form_of(user, PAPER, forms).items]
        yield user, client.cookies[settings.SESSION_COOKIE_NAME].value, asked


def reopened(folder: Path, code: str) -> Sitting:
    """The sitting, to see what became of it."""
    return open_sitting(open_centre(folder), code)


def started(sitting: Sitting, candidate: str) -> Paper:
    """One candidate's paper, started in this process."""
    form = own_form(sitting, candidate, PAPER)
    actor = actor_of(the_user(candidate))
    with transaction.atomic():
        delivery = deliver(actor, sitting, candidate, form, now=datetime.now(UTC))
    lay_out(sitting, delivery, form)
    return Paper(sitting, delivery)
