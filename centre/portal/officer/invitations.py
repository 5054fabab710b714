"""One-time links for a sitting's candidates, as slips to be printed and cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import segno
from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from centre.accounts.invitations import admit, invite
from centre.database import the_centre
from centre.people.privacy import the_person
from centre.portal.access import Request, page
from centre.portal.pages import confirm_page
from centre.sittings.sitting import open_sitting
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from centre.people.models import Enrolment


@dataclass(frozen=True)
class Slip:
    """What one candidate is handed."""

    name: str
    candidate: str
    agency: str
    username: str
    link: str
    picture: str


@page("user.invite")
@never_cache
def invite_all(request: Request, code: str) -> HttpResponse:
    """Make a link for each candidate who has not chosen a password yet; shown this once."""
    sitting = open_sitting(the_centre(), code)
    trail = [("Kỳ thi", "/giao-vu/ky-thi/"), (code, reverse("officer:sitting", args=[code]))]
    people = [one for one in sitting.enrolments() if one.person.erased_at is None]
    if request.method == "POST":
        with transaction.atomic():
            slips = [
                slip for one in people if (slip := _slip(request, one, timezone.now())) is not None
            ]
        context = {"slips": slips, "sitting": sitting, "trail": trail, "total": len(people)}
        return render(request, "officer/slips.html", context)
    warning = (
        "Mỗi thí sinh chưa đặt mật khẩu được một liên kết dùng một lần. Liên kết chỉ hiện một lần "
        "trên trang sau để in, cắt và trao tận tay; liên kết cấp trước đó vẫn dùng được cho đến "
        "khi người ấy đặt mật khẩu."
    )
    facts = {"Kỳ thi": sitting.record.name, "Thí sinh": len(people)}
    title = "Mời thí sinh đăng nhập"
    return confirm_page(request, title, warning, button="Tạo phiếu mời", trail=trail, facts=facts)


@page("user.invite")
@never_cache
def invite_one(request: Request, number: str) -> HttpResponse:
    """A link for one person, who may have forgotten the password they have."""
    person = the_person(number)
    trail = [
        ("Người học", reverse("officer:people")),
        (person.number, reverse("officer:person", args=[person.number])),
    ]
    latest = person.enrolments.select_related("person", "agency").order_by("sitting__opens").last()
    if latest is None or person.erased_at is not None:
        raise CentreError("người này chưa có kỳ thi nào hoặc dữ liệu đã xoá; không mời được")
    if request.method == "POST":
        with transaction.atomic():
            slip = _slip(request, latest, timezone.now(), anew=True)
        context = {"slips": [slip], "sitting": None, "trail": trail, "total": 1}
        return render(request, "officer/slips.html", context)
    warning = (
        "Liên kết dùng một lần, chỉ hiện ở trang sau. Ai cầm liên kết này đặt được mật khẩu và "
        "đăng nhập thay người ấy: kiểm tra giấy tờ rồi trao tận tay."
    )
    title = f"Cấp liên kết đặt mật khẩu cho {person.full_name}"
    return confirm_page(request, title, warning, button="Cấp liên kết", trail=trail)


def _slip(request: Request, one: Enrolment, now: datetime, *, anew: bool = False) -> Slip | None:
    """A slip; None for who has chosen a password, unless it is to be chosen anew."""
    user = admit(request.actor, one.candidate, one.person_id, now=now)
    if user.has_usable_password() and not anew:
        return None
    token = invite(request.actor, user.username, now=now)
    path = reverse("accept_invitation", args=[user.username, token])
    link = request.build_absolute_uri(path)
    picture = segno.make(link, error="m").svg_data_uri(scale=3, border=2)
    return Slip(
        name=one.person.full_name,
        candidate=one.candidate,
        agency=one.agency.name,
        username=user.username,
        link=link,
        picture=picture,
    )
