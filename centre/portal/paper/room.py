"""What the pages of a paper share: whose it is, the clock, the end of time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse

from assessments.handing_in.answers import PAPER_FILE
from centre.sittings.answering import Paper, the_paper
from centre.sittings.deliver import extra_time, lay_out, paused
from centre.sittings.take import take, under_way
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from centre.accounts.actors import Actor
    from centre.people.models import Enrolment
    from centre.portal.access import Request
    from centre.sittings.answering import Standing


def own(request: Request, *_parts: Any, **_named: Any) -> str | None:
    """Whose own affair a paper is: the person's who signed in, whatever the address says."""
    return request.actor.person


def now() -> datetime:
    """The server's time, which alone counts."""
    return datetime.now(UTC)


def find(request: Request, sitting: str, paper: str) -> Paper | None:
    """The paper under way of whoever signed in; None before its start."""
    return the_paper(request.actor.person, sitting, paper)


def may_start(enrolment: Enrolment, at: datetime) -> bool:
    """Whether a paper can be started now, as far as the hours and the room's clock go."""
    record = enrolment.sitting
    closes = record.closes + extra_time(enrolment)
    return record.opens <= at < closes and paused(enrolment) is None


def started(request: Request, sitting: str, paper: str) -> Paper:
    """The same; SittingError before its start."""
    found = find(request, sitting, paper)
    if found is None:
        raise SittingError("bài thi chưa bắt đầu; về phòng chờ rồi bấm “Bắt đầu làm bài”")
    if not (found.folder / PAPER_FILE).exists():  # what was started is there again after a crash
        lay_out(found.sitting, found.delivery, found.form)
    return found


def standing(actor: Actor, paper: Paper) -> Standing:
    """How a paper stands; whose time has ended is taken first, as for everybody."""
    at = now()
    stand = paper.standing(at)
    if not stand.over or stand.ended:
        return stand
    with transaction.atomic():
        if under_way().filter(pk=paper.delivery.pk).exists():
            form = paper.delivery.form.code
            take(actor, paper.sitting, paper.candidate, form, now=at, swept=True)
    return paper.standing(at)


def told(stand: Standing) -> dict[str, Any]:
    """A standing as a page takes it; times in ms."""
    return {
        "now": stand.now.timestamp() * 1000,
        "due": stand.delivery.due_at.timestamp() * 1000,
        "state": stand.state,
        "words": stand.words,
        "receipts": len(stand.receipts),
    }


def addresses(sitting: str, paper: str) -> dict[str, str]:
    """Where the page of a paper asks for what."""
    names = ("paper", "start", "save", "flag", "beat", "hand_in", "go_on", "receipt", "plain")
    return {name: reverse(f"paper:{name}", args=[sitting, paper]) for name in names}
