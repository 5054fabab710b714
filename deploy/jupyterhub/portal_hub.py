"""Who comes to the Hub, told by the portal's session; and a machine user of their own for each."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jupyterhub.auth import Authenticator
from jupyterhub.handlers import BaseHandler
from jupyterhub.spawner import LocalProcessSpawner
from tornado.httpclient import AsyncHTTPClient, HTTPError
from traitlets import Integer, Unicode

if TYPE_CHECKING:
    from collections.abc import Callable


class PortalLogin(BaseHandler):
    """Lets in whoever the portal knows; sends everybody else there to sign in, and back."""

    async def get(self) -> None:
        """Ask the portal, once for each time somebody comes."""
        user = await self.login_user()
        if user is None:
            here = f"{self.request.path}?{self.request.query}".rstrip("?")
            self.redirect(f"/dang-nhap/?{urlencode({'next': here})}")
        else:
            self.redirect(self.get_next_url(user))


class PortalAuthenticator(Authenticator):
    """Takes the portal's session for the only proof of who somebody is.

    The Hub's proxy stands before the portal too, so browsers send both the same cookies.
    """

    portal = Unicode(config=True, help="Where the portal answers, for the Hub alone.")
    cookie = Unicode("sessionid", config=True, help="Name of the portal's cookie.")

    def get_handlers(self, _app: Any) -> list[Any]:
        """The only page of ours."""
        return [("/login", PortalLogin)]

    async def authenticate(self, handler: Any, _data: Any) -> str | None:
        """The number of the portal's user; None for nobody, or not signed in fully."""
        key = handler.get_cookie(self.cookie)
        if not key:
            return None
        asked = {"Cookie": f"{self.cookie}={key}", "Host": handler.request.host}
        try:
            answer = await AsyncHTTPClient().fetch(
                f"{self.portal}/toi-la-ai/", headers=asked, follow_redirects=False
            )
        except (HTTPError, OSError):
            return None
        return str(json.loads(answer.body)["user"])

    async def refresh_user(self, user: Any, handler: Any = None, **_more: Any) -> bool:
        """Whether the session that let somebody in is theirs still."""
        return handler is None or await self.authenticate(handler, None) == user.name


class OwnUserSpawner(LocalProcessSpawner):
    """A server under a machine user number of its own, in a folder nobody else can enter.

    The number needs no account on the machine; the Hub needs the right to take it (root).
    """

    first_uid = Integer(700_000, config=True, help="Added to the portal's number of a user.")
    learning = Unicode(config=True, help="Where each user's folder is, named by number.")
    lessons = Unicode(config=True, help="Lessons as notebooks, laid into each user's folder.")

    @property
    def folder(self) -> Path:
        """What the user works in, and the only place where they may write."""
        return Path(self.learning, self.user.name)

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """The folder is home; nothing of the Hub's own user."""
        return {**env, "USER": self.user.name, "HOME": str(self.folder), "SHELL": "/bin/sh"}

    def make_preexec_fn(self, _name: str) -> Callable[[], None]:
        """Make the folder theirs; then be nobody but them, and lay out the lessons as such."""
        uid, group = self.first_uid + int(self.user.name), Path(self.learning).stat().st_gid
        folder, lessons = self.folder, list(Path(self.lessons).glob("*.ipynb"))
        folder.mkdir(exist_ok=True)
        os.chown(folder, uid, group, follow_symlinks=False)
        folder.chmod(0o2770)  # the portal's group reads how far they are

        def become() -> None:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            os.umask(0o007)
            os.chdir(folder)
            for lesson in lessons:  # one by one: a copied folder brings its rights along
                shutil.copyfile(lesson, lesson.name)

        return become
