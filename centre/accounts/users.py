"""Users: who they are, and which roles they hold."""

from __future__ import annotations

import os
import pwd
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from centre.accounts.actors import RESERVED, Actor
from centre.accounts.models import RoleGrant, User
from centre.accounts.permissions import ROLE_NAMES, Role
from centre.ledger.acts import act, door
from courses.foundation.errors import CentreError, DeniedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

FOUNDER = Actor(RESERVED[0], frozenset({Role.ADMINISTRATOR}))
"""Who makes the first administrator on a fresh machine; holds no account."""


def machine_account() -> str:
    """The account of this machine that the process runs under.

    The system is asked, not the environment: LOGNAME is whatever its user says.
    """
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's number without a name
        return f"uid-{os.getuid()}"


def actor_of(user: User) -> Actor:
    """The user as a door knows them: with the roles held now."""
    held = user.grants.filter(withdrawn_at=None).values_list("role", flat=True)
    return Actor(user.username, frozenset(map(Role, held)), user.person_id)


def the_user(username: str) -> User:
    """The active user of that name; CentreError when there is none."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CentreError(f"không có người dùng {username}")
    return user


def acting(username: str = "", password: str | None = None) -> Actor:
    """Who works at this machine: by the machine's own account, or by name and password.

    Raises:
        DeniedError: when nobody has this machine's account, or the password is wrong.
    """
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None or password is None or not user.check_password(password):
            raise DeniedError("tên người dùng hoặc mật khẩu không đúng")
        return actor_of(user)
    account = machine_account()
    user = User.objects.filter(machine_account=account, is_active=True).first()
    if user is None:
        raise DeniedError(
            f"tài khoản máy “{account}” không gắn với người dùng nào của trung tâm; "
            "dùng --as TÊN và mật khẩu, hoặc nhờ quản trị: cio user add"
        )
    return actor_of(user)


@door("user.add")
def add_user(
    actor: Actor,
    username: str,
    roles: Iterable[Role],
    *,
    now: datetime,
    machine_account: str | None = None,
    password: str | None = None,
    person: str | None = None,
) -> User:
    """Add a user with roles.

    Raises:
        CentreError: when the name is the house's own, or it or the machine's account is another
            user's.
    """
    if username in RESERVED:
        raise CentreError(f"tên {username} dành cho hệ thống, chọn tên khác")
    if User.objects.filter(username=username).exists():
        raise CentreError(f"đã có người dùng {username}")
    if machine_account and User.objects.filter(machine_account=machine_account).exists():
        raise CentreError(f"tài khoản máy {machine_account} đã gắn với người dùng khác")
    user = User(
        username=username,
        machine_account=machine_account or None,
        person_id=person,
        created_at=now,
        password=make_password(password),
    )
    with act(actor, "user.added", username, now) as done:
        done.insert(user)
        done.insert(*(RoleGrant(user=user, role=role, granted_at=now) for role in roles))
    return user


@door("user.grant")
def grant_role(actor: Actor, username: str, role: Role, *, now: datetime) -> bool:
    """Give a user a role; False when it is held already."""
    user = the_user(username)
    if user.grants.filter(role=role, withdrawn_at=None).exists():
        return False
    with act(actor, "role.granted", username, now) as done:
        done.insert(RoleGrant(user=user, role=role, granted_at=now))
    return True


@door("user.withdraw")
def withdraw_role(actor: Actor, username: str, role: Role, *, now: datetime) -> None:
    """Take a role from a user.

    Raises:
        CentreError: when it is not held, or is the last administrator's.
    """
    held = the_user(username).grants.filter(role=role, withdrawn_at=None).first()
    if held is None:
        raise CentreError(f"{username} không giữ vai trò {ROLE_NAMES[role]}")
    others = RoleGrant.objects.filter(role=role, withdrawn_at=None, user__is_active=True)
    if role is Role.ADMINISTRATOR and others.count() == 1:
        raise CentreError("không thu vai trò của quản trị cuối cùng")
    with act(actor, "role.withdrawn", username, now) as done:
        done.change(held, withdrawn_at=now)
