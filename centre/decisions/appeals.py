"""Appeals against decisions: a number and a deadline at once, an answer by somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from centre.accounts.users import the_user
from centre.decisions.models import Appeal, Signature
from centre.ledger.acts import act, door
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import DecisionError

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.decisions.models import Decision

ANSWERED_WITHIN = timedelta(days=15)
"""The centre's own rule; no source lays it down."""


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
    today = now.astimezone(VIETNAM).date()
    prefix = f"PK-{today.year}-"
    count = Appeal.objects.filter(number__startswith=prefix).count()
    appeal = Appeal(
        number=f"{prefix}{count + 1:05}",
        decision=decision,
        text=text.strip(),
        filed_at=now,
        deadline=today + ANSWERED_WITHIN,
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
        DecisionError: when it is answered already, nothing is said, or the handler marked the
            candidate or signed the decision.
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


def _require_another(actor: Actor, decision: Decision) -> None:
    enrolment = decision.enrolment
    said = enrolment.marks.filter(marker=actor.id), enrolment.rulings.filter(marker=actor.id)
    marked = any(one.exists() for one in said)
    signed = Signature.objects.filter(
        user__username=actor.id, sheet__decisions__contains=f'"{decision.id}"'
    ).exists()
    if marked or signed:
        raise DecisionError(
            "người đã chấm hoặc đã ký quyết định không trả lời đơn về quyết định đó"
        )
