"""Certificates: listed, looked at, revoked, issued again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centre.accounts.permissions import permitted
from centre.database import the_centre
from centre.portal.access import Request, page
from centre.portal.pages import form_page, list_page
from centre.portal.said import acting
from centre.portal.tables import Column, Filter, Table
from centre.register.issue import certificate_path, enrol_key, reissue, the_signer
from centre.register.overview import entries, state_of
from centre.register.revoke import revoke, the_entry
from centre.register.tasks import open_tasks
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import CredentialError
from grading.credentials.revocation import grounds_on

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

_TRAIL = [("Chứng chỉ", "/giao-vu/chung-chi/")]
_BADGES = {"còn hiệu lực": "good", "đã thu hồi": "bad"}
_COLUMNS = (
    Column(
        name="so-hieu",
        label="Số hiệu",
        value=lambda one: one.printed,
        order="pk",
        link=lambda one: reverse("officer:certificate", args=[one.serial]),
    ),
    Column(name="ten", label="Họ và tên", value=lambda one: one.full_name),
    Column(name="co-quan", label="Cơ quan", value=lambda one: one.agency),
    Column(
        name="ky", label="Kỳ thi", value=lambda one: one.decision.enrolment.sitting_id, sorts=False
    ),
    Column(name="cap", label="Ngày cấp", value=lambda one: one.issued_on, order="issued_on"),
    Column(
        name="trang-thai",
        label="Trạng thái",
        value=state_of,
        badge=lambda one: _BADGES.get(state_of(one), "warn"),
        sorts=False,
    ),
)
_KEEP = {
    "con": Q(revocation=None, successor=None),
    "thu-hoi": Q(revocation__isnull=False),
    "thay": Q(successor__isnull=False),
}
_FILTERS = (
    Filter(
        "tt",
        "Trạng thái",
        (("con", "Còn hiệu lực"), ("thu-hoi", "Đã thu hồi"), ("thay", "Đã thay thế")),
        lambda rows, state: rows.filter(_KEEP[state]),
    ),
)


def _search(rows: Any, text: str) -> Any:
    """By number, or by name as it is written."""
    return rows.filter(Q(pk__icontains=text) | Q(full_name__icontains=text) | Q(person=text))


@page("register.read")
def listed(request: Request) -> HttpResponse:
    """The register."""
    table = Table(request.GET, _COLUMNS, entries(request.actor), _FILTERS, search=_search)
    return list_page(
        request,
        "Chứng chỉ",
        table,
        name="chung-chi",
        template="officer/certificates.html",
        undermined=open_tasks(),
    )


@page("register.read")
def one(request: Request, serial: str) -> HttpResponse:
    """One certificate as it stands in the register."""
    entry = the_entry(serial)
    stands = state_of(entry) in ("còn hiệu lực", "đang xem xét")
    context = {
        "entry": entry,
        "state": state_of(entry),
        "may_revoke": stands and permitted(request.actor, "certificate.revoke"),
        "may_reissue": not hasattr(entry, "successor")
        and permitted(request.actor, "certificate.reissue"),
        "trail": _TRAIL,
    }
    return render(request, "officer/certificate.html", context)


@page("register.read")
def original(_request: Request, serial: str) -> HttpResponseBase:
    """The original as it was issued."""
    path = certificate_path(the_centre(), the_entry(serial).serial)
    try:
        file = path.open("rb")
    except OSError:
        raise CredentialError("không đọc được bản gốc; khôi phục từ bản sao lưu") from None
    return FileResponse(file, as_attachment=True, filename=path.name)


def _trail(serial: str) -> list[tuple[str, str]]:
    return [*_TRAIL, (serial, reverse("officer:certificate", args=[serial]))]


class RevokeForm(forms.Form):
    """The legal ground, and what happened."""

    ground = forms.ChoiceField(label="Căn cứ thu hồi")
    detail = forms.CharField(
        label="Sự việc và số quyết định thu hồi",
        max_length=2000,
        help_text="Chỉ lưu trong sổ; không ghi tên người khác.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today = timezone.now().astimezone(VIETNAM).date()
        choices = [(one.id, one.text) for one in grounds_on(today).grounds]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


@page("certificate.revoke")
def withdraw(request: Request, serial: str) -> HttpResponse:
    """Revoke a certificate; the register keeps it, with date and ground."""
    entry = the_entry(serial)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with acting(form):
            revoke(request.actor, entry, told["ground"], told["detail"], now=timezone.now())
            messages.success(request, f"Đã thu hồi {entry.printed}.")
            return HttpResponseRedirect(reverse("officer:certificate", args=[serial]))
    note = "Thu hồi có hiệu lực ngay và không huỷ được; người tra cứu thấy căn cứ thu hồi."
    return form_page(
        request,
        f"Thu hồi {entry.printed}",
        form,
        button="Thu hồi chứng chỉ",
        trail=_trail(serial),
        note=note,
        danger=True,
    )


class ReissueForm(forms.Form):
    """Why another is issued in its place."""

    ground = forms.CharField(label="Căn cứ cấp lại", max_length=200)


@page("certificate.reissue")
def issue_again(request: Request, serial: str) -> HttpResponse:
    """Issue another certificate, with a number of its own, in the place of this one."""
    entry = the_entry(serial)
    form = ReissueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        with acting(form):
            signer = the_signer(the_centre(), now)
            enrol_key(request.actor, signer, now=now)
            ground = form.cleaned_data["ground"]
            made = reissue(request.actor, the_centre(), entry, ground, signer, now=now)
            messages.success(request, f"{made.printed} thay cho {entry.printed}.")
            return HttpResponseRedirect(reverse("officer:certificate", args=[made.serial]))
    note = "Chứng chỉ mới in theo hồ sơ hiện nay, số hiệu mới; bản cũ hết hiệu lực."
    title = f"Cấp lại {entry.printed}"
    return form_page(request, title, form, button="Cấp lại", trail=_trail(serial), note=note)
