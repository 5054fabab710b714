"""People: found, looked at, corrected on the ground of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centre.accounts.permissions import permitted
from centre.people.overview import enrolments_of, people
from centre.people.privacy import correct, the_person
from centre.portal.access import Request, page
from centre.portal.pages import form_page, list_page
from centre.portal.said import acting
from centre.portal.tables import Column, Filter, Table
from cohort_data.rosters.cells import CellError, as_birth_date, as_name

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from centre.people.overview import Listed

_COLUMNS = (
    Column(
        name="ma",
        label="Mã",
        value=lambda one: one.number,
        link=lambda one: reverse("officer:person", args=[one.number]),
    ),
    Column(name="ten", label="Họ và tên", value=lambda one: one.full_name),
    Column(name="sinh", label="Ngày sinh", value=lambda one: one.birth_date),
    Column(name="chuc-vu", label="Chức vụ", value=lambda one: one.position),
    Column(name="co-quan", label="Cơ quan", value=lambda one: one.agency),
    Column(name="sbd", label="Số báo danh", value=lambda one: one.candidate),
    Column(name="ky", label="Số kỳ thi", value=lambda one: one.sittings),
    Column(name="chung-chi", label="Chứng chỉ", value=lambda one: one.serial),
    Column(name="tai-khoan", label="Tài khoản", value=lambda one: one.username),
)


def _keep(rows: list[Listed], chosen: str) -> list[Listed]:
    return [one for one in rows if bool(one.serial) == (chosen == "co")]


_FILTERS = (Filter("cc", "Chứng chỉ", (("co", "Đang có"), ("khong", "Chưa có")), _keep),)


@page("people.read")
def listed(request: Request) -> HttpResponse:
    """Everyone the centre knows."""
    table = Table(request.GET, _COLUMNS, people(request.actor), _FILTERS)
    return list_page(request, "Người học", table, name="nguoi-hoc")


_TRAIL = [("Người học", "/giao-vu/nguoi-hoc/")]


@page("people.read")
def one(request: Request, number: str) -> HttpResponse:
    """One person: sittings and certificates."""
    person = the_person(number)
    context = {
        "person": person,
        "enrolments": enrolments_of(request.actor, person),
        "entries": person.entries.order_by("-pk"),
        "may_correct": permitted(request.actor, "person.correct") and not person.erased_at,
        "may_invite": permitted(request.actor, "user.invite") and not person.erased_at,
        "trail": _TRAIL,
    }
    return render(request, "officer/person.html", context)


class CorrectForm(forms.Form):
    """A name or a birth date as a document states it."""

    full_name = forms.CharField(label="Họ và tên đúng", required=False, max_length=200)
    birth_date = forms.CharField(
        label="Ngày sinh đúng", required=False, help_text="Dạng 05/09/1980; để trống nếu không đổi."
    )
    ground = forms.CharField(label="Văn bản làm căn cứ", max_length=200)

    def clean_full_name(self) -> str:
        """The name, as a roster's would be read."""
        given: str = self.cleaned_data["full_name"]
        try:
            return as_name(given) if given else ""
        except CellError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_birth_date(self) -> date | None:
        """The day, as a roster's would be read."""
        given: str = self.cleaned_data["birth_date"]
        try:
            return as_birth_date(given) if given else None
        except CellError as error:
            raise forms.ValidationError(str(error)) from None


@page("person.correct")
def amend(request: Request, number: str) -> HttpResponse:
    """Correct a person's name or birth date."""
    person = the_person(number)
    where = reverse("officer:person", args=[person.number])
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with acting(form):
            changed = correct(
                request.actor,
                person,
                told["ground"],
                full_name=told["full_name"],
                birth_date=told["birth_date"],
                now=timezone.now(),
            )
            words = "Đã đính chính." if changed else "Hồ sơ đã đúng như vậy; không có gì đổi."
            messages.success(request, words)
            return HttpResponseRedirect(where)
    title = f"Đính chính {person.full_name}"
    trail = [*_TRAIL, (person.number, where)]
    return form_page(request, title, form, button="Đính chính", trail=trail)
