"""What an invigilator does, each through its door; what cannot be done is said on the page."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from centre.database import the_centre
from centre.portal.access import Request, page
from centre.portal.paper.room import now
from centre.portal.uploads import largest
from centre.sittings.answering import own_form
from centre.sittings.conduct import accommodate, note_incident, pause, resume
from centre.sittings.deliver import deliver, lay_out
from centre.sittings.emergency import LARGEST, recover
from centre.sittings.roll import roll
from centre.sittings.sitting import open_sitting
from centre.sittings.take import papers_due, take
from courses.foundation.errors import CioError, SittingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting


def _act(
    action: str,
) -> Callable[[Callable[[Request, Sitting, str], str]], Callable[..., HttpResponseBase]]:
    """Make a view of one act: its words, or the reason why not, stand on the page it returns to."""

    def made(work: Callable[[Request, Sitting, str], str]) -> Callable[..., HttpResponseBase]:
        @page(action)
        @require_POST
        @wraps(work)
        def view(request: Request, sitting: str, paper: str) -> HttpResponse:
            opened = open_sitting(the_centre(), sitting)
            try:
                messages.success(request, work(request, opened, paper))
            except CioError as error:
                messages.error(request, error.message)
            return HttpResponseRedirect(reverse("invigilation:hall", args=[sitting, paper]))

        return view

    return made


def _chosen(request: Request) -> list[str]:
    """The candidates ticked; SittingError when there is none."""
    chosen = request.POST.getlist("candidate")
    if not chosen:
        raise SittingError("chưa chọn thí sinh nào trong bảng")
    return chosen


def _each(candidates: list[str], work: Callable[[str], None], done: str) -> str:
    """Do one thing for each; one who cannot be helped keeps nobody else from it."""
    failed = {}
    for candidate in candidates:
        try:
            work(candidate)
        except (CioError, OSError) as error:
            failed[candidate] = error.message if isinstance(error, CioError) else "lỗi ổ đĩa"
    words = f"{done}: {len(candidates) - len(failed)} người."
    if failed:
        reasons = "; ".join(f"{candidate}: {why}" for candidate, why in failed.items())
        raise SittingError(f"{words} Chưa được {len(failed)} người. {reasons}")
    return words


@_act("paper.deliver")
def start(request: Request, sitting: Sitting, paper: str) -> str:
    """Start the paper for those ticked, or for all who wait."""
    if request.POST.get("who") == "waiting":
        candidates = [s.candidate for s in roll(sitting, paper, now()) if s.state == "waiting"]
        if not candidates:
            raise SittingError("không có ai đang ở phòng chờ")
    else:
        candidates = _chosen(request)

    def one(candidate: str) -> None:
        form = own_form(sitting, candidate, paper)
        with transaction.atomic():
            delivery = deliver(request.actor, sitting, candidate, form, now=now())
        lay_out(sitting, delivery, form)

    return _each(candidates, one, "Đã phát đề")


@_act("time.extend")
def extend(request: Request, sitting: Sitting, paper: str) -> str:  # noqa: ARG001 - of every paper
    """Add minutes for those ticked, with the ground."""
    minutes = request.POST.get("minutes", "")
    if not minutes.isdecimal():
        raise SittingError("số phút thêm phải là số nguyên dương")

    def one(candidate: str) -> None:
        with transaction.atomic():
            ground = request.POST.get("ground", "")
            accommodate(request.actor, sitting, candidate, int(minutes), ground, now=now())

    return _each(_chosen(request), one, f"Đã thêm {minutes} phút")


@_act("room.pause")
def pause_room(request: Request, sitting: Sitting, paper: str) -> str:  # noqa: ARG001
    """Stop the clock of a room or of the whole sitting."""
    room = request.POST.get("room", "")
    with transaction.atomic():
        pause(request.actor, sitting, room, request.POST.get("ground", ""), now=now())
    return f"Đã tạm dừng {room or 'cả kỳ thi'}: đồng hồ đứng lại."


@_act("room.resume")
def resume_room(request: Request, sitting: Sitting, paper: str) -> str:  # noqa: ARG001
    """Let the clock run again."""
    room = request.POST.get("room", "")
    with transaction.atomic():
        papers = resume(request.actor, sitting, room, now=now())
    return f"Đã cho {room or 'cả kỳ thi'} tiếp tục; {papers} bài được bù đúng thời gian đã dừng."


@_act("incident.enter")
def incident(request: Request, sitting: Sitting, paper: str) -> str:  # noqa: ARG001
    """Note what happened, in a room or to one candidate."""
    told = {name: request.POST.get(name, "").strip() for name in ("text", "room", "about")}
    with transaction.atomic():
        note_incident(
            request.actor,
            sitting,
            told["text"],
            now=now(),
            room=told["room"],
            candidate=told["about"],
        )
    return "Đã ghi sự cố."


@_act("paper.take")
def take_in(request: Request, sitting: Sitting, paper: str) -> str:
    """Take the papers of those ticked as they are now."""

    def one(candidate: str) -> None:
        code = own_form(sitting, candidate, paper).code
        with transaction.atomic():
            take(request.actor, sitting, candidate, code, now=now())

    return _each(_chosen(request), one, "Đã thu bài")


@_act("paper.take")
def close(request: Request, sitting: Sitting, paper: str) -> str:  # noqa: ARG001 - of every paper
    """Take everything whose time has ended and that was not taken since."""
    waiting = dict(papers_due(sitting, now(), timedelta(0)))
    if not waiting:
        return "Không còn bài nào hết giờ mà chưa thu."
    return _each(
        list(waiting),
        lambda one: _sweep(request.actor, sitting, one, waiting[one]),
        "Đã thu bài hết giờ",
    )


def _sweep(actor: Actor, sitting: Sitting, candidate: str, form_code: str) -> None:
    with transaction.atomic():
        take(actor, sitting, candidate, form_code, now=now(), swept=True)


@largest(LARGEST + 100_000)
@_act("paper.recover")
def recover_file(request: Request, sitting: Sitting, paper: str) -> str:
    """Take in a candidate's emergency file; whose time is over, their paper is taken anew."""
    file = request.FILES.get("file")
    if file is None or not file.size or file.size > LARGEST:
        raise SittingError("chưa chọn tệp khẩn cấp, hoặc tệp trống hay lớn quá 4 MB")
    at = now()
    with transaction.atomic():
        ground = request.POST.get("ground", "")
        candidate, changed = recover(request.actor, sitting, file.read(), ground, now=at)
    seats = {seat.candidate: seat for seat in roll(sitting, paper, at)}
    seat = seats[candidate]
    if seat.delivery is not None and at >= seat.delivery.due_at and not seat.stopped:
        _sweep(request.actor, sitting, candidate, seat.delivery.form.code)
    return f"Đã nhận tệp của {candidate}: {changed} câu được thay bằng bản trong tệp."
