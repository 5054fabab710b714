"""A candidate at their paper: a sitting that is open now, with users of its candidates."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.test import Client
from sittings import found_centre, prepare_sitting, who

from centre.accounts.permissions import Role
from centre.accounts.users import add_user, the_user
from centre.portal.serving import configure

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test


def open_centre_now(folder, trainees=None, hours=4, **changes):
    """A centre with a sitting that opened an hour ago, each candidate a user."""
    now = datetime.now(UTC)
    centre = found_centre(folder)
    times = {"opens": now - timedelta(hours=1), "closes": now + timedelta(hours=hours)}
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
        return f"/thi/{self.sitting}/{self.paper}/{what}"

    def get(self, what=""):
        return self.client.get(self.at(what))

    def post(self, what, **form):
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
        return self.send("luu/", question=question, value=value, revision=revision)


def desk_of(sitting, candidate, paper="KT", page="trang-mot"):
    client = Client()
    client.force_login(the_user(candidate))
    return Desk(client, sitting.code, candidate, paper, page)
