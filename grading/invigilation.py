"""The examiner's side of a sitting under way: starts papers, takes them, ends the time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from assessments.handing_in.work import START_REQUEST, SUBMIT_REQUEST
from courses.foundation.errors import CioError
from grading.delivery import collect, deliver, papers_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from assessments.forms.form import Form
    from grading.sitting import Sitting

POLL = 0.5  # seconds between two looks at the requests


@dataclass(frozen=True)
class Event:
    """What happened to one paper; ``text`` is for the invigilator and names no person."""

    kind: Literal["started", "taken", "time over", "refused"]
    trainee: str
    form: str
    text: str = ""


def watch(sitting: Sitting, report: Callable[[Event], None], stop: Callable[[], bool]) -> None:
    """Answer requests until ``stop()``; a request that is refused is reported, not retried."""
    forms = sitting.forms()
    while not stop():
        for event in sweep(sitting, forms, datetime.now(UTC)):
            report(event)
        time.sleep(POLL)


def sweep(sitting: Sitting, forms: dict[str, Form], now: datetime) -> Iterator[Event]:
    """Answer every request there is now, and take every paper whose time has ended."""
    for trainee, form_code in papers_due(sitting, now):
        taken = collect(sitting, trainee, form_code, now, swept=True)
        words = "thu muộn sau khi hết giờ, cần người xem" if taken.overtime else ""
        yield Event("time over", trainee, form_code, words)
    for request in sorted((sitting.folder / "papers").glob("*/*/yeu-cau-*")):
        yield _answer(sitting, forms, request, now)


def _answer(sitting: Sitting, forms: dict[str, Form], request: Path, now: datetime) -> Event:
    """Answer one request; whose it is, the folder says, for nothing in it is to be trusted."""
    form_code, trainee = request.parent.name, request.parent.parent.name
    try:
        if request.name == START_REQUEST and form_code in forms:
            deliver(sitting, trainee, forms[form_code], now)
            return Event("started", trainee, form_code)
        if request.name == SUBMIT_REQUEST:
            collect(sitting, trainee, form_code, now)
            return Event("taken", trainee, form_code)
        return Event("refused", trainee, form_code, "yêu cầu không được biết")
    except CioError as error:
        return Event("refused", trainee, form_code, error.message)
    finally:
        request.unlink(missing_ok=True)
