"""Certificates: listed, and each as it stands in the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import FileResponse
from django.shortcuts import render
from django.urls import reverse

from centre.accounts.permissions import permitted
from centre.database import the_centre
from centre.portal.access import Request, page
from centre.portal.pages import list_page
from centre.portal.tables import Column, Filter, Table
from centre.register.issue import certificate_path
from centre.register.models import Suspension
from centre.register.overview import entries, state_of
from centre.register.revoke import the_entry
from centre.register.tasks import open_tasks
from courses.foundation.errors import CredentialError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse, HttpResponseBase

    from centre.accounts.actors import Actor
    from centre.register.models import Entry
    from centre.register.tasks import Task

TRAIL = [("Chứng chỉ", "/giao-vu/chung-chi/")]
_VALID, _SUSPENDED = "còn hiệu lực", "đang xem xét"
_BADGES = {_VALID: "good", "đã thu hồi": "bad"}


def badge_of(entry: Entry) -> str:
    """How the state of a certificate looks."""
    return _BADGES.get(state_of(entry), "warn")


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
        badge=badge_of,
        sorts=False,
    ),
)
_EXAMINED = Q(pk__in=Suspension.objects.filter(ended_at=None).values("entry"))
_KEEP = {
    "con": Q(revocation=None, successor=None) & ~_EXAMINED,
    "xem-xet": Q(revocation=None, successor=None) & _EXAMINED,
    "thu-hoi": Q(revocation__isnull=False),
    "thay": Q(successor__isnull=False),
}
_FILTERS = (
    Filter(
        "tt",
        "Trạng thái",
        (
            *(("con", "Còn hiệu lực"), ("xem-xet", "Đang xem xét")),
            *(("thu-hoi", "Đã thu hồi"), ("thay", "Đã thay thế")),
        ),
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
    """One certificate as it stands in the register, and what may be done about it."""
    entry = the_entry(serial)
    task = next((task for task in open_tasks() if task.serial == entry.pk), None)
    context = {
        "entry": entry,
        "state": state_of(entry),
        "badge": badge_of(entry),
        "task": task,
        "suspensions": entry.suspensions.order_by("suspended_at"),
        "said": _said(entry),
        "deeds": list(_deeds(request.actor, entry, task)),
        "trail": TRAIL,
    }
    return render(request, "officer/certificate.html", context)


def _said(entry: Entry) -> list[tuple[Any, ...]]:
    """What was said of the certificate, once however many facts it was said of."""
    rows = entry.reviews.select_related("user").order_by("reviewed_at", "pk")
    told = ((r.reviewed_at, r.user.username, r.confirmed, r.authority, r.note) for r in rows)
    return list(dict.fromkeys(told))


def _deeds(actor: Actor, entry: Entry, task: Task | None) -> Iterator[tuple[str, str]]:
    """What this user may do about the certificate as it stands: label and address."""
    state = state_of(entry)
    for label, route, action, open_to in (
        ("Ghi đã xem", "acknowledge", "task.acknowledge", task is not None and task.facts),
        ("Đưa vào diện xem xét", "suspend", "certificate.suspend", state == _VALID),
        ("Giữ nguyên", "confirm", "certificate.confirm", task is not None),
        ("Cấp lại", "reissue", "certificate.reissue", not hasattr(entry, "successor")),
        ("Thu hồi", "revoke", "certificate.revoke", state in (_VALID, _SUSPENDED)),
    ):
        if open_to and permitted(actor, action):
            yield label, reverse(f"officer:{route}", args=[entry.serial])


@page("register.read")
def original(_request: Request, serial: str) -> HttpResponseBase:
    """The original as it was issued."""
    path = certificate_path(the_centre(), the_entry(serial).serial)
    try:
        file = path.open("rb")
    except OSError:
        raise CredentialError("không đọc được bản gốc; khôi phục từ bản sao lưu") from None
    return FileResponse(file, as_attachment=True, filename=path.name)
