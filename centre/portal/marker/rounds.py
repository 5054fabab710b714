"""What the lead decides: who marks, who may go on, what is moved, what is marked anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from centre.database import the_centre
from centre.marks.lead import clear_marker, order_anew, settle, the_aside
from centre.marks.panel import allocate, at_work, withdraw_marker
from centre.marks.scripts import Reader, TextChangedError
from centre.portal.access import Request, page
from centre.portal.marker.forms import GroundForm
from centre.portal.marker.lead import trail
from centre.portal.pages import confirm_page, form_page
from centre.portal.said import acting
from centre.sittings.sitting import open_sitting
from courses.widgets import markdown

if TYPE_CHECKING:
    from centre.marks.panel import Moved


def back(sitting: str) -> HttpResponse:
    """To the sitting's marking."""
    return HttpResponseRedirect(reverse("lead:overview", args=[sitting]))


def _moved(moved: Moved) -> str:
    left = len(moved.unplaced)
    return f"Đã phân công {moved.given} lượt chấm" + (
        f"; {left} lượt chưa có ai chấm được." if left else "."
    )


@page("marking.allocate")
def give_out(request: Request, sitting: str) -> HttpResponse:
    """Give every script that lacks markers those it needs."""
    opened = open_sitting(the_centre(), sitting)
    if request.method == "POST":
        with transaction.atomic():
            moved = allocate(request.actor, opened, now=timezone.now())
        messages.success(request, _moved(moved))
        return back(sitting)
    marking = opened.settings.marking
    facts = {
        "Giám khảo": ", ".join(at_work(opened) or marking.markers),
        "Giám khảo thứ ba": marking.adjudicator,
    }
    warning = (
        "Mỗi bài chưa đủ người chấm được giao hai giám khảo, cân theo số bài và tránh xung đột "
        "lợi ích. Bài đã giao giữ nguyên."
    )
    return confirm_page(
        *(request, "Phân công chấm", warning),
        button="Phân công",
        trail=trail(sitting),
        facts=facts,
    )


@page("marker.clear")
def clear(request: Request, sitting: str, marker: str, item: str) -> HttpResponse:
    """Let a stopped marker go on with a question."""
    opened = open_sitting(the_centre(), sitting)
    form = GroundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            told = form.cleaned_data["ground"]
            clear_marker(request.actor, opened, marker, item, told, now=timezone.now())
            messages.success(request, f"{marker} được chấm tiếp câu {item}.")
            return back(sitting)
    note = "Các lần lệch đến nay không tính nữa; lần lệch sau lại được tính."
    title = f"Cho {marker} chấm tiếp câu {item}"
    return form_page(request, title, form, button="Cho chấm tiếp", trail=trail(sitting), note=note)


@page("marker.withdraw")
def withdraw(request: Request, sitting: str, marker: str) -> HttpResponse:
    """Let a marker leave the panel; their scripts go to the others."""
    opened = open_sitting(the_centre(), sitting)
    form = GroundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            told = form.cleaned_data["ground"]
            moved = withdraw_marker(request.actor, opened, marker, told, now=timezone.now())
            messages.success(request, f"{marker} đã rút. {_moved(moved)}")
            return back(sitting)
    note = "Bài đã chấm giữ nguyên; bài chưa chấm chia cho những người còn lại."
    title = f"Rút {marker} khỏi ban chấm"
    return form_page(
        *(request, title, form),
        button="Rút khỏi ban chấm",
        trail=trail(sitting),
        note=note,
        danger=True,
    )


class SettleForm(forms.Form):
    """What becomes of a script that was handed up."""

    move = forms.ChoiceField(
        label="Xử lý",
        choices=(("tra", "Trả lại giám khảo kèm lời giải thích"), ("giao", "Giao người khác chấm")),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Giải thích, lý do", max_length=200)


@page("script.settle")
def settle_one(request: Request, sitting: str, number: int) -> HttpResponse:
    """Read what was handed up, and give it back or move it to somebody else."""
    opened = open_sitting(the_centre(), sitting)
    aside = the_aside(opened, number)
    row = aside.allocation
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        move = form.cleaned_data["move"] == "giao"
        with acting(form):
            told = form.cleaned_data["note"]
            moved = settle(request.actor, opened, aside, told, move=move, now=timezone.now())
            words = "" if moved is None else f" {_moved(moved)}"
            messages.success(request, f"Đã xử lý bài {row.code}.{words}")
            return back(sitting)
    reader, changed = Reader(opened), ""
    try:
        script = reader.read(row)
    except TextChangedError as error:  # the lead settles it all the same
        script, changed = reader.outline(row), error.message
    return form_page(
        request,
        f"Bài {row.code}, câu {row.item} do {row.marker} chuyển lên",
        form,
        button="Ghi xử lý",
        trail=trail(sitting),
        template="lead/settle.html",
        aside=aside,
        text=script.text,
        changed=changed,
        prompt=markdown.block(getattr(reader.question(script), "prompt", "")),
    )


class OrderForm(GroundForm):
    """Which script is to be marked once more, and by whom."""

    item = forms.CharField(label="Câu", max_length=32)
    code = forms.CharField(label="Mã bài", max_length=16)
    marker = forms.CharField(
        label="Giám khảo",
        max_length=64,
        help_text="Người chưa chấm bài này và không có xung đột lợi ích.",
    )
    field_order = ("item", "code", "marker", "ground")


@page("script.order")
def order(request: Request, sitting: str) -> HttpResponse:
    """Order a third marking, or marking anew, of one script."""
    opened = open_sitting(the_centre(), sitting)
    asked = {"item": request.GET.get("cau", ""), "code": request.GET.get("ma", "")}
    form = OrderForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            told = form.cleaned_data
            number = order_anew(
                *(request.actor, opened, told["item"].strip(), told["code"].strip().upper()),
                *(told["marker"].strip(), told["ground"]),
                now=timezone.now(),
            )
            messages.success(request, f"Đã giao {told['marker']} chấm lượt {number}.")
            return back(sitting)
    note = (
        "Bài lệch được giám khảo thứ ba chấm. Bài đã thống nhất được chấm lại theo căn cứ nêu ra; "
        "mọi lượt chấm trước được giữ."
    )
    return form_page(
        request, "Giao chấm thêm", form, button="Giao chấm", trail=trail(sitting), note=note
    )
