"""People at their browsers: each signs in as they do, and uses keys alone."""

from __future__ import annotations

import base64
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def code_of(secret: str, steps: int = 0) -> str:
    """What an application on a telephone shows."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    totp = TOTP(key, 6, hashes.SHA1(), 30, enforce_key_length=False)  # noqa: S303 - as they do
    return totp.generate(int(time.time()) + 30 * steps).decode()


@dataclass
class Person:
    """Somebody at a window of their own."""

    live: Any
    name: str
    page: Page
    sound: Callable[[Page], None]
    seen: set[str]
    secret: str = ""

    def sign_in(self) -> None:
        """With a password, and a second factor where the roles need one; it is set up then."""
        self.live.sign_in(self.page, self.name)
        if self.page.get_by_role("heading", name="Xác nhận lại").count():
            self.fill("Mật khẩu", PASSWORD)
            self.press("Tiếp tục")
            self.secret = self.page.locator(".secret").inner_text()
            self.fill("Mã xác thực", code_of(self.secret))
            self.press("Gắn ứng dụng")
            self.follow("Xong")
        expect(self.page.get_by_role("heading", name="Trang đầu")).to_be_visible()

    def open(self, where: str) -> None:
        """Go to an address of the portal."""
        self.page.goto(f"{self.live.url}/{where}")

    def press(self, name: str) -> None:
        """Press a button by Enter."""
        self.page.get_by_role("button", name=name, exact=True).press("Enter")

    def follow(self, name: str) -> None:
        """Follow a link of the page by Enter; prove again who one is where that is asked for."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=name).first.press("Enter")
        if self.page.get_by_role("heading", name="Xác nhận lại").count():
            self.fill("Mã xác thực", code_of(self.secret))
            self.press("Tiếp tục")

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        self.field(label).fill(text)

    def choose(self, label: str) -> None:
        """Choose one of several by Space."""
        self.field(label).press("Space")

    def field(self, label: str) -> Locator:
        """The field of that label, whatever punctuation ends it."""
        return self.page.locator("main").get_by_label(re.compile(f"^\\s*{re.escape(label)}:?\\s*$"))

    def said(self, words: str) -> None:
        """Hold that the page says what became of what was done."""
        expect(self.page.get_by_role("status").first).to_contain_text(words)

    def reads(self, words: str) -> None:
        """Hold that the page says this."""
        expect(self.page.locator("main")).to_contain_text(words)

    def look(self) -> None:
        """Hold that the page is one that everybody can use, as wide as a desk and as a phone.

        Each page once, of whatever thing it is.
        """
        which = re.sub(r"[\d.]+", "", self.page.title())
        if which in self.seen:
            return
        self.seen.add(which)
        self.sound(self.page)
        self.page.set_viewport_size(NARROW)
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        self.page.set_viewport_size(WIDE)
