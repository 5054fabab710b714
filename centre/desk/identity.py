"""Who asks the lessons' server: whoever the portal's session says, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.http import HttpRequest
from jupyter_server.auth.identity import IdentityProvider
from jupyter_server.auth.identity import User as Visitor
from tornado.ioloop import IOLoop
from traitlets import Unicode

from centre.accounts.users import actor_of
from centre.portal.access import needs_second_factor

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from tornado.web import RequestHandler


class PortalIdentity(IdentityProvider):
    """Takes the portal's session cookie for the only proof of who somebody is."""

    token = Unicode("")
    need_token = False
    executor: Executor | None = None

    @property
    def auth_enabled(self) -> bool:
        """Nobody comes in without having signed in."""
        return True

    async def get_user(self, handler: RequestHandler) -> Visitor | None:
        """The user of the session, by number; None when there is none, or not signed in fully."""
        if handler.request.host_name not in settings.ALLOWED_HOSTS:
            return None
        key = handler.get_cookie(settings.SESSION_COOKIE_NAME)
        if not key:
            return None
        return await IOLoop.current().run_in_executor(self.executor, _visitor, key)


def _visitor(key: str) -> Visitor | None:
    close_old_connections()
    request: Any = HttpRequest()
    request.session = SessionStore(key)
    request.user = get_user(request)
    if not request.user.is_authenticated:
        return None
    request.actor = actor_of(request.user)
    return None if needs_second_factor(request) else Visitor(str(request.user.pk))
