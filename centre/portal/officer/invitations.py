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
from centre.portal.access import Request, page
from centre.portal.pages import confirm_page
from centre.sittings.sitting import open_sitting

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


def _slip(request: Request, one: Enrolment, now: datetime) -> Slip | None:
    user = admit(request.actor, one.candidate, one.person_id, now=now)
    if user.has_usable_password():
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
