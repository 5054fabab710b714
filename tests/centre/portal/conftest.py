"""The portal of a small centre, asked without a browser."""

import base64
import time

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.test import Client
from exam_room import open_centre_now
from sittings import CODE, DECIDED_ON, people, reopen

from centre.accounts.users import the_user
from centre.configuration import SETTINGS
from centre.database import open_centre
from centre.demo_accounts import demo_accounts
from centre.portal.serving import configure
from centre.sittings.sitting import open_sitting

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test


@pytest.fixture(scope="session")
def welcoming_folder(decided_folder, specimen):
    """The decided sitting with accounts for staff and some candidates; never changed."""

    def make(folder):
        demo_accounts(reopen(decided_folder, folder).centre, DECIDED_ON)

    return specimen("don-tiep", make)


@pytest.fixture
def portal(decided):
    """The decided sitting's centre, behind the portal."""
    configure(decided.centre)
    settings.ALLOWED_HOSTS = ["testserver"]
    return decided


@pytest.fixture
def certified_portal(certified):
    """The portal of a centre with certificates out."""
    configure(certified.centre)
    settings.ALLOWED_HOSTS = ["testserver"]
    return certified


@pytest.fixture
def strict(decided):
    """The same, of a centre that wants two factors of those who decide."""
    stated = decided.centre.folder / SETTINGS
    text = stated.read_text("utf-8").replace("second_factor = false", "second_factor = true")
    stated.write_text(text, "utf-8")
    centre = open_centre(decided.centre.folder)
    configure(centre)
    settings.ALLOWED_HOSTS = ["testserver"]
    return open_sitting(centre, CODE)


@pytest.fixture
def browse(portal):  # noqa: ARG001 - the portal they open
    """A browser of somebody of the staff, signed in; nobody when no name is given."""

    def open_as(name=None):
        client = Client(enforce_csrf_checks=False)
        if name:
            client.force_login(the_user(name))
        return client

    return open_as


@pytest.fixture
def sign_in():
    """Sign in as people do; whoever has no password yet is given one."""

    def sign(name, password=PASSWORD, **sent):
        user = the_user(name)
        if not user.has_usable_password():
            user.keep_password(PASSWORD)
        client = Client()
        answer = client.post("/dang-nhap/", {"login": name, "password": password, **sent})
        return client, answer

    return sign


@pytest.fixture
def code_of():
    """What an application shows for a secret, some steps of half a minute from now."""

    def shown(secret, steps=0):
        padded = secret + "=" * (-len(secret) % 8)
        key = base64.b32decode(padded)
        return (
            TOTP(key, 6, hashes.SHA1(), 30, enforce_key_length=False)  # noqa: S303 - as applications do
            .generate(int(time.time()) + 30 * steps)
            .decode()
        )

    return shown


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
