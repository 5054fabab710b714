"""What a member of the board does with a sheet: sign, return, take no part."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from centre.decisions.board import recuse, return_sheet, sign_sheet, the_sheet
from centre.decisions.sheets import sheet_view
from centre.portal.access import Request, page
from centre.portal.board.sheets import TRAIL
from centre.portal.marker.forms import GroundForm
from centre.portal.pages import confirm_page, form_page
from centre.portal.said import acting
from centre.portal.signatures import signature


def _trail(number: int) -> list[tuple[str, str]]:
    return [*TRAIL, (f"Bảng số {number}", _where(number))]


def _where(number: int) -> str:
    return reverse("board:sheet", args=[number])


@page("sheet.sign")
@signature
def sign(request: Request, number: int) -> HttpResponse:
    """Sign the sheet of exactly the digest that was shown."""
    sheet = the_sheet(number)
    if request.method == "POST":
        with transaction.atomic():
            signed = sign_sheet(
                request.actor, sheet, request.POST.get("digest", ""), now=timezone.now()
            )
        left = max(0, sheet.quorum - signed)
        words = f"còn thiếu {left} chữ ký." if left else "các quyết định trong bảng có hiệu lực."
        messages.success(request, f"Đã ký bảng số {number}; {words}")
        return HttpResponseRedirect(_where(number))
    view = sheet_view(sheet)
    facts = {
        "Kỳ thi": sheet.sitting.name,
        "Căn cứ": sheet.resolution,
        "Số quyết định": len(view.rows),
        "Sát điểm cắt, khác bảng trước": (
            f"{sum(row.borderline for row in view.rows)}, {sum(row.changed for row in view.rows)}"
        ),
        "Chữ ký đã có": f"{len(view.signatures)}/{sheet.quorum}",
        "Mã băm SHA-256": sheet.digest,
    }
    warning = (
        "Chữ ký gắn với đúng nội dung mang mã băm trên và không rút lại được. Người chưa đồng ý "
        "thì trả lại bảng kèm lý do."
    )
    return confirm_page(
        *(request, f"Ký bảng số {number}", warning),
        button="Ký bảng này",
        trail=_trail(number),
        facts=facts,
        sent={"digest": sheet.digest},
    )


class ReasonForm(forms.Form):
    """Why a sheet goes back."""

    reason = forms.CharField(
        label="Lý do trả lại",
        max_length=2000,
        help_text="Nêu số báo danh và điều cần làm rõ; lý do được in vào biên bản.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@page("sheet.return")
def send_back(request: Request, number: int) -> HttpResponse:
    """Return a draft with the reason."""
    sheet = the_sheet(number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            return_sheet(request.actor, sheet, form.cleaned_data["reason"], now=timezone.now())
            messages.success(request, f"Đã trả lại bảng số {number} cho giáo vụ.")
            return HttpResponseRedirect(_where(number))
    note = "Bảng trả lại không còn hiệu lực ký; giáo vụ sửa rồi lập bảng mới thay bảng này."
    return form_page(
        *(request, f"Trả lại bảng số {number}", form),
        button="Trả lại bảng",
        trail=_trail(number),
        note=note,
        danger=True,
    )


@page("sheet.recuse")
def stand_aside(request: Request, number: int) -> HttpResponse:
    """Take no part in a sheet because of a conflict of interest."""
    sheet = the_sheet(number)
    form = GroundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            recuse(request.actor, sheet, form.cleaned_data["ground"], now=timezone.now())
            messages.success(request, f"Đã ghi: anh/chị không tham gia bảng số {number}.")
            return HttpResponseRedirect(_where(number))
    note = "Người không tham gia không ký, không trả lại bảng này; lý do được in vào biên bản."
    title = f"Không tham gia bảng số {number}"
    return form_page(request, title, form, button="Không tham gia", trail=_trail(number), note=note)
