"""Cases of misconduct: opened by whoever learns of one, closed by the board's decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from centre.accounts.permissions import permitted
from centre.database import the_centre
from centre.decisions.cases import all_cases, close_case, open_case, the_case
from centre.portal.access import Request, page
from centre.portal.pages import form_page, list_page
from centre.portal.said import acting
from centre.portal.tables import Column, Table
from centre.sittings.models import SittingRecord
from centre.sittings.sitting import open_sitting

if TYPE_CHECKING:
    from centre.decisions.models import IntegrityCase

_TRAIL = [("Vụ việc", "/hoi-dong/vu-viec/")]


def _state(one: IntegrityCase) -> str:
    if one.closed_at is None:
        return "đang mở"
    return "kết luận có vi phạm" if one.upheld else "kết luận không vi phạm"


def _badge(one: IntegrityCase) -> str:
    return "warn" if one.closed_at is None else "bad" if one.upheld else "good"


_COLUMNS = (
    Column(name="so", label="Số", value=lambda one: one.pk,
           link=lambda one: reverse("board:case", args=[one.pk])),
    Column(name="sbd", label="Số báo danh", value=lambda one: one.enrolment.candidate),
    Column(name="ky", label="Kỳ thi", value=lambda one: one.enrolment.sitting.name),
    Column(name="noi-dung", label="Nội dung", value=lambda one: one.reason, sorts=False),
    Column(name="mo", label="Mở lúc", value=lambda one: one.opened_at),
    Column(name="tinh-trang", label="Tình trạng", value=_state, badge=_badge),
    Column(name="van-ban", label="Văn bản kết luận", value=lambda one: one.authority or None),
)  # fmt: skip


@page("case.open")
def listed(request: Request) -> HttpResponse:
    """Every case, open ones first."""
    return list_page(
        *(request, "Vụ việc vi phạm quy chế", Table(request.GET, _COLUMNS, all_cases())),
        name="vu-viec",
        actions=[("Mở vụ việc", reverse("board:open_case"))],
    )


class CaseForm(forms.Form):
    """Of whom, and what happened."""

    sitting = forms.ModelChoiceField(
        label="Kỳ thi", queryset=SittingRecord.objects.order_by("-opens"), empty_label="— chọn —"
    )
    candidate = forms.CharField(label="Số báo danh", max_length=32)
    reason = forms.CharField(
        label="Nội dung vụ việc", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.fields["sitting"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]


@page("case.open")
def start(request: Request) -> HttpResponse:
    """Open a case: until it is closed the candidate's result is invalid."""
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        sitting = open_sitting(the_centre(), told["sitting"].pk)
        with acting(form):
            candidate = told["candidate"].strip()
            open_case(request.actor, sitting, candidate, told["reason"], now=timezone.now())
            messages.success(request, f"Vụ việc của {candidate} đang mở; giáo vụ quyết định lại.")
            return HttpResponseRedirect(reverse("board:cases"))
    note = (
        "Kết quả của thí sinh không hợp lệ cho đến khi có kết luận. Chứng chỉ đã cấp thành việc "
        "phải xem xét."
    )
    return form_page(request, "Mở vụ việc", form, button="Mở vụ việc", trail=_TRAIL, note=note)


class ClosingForm(forms.Form):
    """What was found, and by whose authority."""

    verdict = forms.ChoiceField(
        label="Kết luận",
        choices=(("co", "Có vi phạm"), ("khong", "Không vi phạm")),
        widget=forms.RadioSelect,
    )
    authority = forms.CharField(label="Văn bản của người có thẩm quyền", max_length=200)
    conclusion = forms.CharField(
        label="Nội dung kết luận", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


@page("case.open")
def close(request: Request, number: int) -> HttpResponse:
    """One case; whoever may close it says what was found, once."""
    case = the_case(number)
    may = case.closed_at is None and permitted(request.actor, "case.close")
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        sitting = open_sitting(the_centre(), case.enrolment.sitting_id)
        with acting(form):
            close_case(
                *(request.actor, sitting, case.enrolment.candidate, told["conclusion"]),
                upheld=told["verdict"] == "co",
                authority=told["authority"],
                now=timezone.now(),
            )
            messages.success(request, f"Đã ghi kết luận vụ việc số {number}.")
            return HttpResponseRedirect(reverse("board:case", args=[number]))
    return form_page(
        request,
        f"Vụ việc số {number}",
        form,
        button="Ghi kết luận",
        trail=_TRAIL,
        template="board/case.html",
        case=case,
        state=_state(case),
        badge=_badge(case),
        may=may,
    )
