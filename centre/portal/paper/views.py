"""The pages of a paper: waiting room, questions, handing in, going on, receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import get_valid_filename
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from assessments.handing_in.work import digest_of_work
from centre.database import the_centre
from centre.portal.access import Request, page
from centre.portal.paper.page import page_data, parts
from centre.portal.paper.room import addresses, find, may_start, now, own, standing, started, told
from centre.sittings.answering import enrolment_of, own_form, short
from centre.sittings.deliver import deliver, lay_out, paused
from centre.sittings.presence import WAITING, Presence, note
from centre.sittings.sitting import Sitting
from centre.sittings.take import handed_in, reopen, take
from courses.foundation.dates import vietnam_time
from courses.foundation.errors import CioError

if TYPE_CHECKING:
    from centre.sittings.answering import Paper
    from centre.sittings.models import ReceiptRecord


@page("paper.sit", own)
@require_GET
@ensure_csrf_cookie
def paper(request: Request, sitting: str, paper: str) -> HttpResponse:
    """The paper as it stands: to wait for, to write, handed in, or over."""
    if find(request, sitting, paper) is None:
        return _waiting_room(request, sitting, paper)
    found = started(request, sitting, paper)
    stand = standing(request.actor, found)
    context = {
        "paper": found,
        "stand": stand,
        "at": addresses(sitting, paper),
        "parts": parts(found),
        "data": page_data(found, stand),
    }
    name = "paper/over.html" if stand.over else "paper/paper.html"
    return render(request, name, context)


def _waiting_room(request: Request, sitting: str, paper: str) -> HttpResponse:
    enrolment = enrolment_of(request.actor.person, sitting)
    opened = Sitting(the_centre(), enrolment.sitting)
    form = own_form(opened, enrolment.candidate, paper)
    note(opened, enrolment.candidate, Presence(WAITING, paper, now()))
    at = now()
    context = {
        "enrolment": enrolment,
        "sitting": enrolment.sitting,
        "form": form,
        "at": addresses(sitting, paper),
        "may_start": may_start(enrolment, at),
        "early": at < enrolment.sitting.opens,
        "stopped": paused(enrolment) is not None,
    }
    return render(request, "paper/waiting.html", context)


@page("paper.sit", own)
@require_POST
def start(request: Request, sitting: str, paper: str) -> HttpResponse:
    """Start the candidate's time, once."""
    enrolment = enrolment_of(request.actor.person, sitting)
    opened = Sitting(the_centre(), enrolment.sitting)
    form = own_form(opened, enrolment.candidate, paper)
    with transaction.atomic():
        delivery = deliver(request.actor, opened, enrolment.candidate, form, now=now())
    lay_out(opened, delivery, form)
    return HttpResponseRedirect(reverse("paper:paper", args=[sitting, paper]))


@page("paper.sit", own)
@require_POST
def hand_in(request: Request, sitting: str, paper: str) -> HttpResponse:
    """Hand the paper in as it is on the disk now; pressed again, nothing more happens."""
    found = started(request, sitting, paper)
    try:
        if not _unchanged(found):
            with transaction.atomic():
                form = found.delivery.form.code
                take(request.actor, found.sitting, found.candidate, form, now=now())
    except CioError as error:
        if not _wants_json(request):
            raise
        stand = told(standing(request.actor, found))
        return JsonResponse({"message": error.message, **stand}, status=409)
    return _as_it_stands(request, found, sitting, paper)


def _unchanged(found: Paper) -> bool:
    last = handed_in(found.delivery)
    return last is not None and last.sha256 == digest_of_work(found.folder)


@page("paper.sit", own)
@require_POST
def go_on(request: Request, sitting: str, paper: str) -> HttpResponse:
    """Go on with a paper that was handed in, until its time is over."""
    found = started(request, sitting, paper)
    with transaction.atomic():
        reopen(request.actor, found.sitting, found.candidate, found.delivery.form.code, now=now())
    found.delivery.refresh_from_db()
    return _as_it_stands(request, found, sitting, paper)


def _as_it_stands(request: Request, found: Paper, sitting: str, paper: str) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse(told(standing(request.actor, found)))
    front = "plain" if request.POST.get("tu") == "don-gian" else "paper"
    return HttpResponseRedirect(reverse(f"paper:{front}", args=[sitting, paper]))


def _wants_json(request: Request) -> bool:
    return request.headers.get("Accept") == "application/json"


@page("paper.sit", own)
@require_GET
def receipt(request: Request, sitting: str, paper: str) -> HttpResponse:
    """Every receipt of the paper, to read and to print."""
    found = started(request, sitting, paper)
    stand = standing(request.actor, found)
    context = {"paper": found, "stand": stand, "at": addresses(sitting, paper)}
    return render(request, "paper/receipt.html", {**context, "receipts": stand.receipts})


@page("paper.sit", own)
@require_GET
def receipt_file(request: Request, sitting: str, paper: str) -> HttpResponse:
    """The receipts as a text that can be kept and sent."""
    found = started(request, sitting, paper)
    stand = standing(request.actor, found)
    lines = [
        "BIÊN NHẬN BÀI THI",
        f"Kỳ thi: {found.sitting.record.name} ({found.sitting.code})",
        f"Bài thi: {found.form.name} (đề {found.form.code})",
        f"Số báo danh: {found.candidate}",
        f"Bắt đầu: {vietnam_time(found.delivery.started_at)}",
        f"Hết giờ: {vietnam_time(found.delivery.due_at)}",
        "",
        *(line for one in stand.receipts for line in _receipt_lines(one)),
        stand.words,
    ]
    text = "\ufeff" + "\r\n".join(lines) + "\r\n"
    name = get_valid_filename(f"bien-nhan-{found.candidate}-{found.form.code}.txt")
    return _attachment(text, name, "text/plain; charset=utf-8")


def _receipt_lines(one: ReceiptRecord) -> list[str]:
    return [
        f"Thu lúc: {vietnam_time(one.taken_at)}",
        f"Mã biên nhận: {short(one.sha256)}",
        f"SHA-256 của bài: {one.sha256}",
        "",
    ]


@page("paper.sit", own)
@require_GET
def data_file(request: Request, sitting: str, paper: str, item: str, name: str) -> HttpResponse:
    """A data file of a task, as the candidate's own question gives it."""
    found = started(request, sitting, paper)
    for one in found.form.items:
        for file in getattr(found.question(one), "files", ()) if one.id == item else ():
            if file.name == name:
                return _attachment(file.content, name, "text/csv; charset=utf-8")
    raise Http404


def _attachment(content: str, name: str, kind: str) -> HttpResponse:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
