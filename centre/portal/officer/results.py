"""Results: who, what and why; decided anew; laid before the board."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centre.accounts.permissions import permitted
from centre.database import the_centre
from centre.decisions.board import draw_sheet
from centre.decisions.decide import changed_since, decide_all
from centre.decisions.effect import effect_of
from centre.decisions.overview import results, revisions, sheets
from centre.marks.agreed import write_agreed
from centre.people.own import told
from centre.portal.access import Request, page
from centre.portal.pages import confirm_page, form_page, list_page
from centre.portal.said import acting
from centre.portal.tables import Column, Filter, Table
from centre.sittings.sitting import open_sitting
from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from django.http import HttpResponse

_BADGES = {Status.PASS: "good", Status.INVALID: "bad"}
_COLUMNS = (
    Column(
        name="sbd",
        label="Số báo danh",
        value=lambda one: one.decision.enrolment.candidate,
        link=lambda one: reverse("officer:why", args=[one.decision.pk]),
    ),
    Column(name="ten", label="Họ và tên", value=lambda one: one.name),
    Column(name="co-quan", label="Cơ quan", value=lambda one: one.agency),
    Column(
        name="ket-qua",
        label="Kết quả",
        value=lambda one: one.status,
        badge=lambda one: _BADGES.get(Status(one.decision.status), "warn"),
    ),
    Column(name="vi-sao", label="Vì sao", value=lambda one: one.reasons, sorts=False),
    Column(name="hieu-luc", label="Có hiệu lực từ", value=lambda one: one.since),
)
_FILTERS = (
    Filter(
        "kq",
        "Kết quả",
        tuple((status.value, STATUS_NAMES[status]) for status in Status),
        lambda rows, status: [one for one in rows if one.decision.status == status],
    ),
)


def _trail(code: str) -> list[tuple[str, str]]:
    return [("Kỳ thi", "/giao-vu/ky-thi/"), (code, reverse("officer:sitting", args=[code]))]


@page("results.read")
def listed(request: Request, code: str) -> HttpResponse:
    """The results of a sitting, with the reasons, and the sheets before the board."""
    sitting = open_sitting(the_centre(), code)
    standing = results(request.actor, sitting)
    table = Table(request.GET, _COLUMNS, standing, _FILTERS)
    decided = {one.decision.enrolment.candidate for one in standing}
    return list_page(
        request,
        f"Kết quả kỳ {code}",
        table,
        name=f"ket-qua-{code}",
        trail=_trail(code),
        template="officer/results.html",
        code=code,
        sheets=sheets(request.actor, sitting),
        may_decide=permitted(request.actor, "decide"),
        changed=len(decided.intersection(changed_since(sitting))),
        may_correct=permitted(request.actor, "answer_key.read"),
        may_draw=permitted(request.actor, "sheet.draw"),
    )


@page("results.read")
def why(request: Request, decision: str) -> HttpResponse:
    """Why a candidate was decided on so, and what was decided before."""
    found = revisions(request.actor, decision)
    enrolment = found[0].enrolment
    effective = effect_of(enrolment.sitting)
    context = {
        "enrolment": enrolment,
        "result": next(told(one, effective.get(one.pk)) for one in found if one.pk == decision),
        "others": [told(one, effective.get(one.pk)) for one in found if one.pk != decision],
        "trail": [
            *_trail(enrolment.sitting_id),
            ("Kết quả", reverse("officer:results", args=[enrolment.sitting_id])),
        ],
    }
    return render(request, "officer/why_page.html", context)


@page("decide")
def decide(request: Request, code: str) -> HttpResponse:
    """Decide on everyone of whom something has changed."""
    sitting = open_sitting(the_centre(), code)
    back = reverse("officer:results", args=[code])
    if request.method == "POST":
        write_agreed(sitting)
        with transaction.atomic():
            decided = decide_all(request.actor, sitting, now=timezone.now())
        counts = Counter(one.status for one in decided.standing)
        words = ", ".join(f"{STATUS_NAMES[Status(k)]} {n}" for k, n in sorted(counts.items()))
        messages.success(request, f"Quyết định mới: {decided.new}. Tất cả: {words}.")
        return HttpResponseRedirect(back)
    changed = len(changed_since(sitting))
    warning = (
        f"{changed} thí sinh chưa có quyết định hoặc có thay đổi từ lần quyết định trước. "
        "Quyết định cũ luôn được giữ; quyết định mới chỉ có hiệu lực khi hội đồng ký."
    )
    trail = [*_trail(code), ("Kết quả", back)]
    title = f"Quyết định kết quả kỳ {code}"
    return confirm_page(request, title, warning, button="Quyết định", trail=trail)


class SheetForm(forms.Form):
    """By which document the sheet is laid before the board."""

    resolution = forms.CharField(
        label="Số, ngày nghị quyết hoặc biên bản",
        max_length=200,
        help_text="Ví dụ: Biên bản số 05/BB-HĐ ngày 30/10/2026.",
    )


@page("sheet.draw")
def draw(request: Request, code: str) -> HttpResponse:
    """Lay what has no effect yet before the board."""
    sitting = open_sitting(the_centre(), code)
    back = reverse("officer:results", args=[code])
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            sheet = draw_sheet(
                request.actor, sitting, form.cleaned_data["resolution"], now=timezone.now()
            )
            messages.success(request, f"Đã lập bảng số {sheet.pk}; chờ hai thành viên ký.")
            return HttpResponseRedirect(back)
    trail = [*_trail(code), ("Kết quả", back)]
    note = "Bảng gồm đúng các quyết định chưa có hiệu lực, khoá bằng mã băm."
    return form_page(request, "Trình hội đồng", form, button="Lập bảng", trail=trail, note=note)
