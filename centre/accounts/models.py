"""Users and the roles they hold or held."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from centre.ledger.guard import OutsideActError, writing
from centre.ledger.rows import Row


class User(Row, AbstractBaseUser):
    """Somebody who can sign in, or work at this machine as ``machine_account``."""

    logged: ClassVar[tuple[str, ...]] = ("username", "machine_account", "is_active", "person_id")
    # A password is hashed anew when the hash grows stronger; signing in is no act.
    uncovered: ClassVar[frozenset[str]] = frozenset(("password", "last_login"))

    username = models.CharField(max_length=64, unique=True)
    machine_account = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - many have none, and none is no account
    person = models.OneToOneField("centre.Person", models.PROTECT, null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def save(self, *_args: Any, update_fields: Any = None, **_options: Any) -> None:
        """Keep what changes by itself; refuse the rest, as every covered row does."""
        if update_fields is None or not set(update_fields) <= self.uncovered:
            raise OutsideActError("users are changed by centre.accounts.users alone")
        with writing():
            models.Model.save(self, update_fields=list(update_fields))

    def keep_password(self, password: str) -> None:
        """Keep a new password, hashed."""
        self.set_password(password)
        self.save(update_fields=["password"])


class RoleGrant(Row):
    """A role from one day until it was withdrawn; a role given again is another row."""

    logged = ("user_id", "role")

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=16)
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
