"""One-time links by which a user chooses a password: for who is new, and for who forgot it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator

from centre.accounts.models import RoleGrant, User
from centre.accounts.permissions import Role
from centre.accounts.users import the_user
from centre.ledger.acts import act, door
from courses.foundation.errors import CentreError, DeniedError

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor


@door("user.invite")
def invite(actor: Actor, username: str, *, now: datetime) -> str:
    """A token with which ``username`` may choose a password, once; who asked for it is kept.

    Raises:
        CentreError: when there is no such active user.
        DeniedError: when somebody else than an administrator invites one of the staff: whoever
            holds the link becomes that user.
    """
    user = the_user(username)
    staff = user.grants.filter(withdrawn_at=None).exclude(role=Role.TRAINEE).exists()
    if staff and Role.ADMINISTRATOR not in actor.roles:
        raise DeniedError("liên kết đặt mật khẩu cho cán bộ chỉ do quản trị cấp")
    with act(actor, "user.invited", username, now) as done:
        done.tell(invited=username)
    return default_token_generator.make_token(user)


@door("user.disarm")
def drop_second_factor(actor: Actor, username: str, *, now: datetime) -> None:
    """Take the second factor from somebody who has lost it and every recovery code.

    Raises:
        CentreError: when there is no such active user, or no second factor.
    """
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - needs the applications ready

    user = the_user(username)
    held = Authenticator.objects.filter(user_id=user.pk)
    if not held.exists():
        raise CentreError(f"{username} không có lớp xác thực thứ hai")
    with act(actor, "second_factor.dropped", username, now) as done:
        held.delete()
        done.tell(dropped=username)


@door("user.admit")
def admit(actor: Actor, username: str, person: str, *, now: datetime) -> User:
    """A trainee's own user, added when the person has none; without a password until invited.

    Args:
        actor: who admits.
        username: preferred; the person's number is taken where it is somebody else's.
        person: whose it is, by number.
        now: the server's time.
    """
    known = User.objects.filter(person=person).first()
    if known is not None:
        return known
    name = person if User.objects.filter(username=username).exists() else username
    user = User(username=name, person_id=person, created_at=now, password=make_password(None))
    with act(actor, "user.admitted", name, now) as done:
        done.insert(user)
        done.insert(RoleGrant(user=user, role=Role.TRAINEE, granted_at=now))
    return user


def invited(username: str, token: str) -> User:
    """The user whom a link invites.

    Raises:
        DeniedError: when it was used, is too old, or is nobody's; the answer is the same.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, token):
        raise DeniedError("liên kết đã dùng, quá hạn hoặc không đúng; xin cấp liên kết mới")
    return user


def choose_password(user: User, password: str) -> None:
    """Give an invited user the password they chose; their link is used up by it.

    Raises:
        django.core.exceptions.ValidationError: when it is too weak, saying why.
    """
    validate_password(password, user)
    user.keep_password(password)
