"""The portal of a small centre behind a real address, and people who sign in to it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from browser.accessibility import findings
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from sittings import DECIDED_ON, act, reopen

from centre.accounts.invitations import invite
from centre.accounts.users import the_user
from centre.database import connect
from centre.portal.serving import configure

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test


@dataclass(frozen=True)
class Live:
    """A portal that answers at ``url``, over a sitting of one's own."""

    sitting: object
    url: str

    def sign_in(
        self, page: Page, name: str, password: str = PASSWORD, known: str = PASSWORD
    ) -> None:
        """Sign in as people do; whoever has no password yet is given the ``known`` one."""
        user = the_user(name)
        if not user.has_usable_password():
            user.keep_password(known)
        page.goto(f"{self.url}/dang-nhap/")
        page.locator("[name=login]").fill(name)
        page.locator("[name=password]").fill(password)
        page.locator("main button[type=submit]").click()

    def invite(self, name: str) -> str:
        """A token with which somebody chooses a password."""
        return act(invite, "quan-tri", name, now=DECIDED_ON)

    def enter(self, context: BrowserContext, name: str) -> None:
        """Let a window be signed in already, for tests of what comes after."""
        client = Client()
        client.force_login(the_user(name))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}
        context.add_cookies([cookie])


@contextmanager
def serve(sitting):
    """Answer over a sitting's centre from a thread of this process, until the test is over."""
    connect(sitting.centre)  # here too, where an earlier test's may still be held
    configure(sitting.centre)
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield Live(sitting, f"http://127.0.0.1:{thread.port}")
    finally:
        thread.terminate()


@pytest.fixture
def portal_of(chromium):  # noqa: ARG001 - see below
    """Put a portal before a sitting's centre, until the test is over.

    The browser comes first: once its event loop runs, Django keeps this thread's connections
    elsewhere, and one to an earlier test's centre may still be there.
    """
    with ExitStack() as open_until_then:
        yield lambda sitting: open_until_then.enter_context(serve(sitting))


@pytest.fixture
def live(certified, portal_of):
    """The portal of a centre with certificates out."""
    return portal_of(certified)


@pytest.fixture
def live_before(prepared_folder, tmp_path, portal_of):
    """The portal of a centre whose papers nobody has begun."""
    return portal_of(reopen(prepared_folder, tmp_path / "trung-tam"))


@pytest.fixture
def window(chromium):
    """A fresh browser window."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900}, locale="vi-VN")
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def phone(chromium):
    """A window as narrow as a telephone."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def without_scripts(chromium):
    """A window that runs no script."""
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN")
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def sound():
    """Hold that a page is one that everybody can use: by axe, and no wider than its window."""

    def hold(page: Page) -> None:
        # A page whose scripts are off runs none of axe's either.
        if not page.evaluate(
            "document.currentScript === null && matchMedia('(scripting: none)').matches"
        ):
            heavy = {"serious", "critical"}
            assert [one for one in findings(page) if one[1] in heavy] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    return hold
