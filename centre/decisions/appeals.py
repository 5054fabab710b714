"""Appeals against decisions: a number and a deadline at once, an answer by somebody else.

An appeal never goes away: not at its deadline, and not when it is answered. What was decided
before it and what is decided after it both stay readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from centre.accounts.users import the_user
from centre.database import the_centre
from centre.decisions.decide import content_of
from centre.decisions.effect import effect_of
from centre.decisions.models import Appeal, Signature
from centre.ledger.acts import act, door
from centre.ledger.models import LedgerLine
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import DecisionError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from centre.accounts.actors import Actor
    from centre.decisions.models import Decision


@dataclass(frozen=True)
class Version:
    """A decision as one party to an appeal reads it: ``since`` it is in effect, if it is."""

    id: str
    revision: int
    content: dict[str, Any]
    since: datetime | None


@dataclass(frozen=True)
class AppealView:
    """An appeal as everybody concerned reads it, on one day.

    ``state`` is ``waiting`` (for its answer), ``pending`` (accepted, and the new decision not
    yet in effect) or ``closed``. ``overdue`` counts days past the deadline, until it was
    answered or until today. ``after`` is what was decided on the candidate since it was filed.
    """

    appeal: Appeal
    candidate: str
    state: str
    overdue: int
    before: Version
    after: Version | None


def _whose(decision: Decision, *_rest: object, **_options: object) -> str:
    return decision.enrolment.person_id


@door("appeal.file", _whose)
def file_appeal(actor: Actor, decision: Decision, text: str, *, now: datetime) -> Appeal:
    """File an appeal against a decision; it is numbered through the calendar year.

    Raises:
        DecisionError: when nothing is said, or one on this decision waits for its answer.
    """
    if not text.strip():
        raise DecisionError("phải ghi nội dung phúc khảo hoặc khiếu nại")
    if decision.appeals.filter(answered_at=None).exists():
        raise DecisionError("quyết định này đang có một đơn chờ trả lời")
    today = _day(now)
    prefix = f"PK-{today.year}-"
    count = Appeal.objects.filter(number__startswith=prefix).count()
    appeal = Appeal(
        number=f"{prefix}{count + 1:05}",
        decision=decision,
        text=text.strip(),
        filed_at=now,
        deadline=today + timedelta(days=the_centre().settings.board.appeal_days),
    )
    with act(actor, "appeal.filed", appeal.number, now) as done:
        done.insert(appeal)
    return appeal


@door("appeal.answer")
def answer_appeal(
    actor: Actor, appeal: Appeal, answer: str, *, accepted: bool, now: datetime
) -> Appeal:
    """Answer an appeal; what was decided and what is answered both stay readable.

    Raises:
        DecisionError: when it is answered already, nothing is said, or the handler had a part
            in the decision.
    """
    if appeal.answered_at is not None:
        raise DecisionError(f"đơn {appeal.number} đã được trả lời")
    if not answer.strip():
        raise DecisionError("phải ghi nội dung trả lời")
    _require_another(actor, appeal.decision)
    with act(actor, "appeal.answered", appeal.number, now) as done:
        done.change(
            appeal,
            handler=the_user(actor.id),
            answered_at=now,
            accepted=accepted,
            answer=answer.strip(),
        )
    return appeal


def had_a_part(actor: Actor, decision: Decision) -> str:
    """Why the actor may not answer appeals against a decision; empty when they may."""
    enrolment = decision.enrolment
    told = LedgerLine.objects.filter(
        actor=actor.id,
        kind__in=("decision.made", "essay.marked"),
        subject=f"{enrolment.sitting_id}/{enrolment.candidate}",
    )
    said = enrolment.marks.filter(marker=actor.id), enrolment.rulings.filter(marker=actor.id)
    marked = any(one.exists() for one in (*said, told))
    signed = Signature.objects.filter(
        user__username=actor.id, sheet__decisions__contains=f'"{decision.id}"'
    ).exists()
    part = marked or signed or actor.person == enrolment.person_id
    return (
        "người đã chấm, đã lập hoặc đã ký quyết định không trả lời đơn về quyết định đó"
        if part
        else ""
    )


def _require_another(actor: Actor, decision: Decision) -> None:
    if why := had_a_part(actor, decision):
        raise DecisionError(why)


def the_appeal(number: str) -> Appeal:
    """The appeal of that number; DecisionError when there is none."""
    appeal = _with_parties().filter(pk=number.strip().upper()).first()
    if appeal is None:
        raise DecisionError(f"không có đơn {number}")
    return appeal


def appeals_of(person: str, now: datetime) -> list[AppealView]:
    """Every appeal that one person has ever filed, newest first."""
    found = _with_parties().filter(decision__enrolment__person=person)
    return [view(one, now) for one in found.order_by("-filed_at")]


def all_appeals(now: datetime) -> list[AppealView]:
    """Every appeal there has been, by deadline."""
    return [view(one, now) for one in _with_parties().order_by("deadline", "pk")]


def open_appeals(now: datetime) -> list[AppealView]:
    """Appeals on which something is still to be done, the most overdue first."""
    found = _with_parties().exclude(accepted=False).order_by("deadline", "pk")
    return [one for one in (view(each, now) for each in found) if one.state != "closed"]


def view(appeal: Appeal, now: datetime) -> AppealView:
    """One appeal as it stands at ``now``, with both versions of the decision."""
    enrolment = appeal.decision.enrolment
    effect = effect_of(enrolment.sitting)
    later = enrolment.decisions.filter(
        revision__gt=appeal.decision.revision, decided_at__gte=appeal.filed_at
    )
    after = later.order_by("revision").last()
    return AppealView(
        appeal=appeal,
        candidate=enrolment.candidate,
        state=_state(appeal, after, effect),
        overdue=max(0, (_day(appeal.answered_at or now) - appeal.deadline).days),
        before=_version(appeal.decision, effect),
        after=None if after is None else _version(after, effect),
    )


def _state(appeal: Appeal, after: Decision | None, effect: Iterable[str]) -> str:
    if appeal.answered_at is None:
        return "waiting"
    done = after is not None and after.id in effect
    return "pending" if appeal.accepted and not done else "closed"


def _version(decision: Decision, effect: dict[str, datetime]) -> Version:
    since = effect.get(decision.id)
    return Version(decision.id, decision.revision, content_of(decision), since)


def _with_parties() -> QuerySet[Appeal]:
    return Appeal.objects.select_related("decision__enrolment__sitting", "handler")


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
