"""The examiner's side of a sitting under way: starts papers, takes them, ends the time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from django.db import transaction

from assessments.handing_in.work import START_REQUEST, SUBMIT_REQUEST
from centre.sittings.deliver import deliver, lay_out
from centre.sittings.take import papers_due, take, under_way
from courses.foundation.errors import CioError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from assessments.forms.form import Form
    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting

POLL = 0.5  # seconds between two looks at the requests


@dataclass(frozen=True)
class Event:
    """What happened to one paper; ``text`` is for the invigilator and names no person."""

    kind: Literal["started", "taken", "time over", "time moved", "refused"]
    candidate: str
    form: str
    text: str = ""


def watch(
    actor: Actor, sitting: Sitting, report: Callable[[Event], None], stop: Callable[[], bool]
) -> None:
    """Answer requests until ``stop()``; a request that is refused is reported, not retried."""
    forms = sitting.forms()
    shown: dict[int, datetime] = {}
    while not stop():
        for event in sweep(actor, sitting, forms, shown, datetime.now(UTC)):
            report(event)
        time.sleep(POLL)


def sweep(
    actor: Actor,
    sitting: Sitting,
    forms: Mapping[str, Form],
    shown: dict[int, datetime],
    now: datetime,
) -> Iterator[Event]:
    """Take every paper whose time has ended, show moved times, answer every request there is.

    ``shown`` keeps, from one call to the next, the time that each candidate at work was shown.
    """
    for candidate, form_code in papers_due(sitting, now):
        yield from end_paper(actor, sitting, candidate, form_code, now)
    yield from _show_moved(sitting, forms, shown)
    for request in sorted((sitting.folder / "papers").glob("*/*/yeu-cau-*")):
        if (event := _answer(actor, sitting, forms, request, now)) is not None:
            yield event


def end_paper(
    actor: Actor, sitting: Sitting, candidate: str, form_code: str, now: datetime
) -> Iterator[Event]:
    """Take one paper that is due, unless another watch has just done so."""
    try:
        with transaction.atomic():
            if (candidate, form_code) not in papers_due(sitting, now):
                return
            taken = take(actor, sitting, candidate, form_code, now=now, swept=True)
    except (CioError, OSError) as error:
        yield Event("refused", candidate, form_code, _why(error))
        return
    words = "thu muộn sau khi hết giờ, cần người xem" if taken.overtime else ""
    yield Event("time over", candidate, form_code, words)


def _show_moved(
    sitting: Sitting, forms: Mapping[str, Form], shown: dict[int, datetime]
) -> Iterator[Event]:
    """Show candidates at work the time they have now, when it was moved."""
    at_work = under_way().filter(enrolment__sitting=sitting.record)
    for delivery in at_work.select_related("enrolment", "form"):
        before = shown.get(delivery.pk)
        if before == delivery.due_at:
            continue
        lay_out(sitting, delivery, forms[delivery.form.code])
        shown[delivery.pk] = delivery.due_at
        if before is not None:
            yield Event("time moved", delivery.enrolment.candidate, delivery.form.code)


def _answer(
    actor: Actor,
    sitting: Sitting,
    forms: Mapping[str, Form],
    request: Path,
    now: datetime,
) -> Event | None:
    """Answer one request; whose it is, the folder says, for nothing in it is to be trusted.

    None when another watch has answered it in the meantime.
    """
    form_code, candidate = request.parent.name, request.parent.parent.name
    try:
        request.unlink()
    except FileNotFoundError:
        return None
    try:
        if request.name == START_REQUEST and form_code in forms:
            with transaction.atomic():
                delivery = deliver(actor, sitting, candidate, forms[form_code], now=now)
            lay_out(sitting, delivery, forms[form_code])
            return Event("started", candidate, form_code)
        if request.name == SUBMIT_REQUEST:
            with transaction.atomic():
                take(actor, sitting, candidate, form_code, now=now)
            return Event("taken", candidate, form_code)
    except (CioError, OSError) as error:
        return Event("refused", candidate, form_code, _why(error))
    return Event("refused", candidate, form_code, "yêu cầu không được biết")


def _why(error: CioError | OSError) -> str:
    """The reason in words; one candidate's trouble never ends the watch over the others."""
    if isinstance(error, CioError):
        return error.message
    return "không đọc hoặc ghi được tệp; kiểm tra ổ đĩa và quyền của thư mục"
