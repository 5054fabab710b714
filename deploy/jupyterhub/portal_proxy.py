"""The proxy before the portal and the Hub: a trainee's server hears its own trainee alone.

A server runs what its trainee wants, so what reaches it is the trainee's to read, and what it
answers runs in the portal's origin. Whoever is not that trainee, by the portal's session and at
this moment, is turned away before it; and no cookie of the portal's goes there.

The environment's CIO_PORTAL is the portal's address; the words are configurable-http-proxy's own.
"""

from __future__ import annotations

import os
import re
import time
from typing import Any
from urllib.parse import urlencode

from configurable_http_proxy import cli, configproxy
from configurable_http_proxy.handlers import ProxyHandler
from portal_hub import asked_portal
from tornado.web import Application

KNOWN = 2.0  # seconds for which the portal's answer holds
COOKIE = "sessionid"
_OWN = ("jupyterhub-", "_xsrf")  # how the names begin of cookies that a server may see
_SERVER = re.compile(r"/jupyter/user/(\d+)/?")
_REFUSED = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Không vào được</title>'
    "<p>Không vào được máy chủ học tập này: anh/chị chưa đăng nhập, hoặc đó là máy chủ của người "
    'khác. Về <a href="/hoc-vien/">Chương trình của tôi</a>.</p>'
)


class Portal:
    """Whose a session is, asked anew every few seconds."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._heard: dict[str, tuple[str, float]] = {}

    async def user(self, session: str | None, host: str) -> str | None:
        """The number of the user; None for a session that has ended, and for none."""
        now = time.monotonic()
        self._heard = {key: one for key, one in self._heard.items() if one[1] > now}
        if not session:
            return None
        if session not in self._heard:
            user = await asked_portal(self._address, COOKIE, session, host)
            if user is None:
                return None
            self._heard[session] = user, now + KNOWN
        return self._heard[session][0]


class Gate(ProxyHandler):
    """Lets a user alone through to the user's server, and the portal's cookies not at all."""

    def initialize(self, proxy: Any, portal: Portal) -> None:
        """Take the portal to ask, besides what the proxy takes."""
        super().initialize(proxy=proxy)
        self.portal, self.owner = portal, ""

    async def prepare(self) -> None:
        """Look where the proxy itself would send this: an address can be written in many ways."""
        route = self.proxy.target_for_req(None, self.path_args[0])
        server = _SERVER.fullmatch(route["prefix"]) if route else None
        if server is None:
            return
        self.owner, self.session = server[1], self.get_cookie(COOKIE)
        told = self.request.cookies.values()
        kept = [f"{one.key}={one.coded_value}" for one in told if one.key.startswith(_OWN)]
        self.request.headers["Cookie"] = "; ".join(kept)
        user = await self._user()
        if user is None and "text/html" in self.request.headers.get("Accept", ""):
            self.redirect(f"/dang-nhap/?{urlencode({'next': self.request.uri or '/'})}")
        elif user != self.owner:
            self.set_status(403)
            self.finish(_REFUSED)

    async def _user(self) -> str | None:
        return await self.portal.user(self.session, self.request.host)

    async def on_message(self, message: Any) -> None:
        """Pass on what an open page says, while its user is signed in."""
        if not self.owner or await self._user() == self.owner:
            super().on_message(message)
        else:
            self.close(1008)


class GatedProxy(configproxy.PythonProxy):
    """The proxy with that gate, which compresses what it passes on."""

    def __init__(self, options: Any = ()) -> None:
        super().__init__(options)
        told = {"proxy": self, "portal": Portal(os.environ["CIO_PORTAL"].rstrip("/"))}
        self.proxy_app = Application(
            [(r"/(.*)", Gate, told)], compress_response=True, websocket_compression_options={}
        )


if __name__ == "__main__":
    cli.PythonProxy = GatedProxy
    cli.main()
