"""What a marker does with a script that they do not mark now, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from centre.database import the_centre
from centre.marks.marking import set_aside
from centre.marks.panel import declare_conflict, recuse
from centre.people.models import Agency
from centre.portal.access import Request, page
from centre.portal.marker.desk import TRAIL, own, to_next
from centre.portal.marker.forms import GroundForm
from centre.portal.pages import form_page
from centre.portal.said import acting
from centre.sittings.sitting import open_sitting

if TYPE_CHECKING:
    from django.http import HttpResponse


def _trail(sitting: str, item: str, code: str) -> list[tuple[str, str]]:
    return [*TRAIL, (f"Bài {code}", reverse("marker:script", args=[sitting, item, code]))]


@page("script.set_aside", own)
@require_POST
def skip(request: Request, sitting: str, item: str, code: str) -> HttpResponse:
    """Put a script off to the end of the queue."""
    at = open_sitting(the_centre(), sitting)
    with transaction.atomic():
        set_aside(
            *(request.actor, at, request.actor.id, item, code), to_lead=False, now=timezone.now()
        )
    messages.info(request, f"Bài {code} được để lại cuối hàng chờ.")
    return to_next(request, at, item)


@page("script.set_aside", own)
def hand_up(request: Request, sitting: str, item: str, code: str) -> HttpResponse:
    """Hand a script to the lead of the markers, with the reason."""
    at = open_sitting(the_centre(), sitting)
    form = GroundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            set_aside(
                *(request.actor, at, request.actor.id, item, code),
                to_lead=True,
                reason=form.cleaned_data["ground"],
                now=timezone.now(),
            )
            messages.success(request, f"Đã chuyển bài {code} cho trưởng ban chấm.")
            return to_next(request, at, item)
    title = f"Chuyển bài {code} cho trưởng ban chấm"
    note = "Nêu điều chưa rõ; không ghi suy đoán về người viết bài."
    trail = _trail(sitting, item, code)
    return form_page(request, title, form, button="Chuyển bài", trail=trail, note=note)


@page("script.recuse", own)
def recuse_from(request: Request, sitting: str, item: str, code: str) -> HttpResponse:
    """Say that I know whose script it is: it goes to somebody else."""
    at = open_sitting(the_centre(), sitting)
    form = GroundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            recuse(
                *(request.actor, at, request.actor.id, item, code, form.cleaned_data["ground"]),
                now=timezone.now(),
            )
            messages.success(request, f"Đã ghi xung đột lợi ích; bài {code} được chuyển đi.")
            return to_next(request, at, item)
    title = f"Xung đột lợi ích với bài {code}"
    note = (
        "Bài này và mọi bài khác của cùng người viết được chuyển cho giám khảo khác. Lời khai có "
        "hiệu lực ở mọi kỳ thi và không rút lại được ở đây."
    )
    trail = _trail(sitting, item, code)
    return form_page(request, title, form, button="Khai và chuyển bài", trail=trail, note=note)


class AgencyForm(GroundForm):
    """An agency whose people one may not mark."""

    agency = forms.ModelChoiceField(
        label="Cơ quan", queryset=Agency.objects.order_by("name"), empty_label="— chọn —"
    )
    field_order = ("agency", "ground")


@page("conflict.declare", own)
def agency(request: Request, sitting: str) -> HttpResponse:
    """Say that I may not mark the people of an agency, such as my own."""
    at = open_sitting(the_centre(), sitting)
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            told = form.cleaned_data
            moved = declare_conflict(
                *(request.actor, at, request.actor.id, told["agency"], told["ground"]),
                now=timezone.now(),
            )
            messages.success(
                request, f"Đã ghi xung đột lợi ích; {moved.given} bài được chuyển cho người khác."
            )
            return HttpResponseRedirect(reverse("marker:desk"))
    note = "Các bài chưa chấm của cơ quan này được chuyển cho giám khảo khác, ở mọi kỳ thi."
    title = "Khai xung đột lợi ích với một cơ quan"
    return form_page(request, title, form, button="Khai", trail=TRAIL, note=note)
