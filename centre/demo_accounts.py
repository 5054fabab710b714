"""Accounts to try a demonstration with: all with one password that anybody may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

import centre.ready  # noqa: F401 - before any table
from centre.accounts.invitations import admit
from centre.accounts.models import RoleGrant, User
from centre.accounts.permissions import ROLE_NAMES, Role
from centre.accounts.users import actor_of
from centre.decisions.models import Decision
from centre.people.models import Enrolment
from courses.foundation.errors import CentreError
from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.configuration import Centre

PASSWORD = "trinh-dien-cio-2026"  # noqa: S105 - printed, and for demonstrations alone


@dataclass(frozen=True)
class Account:
    """Somebody to sign in as, and what they are."""

    username: str
    words: str


def demo_accounts(centre: Centre, now: datetime) -> list[Account]:
    """Let the staff and a few trainees of a demonstration sign in; again, and nothing changes.

    Raises:
        CentreError: when the centre is no demonstration.
    """
    if not centre.settings.demo:
        raise CentreError("chỉ trung tâm trình diễn có tài khoản dùng thử")
    with transaction.atomic():
        trainees = list(_trainees(now))
    grants = RoleGrant.objects.filter(withdrawn_at=None).exclude(role=Role.TRAINEE)
    staff = [
        Account(grant.user.username, ROLE_NAMES[Role(grant.role)])
        for grant in grants.select_related("user").order_by("pk")
    ]
    for user in User.objects.filter(username__in=[one.username for one in staff + trainees]):
        if not user.check_password(PASSWORD):
            user.keep_password(PASSWORD)
    return staff + trainees


def _trainees(now: datetime) -> Iterator[Account]:
    """The first candidate of each kind of decision, as a trainee who can sign in."""
    first = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, withdrawn_at=None).first()
    if first is None:
        return
    administrator = actor_of(first.user)
    for status in Status:
        found = Decision.objects.filter(status=status, enrolment__person__erased_at=None)
        decision = found.select_related("enrolment").order_by("enrolment__candidate").first()
        if decision is not None:
            yield _account(administrator, decision.enrolment, STATUS_NAMES[status], now)
    waiting = Enrolment.objects.filter(decisions=None, person__erased_at=None)
    one = waiting.order_by("sitting__opens", "candidate").last()
    if one is not None:
        yield _account(administrator, one, "chưa có kết quả", now)


def _account(administrator: Actor, one: Enrolment, words: str, now: datetime) -> Account:
    user = admit(administrator, one.candidate, one.person_id, now=now)
    return Account(user.username, f"học viên ({words})")
