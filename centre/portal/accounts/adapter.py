"""What allauth asks of the centre: no sign-up, passwords kept by our own rule, secrets sealed."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

    from centre.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Users are added by the administrator alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's interface
        """Nobody signs up by themselves."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Keep a new password; nothing else of the row changes."""
        user.keep_password(password)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are stored encrypted under the portal's key."""

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it was."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = bytes.fromhex(str(settings.SECRET_KEY))[:32]
    return Fernet(base64.urlsafe_b64encode(key))
