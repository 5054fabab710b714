"""What allauth asks of the centre: no sign-up, passwords kept by our own rule, secrets sealed."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings

from centre.portal.accounts.words import ACCOUNT_ERRORS, ANOTHER_WAY, SECOND_FACTOR_ERRORS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from centre.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Users are added by the administrator alone."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        **ACCOUNT_ERRORS,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's interface
        """Nobody signs up by themselves."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Keep a new password; nothing else of the row changes."""
        user.keep_password(password)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Ways to prove once more who one is, in our words; no password where there is a code."""
        ways = super().get_reauthentication_methods(user)
        ways = [way for way in ways if way["id"] == "mfa_reauthenticate"] or ways
        return [{**way, "description": ANOTHER_WAY[way["id"]]} for way in ways]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are stored encrypted under the portal's key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        **SECOND_FACTOR_ERRORS,
    }

    def build_totp_svg(self, url: str) -> str:
        """The address of the secret as a picture for a telephone's camera."""
        picture = io.BytesIO()
        segno.make_qr(url, error="m").save(picture, kind="svg", scale=5, border=3, light="#fff")
        return picture.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it was."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = bytes.fromhex(str(settings.SECRET_KEY))[:32]
    return Fernet(base64.urlsafe_b64encode(key))
