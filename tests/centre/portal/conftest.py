"""The portal of a small centre, asked without a browser."""

import pytest
from django.conf import settings
from django.test import Client
from exam_room import open_centre_now
from sittings import people, reopen

from centre.accounts.users import the_user
from centre.portal.serving import configure


@pytest.fixture
def portal(decided):
    """The decided sitting's centre, behind the portal."""
    configure(decided.centre)
    settings.ALLOWED_HOSTS = ["testserver"]
    return decided


@pytest.fixture
def browse(portal):  # noqa: ARG001 - the portal they open
    """A browser of somebody of the staff, signed in; nobody when no name is given."""

    def open_as(name=None):
        client = Client(enforce_csrf_checks=False)
        if name:
            client.force_login(the_user(name))
        return client

    return open_as


@pytest.fixture(scope="session")
def hall_folder(tmp_path_factory):
    """A centre with a sitting that is open now, of two candidates who are users; never changed."""
    folder = tmp_path_factory.mktemp("mau") / "phong-thi"
    return open_centre_now(folder, people(2)).centre.folder


@pytest.fixture
def hall(hall_folder, tmp_path):
    """That sitting, of one's own, behind the portal."""
    sitting = reopen(hall_folder, tmp_path / "trung-tam")
    configure(sitting.centre)
    settings.ALLOWED_HOSTS = ["testserver"]
    return sitting


@pytest.fixture
def browse_as():
    """A browser of somebody, signed in, at whatever centre is open."""

    def open_as(name):
        client = Client()
        client.force_login(the_user(name))
        return client

    return open_as
