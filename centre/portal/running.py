"""Running the portal: its files gathered and compressed, its workers sharing what they loaded."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.db import connections, transaction
from django.urls import reverse
from gunicorn.app.base import BaseApplication

from centre.accounts.invitations import invite
from centre.accounts.models import User
from centre.accounts.permissions import Role
from centre.accounts.users import FOUNDER
from centre.configuration import HERE
from centre.portal.serving import STATIC, application, configure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from centre.configuration import Centre


# A page speaks every few seconds: its connection is kept between, and there is room for a hall's.
_PATIENT = {"timeout": 60, "keepalive": 75, "worker_connections": 4_000}


def slim() -> None:
    """Keep from this process what no page needs; to be called before anything computes.

    Without Arrow, which pandas loads wherever it is and no page writes, and without numpy's pool
    of threads, two workers and their parent hold some 90 MB less.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    sys.modules["pyarrow"] = None  # type: ignore[assignment]  # importing it fails


def run(centre: Centre, address: str, workers: int, threads: int) -> None:
    """Answer at ``address`` (host:port) until interrupted.

    Each of ``workers`` processes answers ``threads`` requests at a time; what they loaded before
    they parted they share.
    """
    os.environ[HERE] = str(centre.folder)
    loaded = _prepared(centre)
    connections.close_all()  # no connection may be shared by two processes
    _Server(loaded, {"bind": address, "workers": workers, "threads": threads}).run()


def _prepared(centre: Centre) -> Any:
    """The application, with its files gathered, named by what they hold, and compressed."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    os.environ[STATIC] = str(cache / "cio" / "portal")
    configure(centre)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("clearsessions", verbosity=0)
    return application()


def first_link(now: datetime) -> str:
    """Where the first administrator chooses a password, once; empty when one has a password."""
    administrators = User.objects.filter(
        is_active=True, grants__role=Role.ADMINISTRATOR, grants__withdrawn_at=None
    ).order_by("pk")
    if any(user.has_usable_password() for user in administrators):
        return ""
    with transaction.atomic():
        name = administrators[0].username
        return link(name, invite(FOUNDER, name, now=now))


def link(username: str, token: str) -> str:
    """Where an invitation is accepted, from the portal's root."""
    return reverse("accept_invitation", args=[username, token])


class _Server(BaseApplication):
    def __init__(self, loaded: Any, options: dict[str, Any]) -> None:
        self.loaded = loaded
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn is told."""
        told = {"preload_app": True, "worker_class": "gthread", "loglevel": "warning"}
        for name, value in (told | _PATIENT | self.options).items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The application, loaded before the workers parted."""
        return self.loaded
