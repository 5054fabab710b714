"""What a trainee opens; whose affairs they are, the session alone says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from centre.database import the_centre
from centre.decisions.appeals import file_appeal
from centre.learning.notebook import plan_of
from centre.learning.placement import shares_of
from centre.learning.progress import progress_of
from centre.people.own import own_entries, own_result, rounds
from centre.people.privacy import export, the_person
from centre.portal.access import Request, page, signed_in
from centre.portal.pages import confirm_page, form_page
from centre.portal.said import acting
from centre.portal.trainee.own import HOME, mine, own
from centre.portal.trainee.recall import due_now
from centre.register.issue import certificate_path
from courses.foundation.dates import padded_date
from courses.foundation.errors import CentreError
from courses.glossary import the_glossary

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponseBase

    from centre.people.own import Paper, Round

_STATES = {
    "handed in": ("đã nộp", "good"),
    "under way": ("đang làm", "warn"),
    "open": ("đang mở", "good"),
    "to come": ("chưa đến giờ", ""),
    "over": ("đã hết giờ", ""),
}


@page("own.read", own)
def home(request: Request) -> HttpResponse:
    """My programme: what to learn next, papers with their hours, results, certificates."""
    now, person = timezone.now(), mine(request)
    learnt = progress_of(the_centre(), request.user.pk)
    context = {
        "rounds": [_shown(one, now) for one in rounds(request.actor, the_centre(), person)],
        "entries": own_entries(request.actor, person),
        "done": sum(one.finished for one in learnt),
        "lessons": learnt,
        "next": _next(learnt),
        "waiting": len(due_now(request)),
        "placed": len(shares_of(request.actor, person)),
        "to_do": [one for one in plan_of(request.actor, person) if one.done_on is None],
        "today": timezone.localdate(),
    }
    return render(request, "trainee/home.html", context)


def _next(learnt: list[Any]) -> Any:
    """The lesson begun last and not finished, else the first that is not finished."""
    open_ones = [one for one in learnt if not one.finished]
    begun = [one for one in open_ones if one.last_at]
    return max(begun, key=lambda one: one.last_at) if begun else next(iter(open_ones), None)


def _shown(one: Round, now: datetime) -> dict[str, Any]:
    return {"round": one, "papers": [_paper(one, paper, now) for paper in one.papers]}


def _paper(one: Round, paper: Paper, now: datetime) -> dict[str, Any]:
    state = paper.state(now)
    words, badge = _STATES[state]
    enter = _room(one, paper) if paper.can_be_entered(now) else ""
    return {"paper": paper, "words": words, "badge": badge, "room": enter}


def _room(one: Round, paper: Paper) -> str:
    """Where the paper is sat, when this portal has such a room."""
    try:
        return reverse("paper:paper", args=[one.sitting.code, paper.paper])
    except NoReverseMatch:
        return ""


@signed_in
def terms(request: Request) -> HttpResponse:
    """The terms that lessons and papers share."""
    context = {"terms": the_glossary().alphabetical, "trail": [HOME]}
    return render(request, "trainee/terms.html", context)


@page("own.read", own)
def receipt(request: Request, number: int) -> HttpResponse:
    """One receipt, to be printed."""
    for one in rounds(request.actor, the_centre(), mine(request)):
        for paper in one.papers:
            for taken in paper.receipts:
                if taken.pk == number:
                    found = {"round": one, "paper": paper, "receipt": taken, "trail": [HOME]}
                    return render(request, "trainee/receipt.html", found)
    raise CentreError("không có biên nhận này trong hồ sơ của anh/chị")


@page("own.read", own)
def result(request: Request, decision: str) -> HttpResponse:
    """A released result, with the reasons."""
    found = own_result(request.actor, mine(request), decision)
    waiting = any(appeal.answered_at is None for appeal in found.appeals)
    context = {"result": found, "trail": [HOME], "may_appeal": not waiting}
    return render(request, "trainee/result.html", context)


class AppealForm(forms.Form):
    """What is appealed against, in the candidate's own words."""

    text = forms.CharField(
        label="Nội dung đề nghị",
        max_length=5000,
        help_text="Nêu bài thi hoặc lĩnh vực, điểm chưa đồng ý và lý do.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


@page("own.read", own)
def appeal(request: Request, decision: str) -> HttpResponse:
    """File an appeal against a released result."""
    found = own_result(request.actor, mine(request), decision)
    where = reverse("trainee:result", args=[decision])
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            text = form.cleaned_data["text"]
            filed = file_appeal(request.actor, found.decision, text, now=timezone.now())
            until = padded_date(filed.deadline)
            messages.success(request, f"Đã nhận đơn {filed.number}; trả lời trước ngày {until}.")
            return HttpResponseRedirect(where)
    days = the_centre().settings.board.appeal_days
    note = f"Đơn được đánh số ngay khi gửi và trả lời trong {days} ngày."
    trail = [HOME, ("Kết quả", where)]
    return form_page(request, "Đơn phúc khảo", form, button="Gửi đơn", trail=trail, note=note)


@page("own.read", own)
def certificate(request: Request, serial: str) -> HttpResponseBase:
    """The original of one of my certificates."""
    held = {entry.serial: entry for entry in own_entries(request.actor, mine(request))}
    if serial not in held:
        raise CentreError("không có chứng chỉ này trong hồ sơ của anh/chị")
    path = certificate_path(the_centre(), serial)
    try:
        file = path.open("rb")
    except OSError:
        raise CentreError("chưa đọc được bản gốc; đề nghị giáo vụ kiểm tra") from None
    return FileResponse(file, as_attachment=True, filename=path.name)


@page("own.read", own)
def own_data(request: Request) -> HttpResponse:
    """Everything the centre keeps of me, as a file; that I read it is recorded."""
    if request.method == "POST":
        with transaction.atomic():
            told = export(request.actor, the_person(mine(request)), now=timezone.now())
        text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{mine(request)}.json"'
        return answer
    warning = (
        "Tệp chứa mọi dữ liệu trung tâm lưu về anh/chị: nhân thân, kỳ thi, bài nộp, điểm, quyết "
        "định, chứng chỉ. Giữ tệp ở nơi riêng. Lần tải này được ghi vào sổ nhật ký."
    )
    return confirm_page(
        request, "Dữ liệu của tôi", warning, button="Tải dữ liệu của tôi", trail=[HOME]
    )
