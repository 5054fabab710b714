"""The portal of a small centre, asked without a browser."""

import pytest
from django.conf import settings
from django.test import Client

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
