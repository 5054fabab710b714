"""Sittings: listed, created from their settings, looked at."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centre.accounts.permissions import permitted
from centre.database import the_centre
from centre.jobs.queue import jobs_of
from centre.portal.access import Request, page
from centre.portal.pages import form_page, list_page
from centre.portal.said import acting
from centre.portal.tables import Column, Table
from centre.reporting.shelf import report_file, report_names
from centre.sittings.overview import sittings
from centre.sittings.prepare import prepare
from centre.sittings.settings import MarkingSettings, SittingSettings
from centre.sittings.sitting import open_sitting
from courses.foundation.dates import VIETNAM
from courses.tracks import FIRST_TRACK, the_tracks

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRAIL = [("Kỳ thi", "/giao-vu/ky-thi/")]


def _columns(now: Any) -> Sequence[Column]:
    return (
        Column(
            name="ky",
            label="Kỳ thi",
            value=lambda one: one.record.name,
            link=lambda one: reverse("officer:sitting", args=[one.code]),
        ),
        Column(name="ma", label="Mã kỳ", value=lambda one: one.code),
        Column(name="mo", label="Mở", value=lambda one: one.record.opens),
        Column(name="dong", label="Đóng", value=lambda one: one.record.closes),
        Column(name="trang-thai", label="Trạng thái", value=lambda one: one.state(now)),
        Column(name="so-nguoi", label="Thí sinh", value=lambda one: one.candidates),
        Column(name="bat-dau", label="Bài bắt đầu", value=lambda one: one.started),
        Column(name="da-thu", label="Bài đã thu", value=lambda one: one.taken),
    )


@page("sitting.read")
def listed(request: Request) -> HttpResponse:
    """Every sitting of the centre."""
    table = Table(request.GET, _columns(timezone.now()), sittings(request.actor))
    may = permitted(request.actor, "sitting.prepare")
    actions = [("Tạo kỳ thi", reverse("officer:create"))] if may else []
    return list_page(request, "Kỳ thi", table, name="ky-thi", actions=actions)


class SittingForm(forms.Form):
    """What a ``sitting.toml`` states."""

    code = forms.RegexField(
        r"^[a-z0-9-]{1,64}$",
        label="Mã kỳ",
        help_text="Chữ thường không dấu, chữ số, gạch nối; ví dụ cio-2026-12.",
        error_messages={"invalid": "Chỉ dùng chữ thường không dấu, chữ số và gạch nối."},
    )
    name = forms.CharField(label="Tên kỳ", max_length=200)
    track = forms.ChoiceField(
        label="Chương trình",
        initial=FIRST_TRACK,
        choices=lambda: [(one.code, one.name) for one in the_tracks().values()],
    )
    opens = forms.DateTimeField(label="Mở", help_text="Ngày và giờ, dạng 24/12/2026 08:00.")
    closes = forms.DateTimeField(label="Đóng", help_text="Dạng 24/12/2026 17:00.")
    grace_minutes = forms.IntegerField(label="Thu muộn tối đa (phút)", initial=30, min_value=0)
    bank = forms.CharField(
        label="Thư mục ngân hàng câu hỏi riêng",
        required=False,
        help_text="Đường dẫn trên máy chủ; để trống chỉ khi trình diễn.",
    )
    papers = forms.CharField(
        label="Bài thi",
        required=False,
        help_text="Mã các bài, cách nhau bằng dấu phẩy; để trống là mọi bài của ma trận.",
    )
    first = forms.CharField(label="Giám khảo thứ nhất", max_length=64)
    second = forms.CharField(label="Giám khảo thứ hai", max_length=64)
    third = forms.CharField(label="Giám khảo thứ ba", max_length=64)
    tolerance = forms.DecimalField(
        label="Độ lệch điểm cho phép", min_value=0, initial=2, localize=True
    )

    def clean(self) -> dict[str, Any]:
        """Opens before it closes; three different markers."""
        told: dict[str, Any] = super().clean() or {}
        opens, closes = told.get("opens"), told.get("closes")
        if opens and closes and opens >= closes:
            self.add_error("closes", "Giờ đóng phải sau giờ mở.")
        markers = [told.get(name) for name in ("first", "second", "third")]
        if all(markers) and len(set(markers)) < len(markers):
            self.add_error("third", "Ba giám khảo phải là ba người khác nhau.")
        return told

    def settings(self) -> SittingSettings:
        """The settings, as a file would state them."""
        told = self.cleaned_data
        return SittingSettings(
            code=told["code"],
            name=told["name"],
            track=told["track"],
            opens=told["opens"].astimezone(VIETNAM),
            closes=told["closes"].astimezone(VIETNAM),
            grace_minutes=told["grace_minutes"],
            bank=told["bank"],
            papers=tuple(one.strip() for one in told["papers"].split(",") if one.strip()),
            marking=MarkingSettings(
                markers=(told["first"], told["second"]),
                adjudicator=told["third"],
                tolerance=told["tolerance"],
            ),
        )


@page("sitting.prepare")
def create(request: Request) -> HttpResponse:
    """Create a sitting: its settings, blueprint, forms and rubrics are frozen."""
    form = SittingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            made = prepare(request.actor, the_centre(), form.settings(), now=timezone.now())
            messages.success(request, f"Đã tạo kỳ {made.code}; đề đã khoá. Tiếp theo: danh sách.")
            return HttpResponseRedirect(reverse("officer:sitting", args=[made.code]))
    note = "Khi tạo, cấu hình, ma trận đề, đề và thang chấm được khoá và không sửa được."
    return form_page(request, "Tạo kỳ thi", form, button="Tạo kỳ thi", trail=_TRAIL, note=note)


@page("sitting.read")
def one(request: Request, code: str) -> HttpResponse:
    """One sitting: where it stands, and what can be done next."""
    sitting = open_sitting(the_centre(), code)
    overview = next(one for one in sittings(request.actor) if one.code == code)
    context = {
        "sitting": sitting,
        "overview": overview,
        "state": overview.state(timezone.now()),
        "forms": sitting.forms().values(),
        "released": (sitting.folder / "release").is_dir(),
        "jobs": jobs_of(code)[:10],
        "reports": (
            report_names(request.actor, sitting) if permitted(request.actor, "report.write") else ()
        ),
        "may": {
            action.replace(".", "_"): permitted(request.actor, action)
            for action in (
                *("enrol", "user.invite", "papers.grade", "results.read", "report.write"),
                *("certificate.issue", "sitting.prepare"),
            )
        },
        "trail": _TRAIL,
    }
    return render(request, "officer/sitting.html", context)


@page("report.write")
def report_of(request: Request, code: str, name: str) -> HttpResponse:
    """A file of the sitting's report, as it was handed out."""
    content = report_file(request.actor, open_sitting(the_centre(), code), name)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
