"""What the page of a paper sends while it is open: answers, flags, that it is there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from centre.database import the_centre
from centre.portal.access import Request, page
from centre.portal.paper.room import find, may_start, now, own, standing, told
from centre.sittings.answering import enrolment_of
from centre.sittings.presence import WAITING, Presence, note
from centre.sittings.sitting import Sitting
from courses.answer_sheet import ConflictError
from courses.foundation.errors import AnswerError
from courses.widgets.question_view import reply, restored

if TYPE_CHECKING:
    from datetime import datetime

    from centre.sittings.answering import Paper

_MOST = 99_999  # more than a page can truly count


@page("paper.sit", own)
@require_POST
def save(request: Request, sitting: str, paper: str) -> JsonResponse:
    """Store one answer and say so, or why not; sent again, the same reply."""
    sent, at = _read(request), now()
    found = find(request, sitting, paper)
    if found is None or sent is None or type(sent.get("revision")) is not int:
        return _refused("Yêu cầu không đọc được; tải lại trang (phím F5).", 400)
    if sent.get("candidate") != found.candidate:
        return _refused(_SOMEBODY_ELSE, 409)
    note(found.sitting, found.candidate, _presence(sent, paper, at))
    return JsonResponse({**_saved(found, sent, at), **_clock(found, at)})


_SOMEBODY_ELSE = (
    "Trình duyệt này đang đăng nhập bằng tài khoản của người khác; không gì được lưu. "
    "Hãy báo cán bộ coi thi."
)


def _saved(found: Paper, sent: dict[str, Any], at: datetime) -> dict[str, Any]:
    item = str(sent.get("question"))
    try:
        stored = found.keep(item, sent.get("value"), sent["revision"], at)
    except ConflictError as error:
        asked = found.question(found.form.item(item))
        return {
            "type": "failed",
            "message": error.message,
            "stored": restored(asked, found.answers().get(item)),
        }
    except AnswerError as error:
        return {"type": "failed", "message": error.message}
    asked = found.question(found.form.item(item))
    return reply(asked, stored.value, stored.revision, stored.saved_at)


def _clock(found: Paper, at: datetime) -> dict[str, Any]:
    return {"now": at.timestamp() * 1000, "due": found.delivery.due_at.timestamp() * 1000}


@page("paper.sit", own)
@require_POST
def flag(request: Request, sitting: str, paper: str) -> JsonResponse:
    """Mark a question to come back to, or no longer."""
    sent, found = _read(request), find(request, sitting, paper)
    if found is None or sent is None:
        return _refused("Yêu cầu không đọc được; tải lại trang (phím F5).", 400)
    try:
        found.flag(str(sent.get("question")), on=bool(sent.get("on")))
    except AnswerError as error:
        return _refused(error.message, 409)
    return JsonResponse({"type": "flagged"})


@page("paper.sit", own)
@require_POST
def beat(request: Request, sitting: str, paper: str) -> JsonResponse:
    """That a page is there; told how its paper stands, by the server's clock."""
    sent = _read(request) or {}
    found = find(request, sitting, paper)
    if found is None:
        return _waiting(request, sitting, paper, sent)
    if sent.get("candidate", found.candidate) != found.candidate:
        return _refused(_SOMEBODY_ELSE, 409)
    stand = standing(request.actor, found)
    elsewhere = note(found.sitting, found.candidate, _presence(sent, paper, stand.now))
    kept = sorted(found.answers())
    return JsonResponse({**told(stand), "started": True, "elsewhere": elsewhere, "kept": kept})


def _waiting(request: Request, sitting: str, paper: str, sent: dict[str, Any]) -> JsonResponse:
    enrolment, at = enrolment_of(request.actor.person, sitting), now()
    opened = Sitting(the_centre(), enrolment.sitting)
    note(opened, enrolment.candidate, replace(_presence(sent, paper, at), page=WAITING))
    may = may_start(enrolment, at)
    return JsonResponse({"started": False, "open": may, "now": at.timestamp() * 1000})


def _presence(sent: dict[str, Any], paper: str, at: datetime) -> Presence:
    return Presence(
        page=str(sent.get("page"))[:36],
        paper=paper,
        seen_at=at,
        unsent=_count(sent.get("unsent")),
        oldest=_count(sent.get("oldest")),
        answered=_count(sent.get("answered")),
    )


def _count(value: Any) -> int:
    return min(max(value, 0), _MOST) if isinstance(value, int) else 0


def _read(request: Request) -> dict[str, Any] | None:
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _refused(message: str, status: int) -> JsonResponse:
    return JsonResponse({"type": "refused", "message": message}, status=status)
