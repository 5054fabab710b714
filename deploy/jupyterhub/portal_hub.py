"""Who comes to the Hub, told by the portal's session; and a machine user of their own for each."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jupyterhub.auth import Authenticator
from jupyterhub.handlers import BaseHandler
from jupyterhub.spawner import LocalProcessSpawner
from tornado.httpclient import AsyncHTTPClient, HTTPError
from traitlets import Integer, Unicode

from grading.code.sandbox.groups import Group, join
from grading.code.sandbox.limits import Limits

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


async def asked_portal(portal: str, cookie: str, session: str, host: str) -> str | None:
    """Whose a session of the portal's is, by number; None when it is nobody's."""
    asked = {"Cookie": f"{cookie}={session}", "Host": host}
    try:
        answer = await AsyncHTTPClient().fetch(
            f"{portal}/toi-la-ai/", headers=asked, follow_redirects=False
        )
    except (HTTPError, OSError):
        return None
    return str(json.loads(answer.body)["user"])


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
        return await asked_portal(self.portal, self.cookie, key, handler.request.host)

    async def refresh_user(self, user: Any, handler: Any = None, **_more: Any) -> bool:
        """Whether the session that let somebody in is theirs still."""
        return handler is None or await self.authenticate(handler, None) == user.name


class OwnUserSpawner(LocalProcessSpawner):
    """A server under a machine user number of its own, in a folder nobody else can enter.

    The number needs no account on the machine; the Hub needs the right to take it (root). What
    all programs of a user hold together is bounded by ``mem_limit`` where the kernel's control
    groups can be had, and what each of them may ask for everywhere.
    """

    first_uid = Integer(700_000, config=True, help="Added to the portal's number of a user.")
    learning = Unicode(config=True, help="Where each user's folder is, named by number.")
    lessons = Unicode(config=True, help="Lessons as notebooks, laid into each user's folder.")

    processes = Integer(256, config=True, help="Processes and threads a user may have.")
    _group: Group | None = None
    _joined: tuple[int, ...] = ()

    async def start(self) -> Any:
        """Start the server in a control group of its own."""
        await self._leave_group()
        self._group = Group.make()
        if self._group:
            self._group.limit(Limits(memory=self.mem_limit, processes=self.processes))
            self._joined = self._group.descriptors()
        try:
            return await super().start()
        finally:
            for descriptor in self._joined:
                os.close(descriptor)
            self._joined = ()

    async def stop(self, now: bool = False) -> None:  # noqa: FBT001, FBT002 - JupyterHub's interface
        """End the server, and its group when nothing is left in it."""
        await super().stop(now)
        await self._leave_group()

    async def _leave_group(self) -> None:
        if self._group:
            await asyncio.to_thread(self._group.end)
            self._group = None

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
        if folder.stat().st_uid != uid:  # lessons begun at the portal; nobody else wrote here yet
            for path in folder.iterdir():
                os.chown(path, uid, group, follow_symlinks=False)
        os.chown(folder, uid, group, follow_symlinks=False)
        folder.chmod(0o2770)  # the portal's group reads how far they are

        def become() -> None:
            join(self._joined)
            for kind, most in (
                (resource.RLIMIT_AS, self.mem_limit),
                (resource.RLIMIT_NPROC, self.processes),
                (resource.RLIMIT_CORE, 0),
            ):
                resource.setrlimit(kind, (most, most))
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            os.umask(0o007)
            os.chdir(folder)
            for lesson in lessons:  # one by one: a copied folder brings its rights along
                shutil.copyfile(lesson, lesson.name)

        return become
