"""The portal of one centre as an application that a web server runs."""

from __future__ import annotations

import gc
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings

from centre.configuration import find_centre
from centre.database import open_centre
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from centre.configuration import Centre

HTTPS = "CIO_HTTPS"  # the environment's word that a proxy with a certificate stands before us
STATIC = "CIO_STATIC"  # the environment's name for the folder of gathered files
_HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_KEY = "portal.key"


def application() -> Any:
    """The WSGI application of the centre that the environment names, with every page loaded.

    A worker that first loads them when it is asked keeps a whole hall waiting for seconds, and
    has alone in memory what all could share.
    """
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - after the settings
    from django.urls import get_resolver  # noqa: PLC0415 - after the settings

    configure(open_centre(find_centre().folder))
    loaded = get_wsgi_application()
    get_resolver().check()
    gc.freeze()  # what collecting never visits stays shared between the workers
    return loaded


def configure(centre: Centre) -> None:
    """Let this process's settings be those of a centre's portal."""
    secure = os.environ.get(HTTPS) == "1"
    settings.SECRET_KEY = portal_key(centre.keys)
    settings.ALLOWED_HOSTS = list(centre.settings.hosts)
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = secure
    settings.SECURE_SSL_REDIRECT = secure
    settings.SECURE_HSTS_SECONDS = 365 * 86400 if secure else 0
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = secure
    if secure:
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # who asks is whom that proxy names
    if gathered := os.environ.get(STATIC):
        settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = gathered, False
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": _HASHED}}


def portal_key(keys: Path) -> str:
    """The portal's secret, made on first use and readable by its owner alone."""
    path = keys / _KEY
    if not path.exists():
        fresh = keys / f".{_KEY}.{os.getpid()}"
        write_atomically(fresh, secrets.token_hex(32).encode(), mode=0o600)
        with suppress(FileExistsError):  # another process was first: theirs holds
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text("ascii")
