"""What becomes of a certificate that is out: looked at, suspended, confirmed, revoked, reissued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from centre.database import the_centre
from centre.portal.access import Request, page
from centre.portal.officer.certificates import TRAIL
from centre.portal.pages import form_page
from centre.portal.said import acting
from centre.portal.signatures import signature
from centre.register.examining import acknowledge, confirm, suspend
from centre.register.issue import enrol_key, reissue, the_signer
from centre.register.revoke import revoke, the_entry
from centre.register.tasks import task_of
from courses.foundation.dates import VIETNAM
from grading.credentials.revocation import grounds_on

if TYPE_CHECKING:
    from django.http import HttpResponse

    from centre.register.tasks import Task


_SEEN_ALREADY = "Anh/chị đã ghi xem đủ những điều này từ trước; lời đã ghi giữ nguyên."


def _trail(serial: str) -> list[tuple[str, str]]:
    return [*TRAIL, (serial, _where(serial))]


def _where(serial: str) -> str:
    return reverse("officer:certificate", args=[serial])


def _text(label: str, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=2000, help_text=help_text, widget=widget)


class SeenForm(forms.Form):
    """What somebody who has looked is going to do; of exactly the facts that were shown."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = _text("Đã xem gì, sẽ làm gì")


class OrderForm(forms.Form):
    """By what document, and why."""

    authority = forms.CharField(label="Số, ngày văn bản", max_length=200)
    ground = _text("Lý do, căn cứ")


class ConfirmForm(OrderForm):
    """The same, of exactly the facts that were shown."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)


def _told(given: Any, task: Task) -> dict[str, Any]:
    """What a form of a task begins with: the facts there are now, or what was sent of earlier."""
    return {"data": given or None, "initial": {"shown": task.digest}}


@page("task.acknowledge")
def look_at(request: Request, serial: str) -> HttpResponse:
    """Say by name that one has looked at what undermines a certificate."""
    entry = the_entry(serial)
    task = task_of(entry.pk)
    form = SeenForm(**_told(request.POST, task))
    if request.method == "POST" and form.is_valid():
        note, shown = form.cleaned_data["note"], form.cleaned_data["shown"]
        with acting(form):
            new = acknowledge(request.actor, entry, note, now=timezone.now(), shown=shown)
            if new:
                messages.success(request, f"Đã ghi: {request.actor.id} đã xem {entry.printed}.")
            else:
                messages.info(request, _SEEN_ALREADY)
            return HttpResponseRedirect(_where(serial))
    note = "Ghi tên mình đã xem; việc vẫn còn đó cho đến khi thu hồi, cấp lại hoặc giữ nguyên."
    return form_page(
        *(request, f"Ghi đã xem {entry.printed}", form),
        button="Ghi đã xem",
        trail=_trail(serial),
        template="officer/undermined.html",
        note=note,
        task=task,
    )


@page("certificate.suspend")
@signature
def hold(request: Request, serial: str) -> HttpResponse:
    """Let a certificate show that it is being examined."""
    entry = the_entry(serial)
    form = OrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with acting(form):
            suspend(request.actor, entry, told["authority"], told["ground"], now=timezone.now())
            messages.success(request, f"{entry.printed}: đang xem xét.")
            return HttpResponseRedirect(_where(serial))
    note = (
        "Có hiệu lực ngay: người tra cứu thấy “Đang xem xét” cho đến khi chứng chỉ được giữ "
        "nguyên, thu hồi hoặc cấp lại. Văn bản và lý do chỉ lưu trong sổ."
    )
    return form_page(
        *(request, f"Đưa {entry.printed} vào diện xem xét", form),
        button="Đưa vào diện xem xét",
        trail=_trail(serial),
        note=note,
        danger=True,
    )


@page("certificate.confirm")
@signature
def keep(request: Request, serial: str) -> HttpResponse:
    """Let a certificate stand in spite of what was shown; a suspension ends with it."""
    entry = the_entry(serial)
    task = task_of(entry.pk)
    form = ConfirmForm(**_told(request.POST, task))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        words = told["authority"], told["ground"]
        with acting(form):
            confirm(request.actor, entry, *words, now=timezone.now(), shown=told["shown"])
            messages.success(request, f"{entry.printed}: giữ nguyên hiệu lực.")
            return HttpResponseRedirect(_where(serial))
    note = (
        "Chứng chỉ còn hiệu lực dù những điều dưới đây, và không còn “đang xem xét”. Điều biết "
        "sau này lại là một việc phải xem xét."
    )
    return form_page(
        *(request, f"Giữ nguyên {entry.printed}", form),
        button="Giữ nguyên chứng chỉ",
        trail=_trail(serial),
        template="officer/undermined.html",
        note=note,
        task=task,
    )


class RevokeForm(forms.Form):
    """The legal ground, and what happened."""

    ground = forms.ChoiceField(label="Căn cứ thu hồi")
    detail = _text(
        "Sự việc và số quyết định thu hồi", "Chỉ lưu trong sổ; không ghi tên người khác."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today = timezone.now().astimezone(VIETNAM).date()
        choices = [(one.id, one.text) for one in grounds_on(today).grounds]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


@page("certificate.revoke")
@signature
def withdraw(request: Request, serial: str) -> HttpResponse:
    """Revoke a certificate; the register keeps it, with date and ground."""
    entry = the_entry(serial)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with acting(form):
            revoke(request.actor, entry, told["ground"], told["detail"], now=timezone.now())
            messages.success(request, f"Đã thu hồi {entry.printed}.")
            return HttpResponseRedirect(_where(serial))
    note = "Thu hồi có hiệu lực ngay và không huỷ được; người tra cứu thấy căn cứ thu hồi."
    return form_page(
        *(request, f"Thu hồi {entry.printed}", form),
        button="Thu hồi chứng chỉ",
        trail=_trail(serial),
        note=note,
        danger=True,
    )


class ReissueForm(forms.Form):
    """Why another is issued in its place."""

    ground = forms.CharField(label="Căn cứ cấp lại", max_length=200)


@page("certificate.reissue")
@signature
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
            return HttpResponseRedirect(_where(made.serial))
    note = "Chứng chỉ mới in theo hồ sơ hiện nay, số hiệu mới; bản cũ hết hiệu lực."
    title = f"Cấp lại {entry.printed}"
    return form_page(request, title, form, button="Cấp lại", trail=_trail(serial), note=note)
