"""What is said of a certificate that something undermines: looked at, suspended, confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from centre.accounts.users import the_user
from centre.ledger.acts import act, door
from centre.ledger.checkpoint import checkpoint_now
from centre.register.models import Review, Suspension
from centre.register.tasks import standing, task_of
from courses.foundation.errors import CredentialError

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.accounts.models import User
    from centre.register.models import Entry
    from centre.register.tasks import Task


@door("task.acknowledge")
def acknowledge(actor: Actor, entry: Entry, note: str, *, now: datetime, shown: str = "") -> int:
    """Say by name that one has looked at what undermines a certificate; the task stays.

    ``shown``, as for ``confirm``.

    Returns:
        How many facts one had not looked at before.

    Raises:
        CredentialError: without a note, when there is nothing to look at, or more than was shown.
    """
    if not note.strip():
        raise CredentialError("phải ghi đã xem gì và việc sẽ làm")
    task, user = _task_as_shown(entry, shown), the_user(actor.id)
    rows = _said(task, entry, user, note, "", now)
    with act(actor, "task.seen", entry.pk, now) as done:
        done.insert(*rows)
    return len(rows)


@door("certificate.suspend")
def suspend(
    actor: Actor, entry: Entry, authority: str, ground: str, *, now: datetime
) -> Suspension:
    """Let a certificate show “đang xem xét” until it is revoked, confirmed or reissued.

    Raises:
        CredentialError: without authority or ground, when it does not stand any more, or is
            suspended already.
    """
    if not authority.strip() or not ground.strip():
        raise CredentialError("phải ghi văn bản và lý do đưa chứng chỉ vào diện xem xét")
    _require_standing(entry)
    if entry.suspensions.filter(ended_at=None).exists():
        raise CredentialError(f"{entry.pk} đang được xem xét rồi")
    row = Suspension(
        entry=entry, authority=authority.strip(), ground=ground.strip(), suspended_at=now
    )
    with act(actor, "certificate.suspended", entry.pk, now) as done:
        done.insert(row)
    transaction.on_commit(checkpoint_now, robust=True)
    return row


@door("certificate.confirm")
def confirm(
    actor: Actor, entry: Entry, authority: str, ground: str, *, now: datetime, shown: str = ""
) -> Task:
    """Let a certificate stand in spite of exactly what is known now, under a decision.

    A suspension ends with it. What is found out later is a task of its own again. ``shown`` is
    the digest of the task that the actor has seen; without one, whatever is known is meant.

    Returns:
        The task that this closes.

    Raises:
        CredentialError: without authority or ground, when it does not stand any more, nothing
            is the matter with it, or something else than was shown.
    """
    if not authority.strip() or not ground.strip():
        raise CredentialError("phải ghi quyết định giữ nguyên chứng chỉ và căn cứ")
    _require_standing(entry)
    task, user = _task_as_shown(entry, shown), the_user(actor.id)
    with act(actor, "certificate.confirmed", entry.pk, now) as done:
        done.insert(*_said(task, entry, user, ground, authority.strip(), now))
        for one in entry.suspensions.filter(ended_at=None):
            done.change(one, ended_at=now)
        done.tell(authority=authority.strip(), ground=ground.strip())
    transaction.on_commit(checkpoint_now, robust=True)
    return task


def _task_as_shown(entry: Entry, shown: str) -> Task:
    task = task_of(entry.pk)
    if shown and task.digest != shown:
        raise CredentialError(
            "từ lúc mở trang, điều cần xem xét về chứng chỉ này đã thay đổi; xem lại rồi ghi"
        )
    return task


def _said(
    task: Task, entry: Entry, user: User, note: str, authority: str, now: datetime
) -> list[Review]:
    """A review for each fact of which the user has not said this yet; confirming has authority."""
    told = {"entry": entry, "user": user, "confirmed": bool(authority)}
    known = set(Review.objects.filter(**told).values_list("fact", flat=True))
    return [
        Review(fact=fact.key, authority=authority, note=note.strip(), reviewed_at=now, **told)
        for fact in task.facts
        if fact.key not in known
    ]


def _require_standing(entry: Entry) -> None:
    if not standing().filter(pk=entry.pk).exists():
        raise CredentialError(f"{entry.pk} đã bị thu hồi hoặc đã được thay thế")
