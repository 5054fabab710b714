"""A candidate at their paper: a sitting that is open now, with users of its candidates."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from browser.every_kind import build_form, rubrics
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from sittings import found_centre, prepare_sitting, who

from assessments.papers.notebook import write_paper
from centre.accounts.permissions import Role
from centre.accounts.users import add_user, the_user
from centre.ledger.acts import act as ledger_act
from centre.ledger.guard import writing
from centre.portal.serving import configure
from centre.sittings.models import Delivery
from centre.sittings.prepare import keep_forms
from grading.gradebook.course import release

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test


def open_centre_now(folder, trainees=None, hours=4, **changes):
    """A centre with a sitting that opened an hour ago, each candidate a user."""
    now = datetime.now(UTC)
    centre = found_centre(folder)
    times = {"opens": now - timedelta(hours=3), "closes": now + timedelta(hours=hours)}
    sitting = prepare_sitting(centre, trainees, **times, **changes)
    with transaction.atomic():
        for one in sitting.enrolments():
            add_user(
                who("quan-tri"),
                one.candidate,
                [Role.TRAINEE],
                now=now,
                password=PASSWORD,
                person=one.person_id,
            )
    configure(centre)
    settings.ALLOWED_HOSTS = ["testserver"]
    return sitting


@dataclass
class Desk:
    """A candidate's browser at one paper, without a script."""

    client: Client
    sitting: str
    candidate: str
    paper: str = "KT"
    page: str = "trang-mot"

    def at(self, what=""):
        """The address of the paper, or of what belongs to it."""
        return f"/thi/{self.sitting}/{self.paper}/{what}"

    def get(self, what=""):
        """Open it."""
        return self.client.get(self.at(what))

    def post(self, what, **form):
        """Send a form."""
        return self.client.post(self.at(what), form)

    def send(self, what, **told):
        """What a page sends: JSON there and back."""
        body = {"candidate": self.candidate, "page": self.page, **told}
        answer = self.client.post(
            self.at(what),
            json.dumps(body),
            "application/json",
            headers={"accept": "application/json"},
        )
        return answer.json()

    def save(self, question, value, revision=0):
        """Send an answer, and hear what became of it."""
        return self.send("luu/", question=question, value=value, revision=revision)


def end_time(candidate, ago=timedelta(0)):
    """Let a candidate's time have run out that long ago."""
    with writing():
        mine = QuerySet(Delivery).filter(enrolment__candidate=candidate)
        mine.update(due_at=datetime.now(UTC) - ago)


def desk_of(sitting, candidate, paper="KT", page="trang-mot"):
    client = Client()
    client.force_login(the_user(candidate))
    return Desk(client, sitting.code, candidate, paper, page)


@contextmanager
def serving(centre, port=None, workers=2, threads=4):
    """The portal as it truly runs: gunicorn's workers over a centre; address and process."""
    port = port or free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "centre.portal.wsgi:application", "--preload"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", str(threads)),
        *("--log-level", "error", "--timeout", "60", "--keep-alive", "30"),
    ]
    environment = {**os.environ, "CIO_CENTRE": str(centre.folder)}
    with (centre.folder / "portal.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, process, centre.folder / "portal.log")
            yield url, process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url, process, log):
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        with suppress(OSError), urllib.request.urlopen(f"{url}/suc-khoe/", timeout=5):  # noqa: S310
            return
        time.sleep(0.2)
    raise AssertionError(f"the portal does not answer:\n{log.read_text()}")


def session_of(name):
    """The session cookie of somebody who signed in."""
    client = Client()
    client.force_login(the_user(name))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def add_every_kind(sitting):
    """One more paper of the sitting, ``ML``: a question of every kind."""
    form = build_form().model_copy(update={"paper": "ML", "minutes": 90})
    marked_by = SimpleNamespace(rubrics=rubrics())
    now = datetime.now(UTC)
    with (
        transaction.atomic(),
        ledger_act(who("giao-vu"), "sitting.prepared", sitting.code, now) as done,
    ):
        keep_forms(done, sitting, [form], marked_by, now)
    write_paper(form, rubrics(), sitting.folder / "source" / form.code)
    release(sitting.course, form.code, due=sitting.settings.closes.astimezone(UTC))
    return form
