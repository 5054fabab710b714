"""A roster from Excel to the sitting: brought, looked at, mended in place, entered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centre.database import the_centre
from centre.jobs.queue import ask
from centre.people.enrol import NEW
from centre.people.rosters import bring, correct, draft, enter, forget
from centre.portal.access import Request, page
from centre.portal.pages import form_page
from centre.portal.uploads import largest
from centre.sittings.sitting import open_sitting
from courses.foundation.errors import RosterError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpResponse, HttpResponseBase

    from centre.people.rosters import Draft
    from cohort_data.rosters.mending import Place
    from cohort_data.rosters.schema import Problem

_CELL = re.compile(r"o-(\d{1,7})-([A-Z]{1,3})")


class RosterForm(forms.Form):
    """The file that an agency sent."""

    file = forms.FileField(
        label="Danh sách học viên",
        help_text="Tệp .xlsx, .xls, .ods hoặc .csv; không quá 10 MB. Chưa ghi gì khi tải lên.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv"}),
    )


def _trail(code: str) -> list[tuple[str, str]]:
    return [("Kỳ thi", "/giao-vu/ky-thi/"), (code, reverse("officer:sitting", args=[code]))]


@largest(10_100_000)
@page("enrol")
def bring_one(request: Request, code: str) -> HttpResponse:
    """Upload a roster to look at what it would come to."""
    sitting = open_sitting(the_centre(), code)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            bring(request.actor, sitting, file.name, file.read(), now=timezone.now())
        except RosterError as error:
            form.add_error("file", str(error))
        else:
            return HttpResponseRedirect(reverse("officer:roster_preview", args=[code]))
    return form_page(
        request, "Nhập danh sách", form, button="Tải lên và kiểm tra", trail=_trail(code)
    )


@page("enrol")
def preview(request: Request, code: str) -> HttpResponse:
    """What a roster would change; errors mended in place; entered when there are none."""
    sitting = open_sitting(the_centre(), code)
    asked = request.POST.get("lam", "")
    if asked == "bo":
        forget(request.actor, sitting)
        return HttpResponseRedirect(reverse("officer:sitting", args=[code]))
    if asked == "sua":
        correct(request.actor, sitting, dict(_cells(request.POST)))
        messages.info(request, "Đã sửa và kiểm tra lại.")
        return HttpResponseRedirect(reverse("officer:roster_preview", args=[code]))
    same = _same(request.POST)
    if asked == "nhap":
        with transaction.atomic():
            found = enter(request.actor, sitting, same, now=timezone.now())
        ask(request.actor, "release", code, timezone.now())
        forget(request.actor, sitting)
        words = f"Nhập mới {len(found.new)} người, không đổi {len(found.unchanged)}, "
        left = f"để riêng {len(found.refused)}. Bài thi đang được chuẩn bị."
        messages.success(request, words + left)
        return HttpResponseRedirect(reverse("officer:sitting", args=[code]))
    held = draft(request.actor, sitting, same)
    return render(request, "officer/roster.html", _shown(held, code))


def _shown(held: Draft, code: str) -> dict[str, Any]:
    problems = held.roster.problems
    return {
        "code": code,
        "held": held,
        "found": held.found,
        "errors": [_error(one, held) for one in problems if one.severity == "lỗi"],
        "warnings": [one for one in problems if one.severity != "lỗi"],
        "new": [one for one in held.roster.trainees if one.id in held.found.new],
        "doubts": [(one, [*one.persons, (NEW, "là người mới")]) for one in held.found.doubts],
        "may_enter": not held.roster.has_errors,
        "trail": [*_trail(code), ("Nhập danh sách", reverse("officer:roster", args=[code]))],
    }


def _error(one: Problem, held: Draft) -> dict[str, Any]:
    place = (one.row or 0, one.letter or "")
    name = f"o-{place[0]}-{place[1]}" if place in held.cells else ""
    return {"problem": one, "name": name, "text": held.cells.get(place, "")}


def _cells(sent: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for name, text in sent.items():
        if found := _CELL.fullmatch(name):
            yield (int(found[1]), found[2]), str(text)[:500]


def _same(sent: Mapping[str, Any]) -> dict[str, str]:
    """Decisions on who is whom, by candidate number."""
    prefix = "la-"
    return {
        name.removeprefix(prefix): str(value)
        for name, value in sent.items()
        if name.startswith(prefix) and value
    }


@page("enrol")
def copy(request: Request, code: str) -> HttpResponseBase:
    """The roster with each problem noted in its cell, to be sent back to the agency."""
    held = draft(request.actor, open_sitting(the_centre(), code), {})
    return FileResponse(
        held.path.open("rb"), as_attachment=True, filename=f"danh-sach-{code}-ghi-chu.xlsx"
    )
