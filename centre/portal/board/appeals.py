"""Appeals as those who handle them see them: what is overdue first, with all that went before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centre.accounts.permissions import permitted
from centre.decisions.appeals import all_appeals, answer_appeal, had_a_part, the_appeal, view
from centre.portal.access import Request, page
from centre.portal.board.sheets import BADGES
from centre.portal.pages import form_page, list_page
from centre.portal.said import acting
from centre.portal.tables import Column, Filter, Table
from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from centre.decisions.appeals import AppealView, Version

_TRAIL = [("Phúc khảo", "/hoi-dong/don/")]
_STATES = {
    "waiting": ("chờ trả lời", "warn"),
    "pending": ("chấp nhận, chờ quyết định mới", "warn"),
    "closed": ("đã xong", "good"),
}


def _late(one: AppealView) -> str | None:
    if not one.overdue:
        return None
    return f"QUÁ HẠN {one.overdue} ngày" if _open(one) else f"trả lời muộn {one.overdue} ngày"


def _open(one: AppealView) -> bool:
    return one.appeal.answered_at is None


_COLUMNS = (
    Column(
        name="so",
        label="Số đơn",
        value=lambda one: one.appeal.number,
        link=lambda one: reverse("board:appeal", args=[one.appeal.number]),
    ),
    Column(name="sbd", label="Số báo danh", value=lambda one: one.candidate),
    Column(name="ky", label="Kỳ thi", value=lambda one: one.appeal.decision.enrolment.sitting.name),
    Column(name="gui", label="Gửi lúc", value=lambda one: one.appeal.filed_at),
    Column(name="han", label="Hạn trả lời", value=lambda one: one.appeal.deadline),
    Column(
        name="qua-han",
        label="Quá hạn",
        value=_late,
        badge=lambda one: "bad" if one.overdue else "",
    ),
    Column(
        name="tinh-trang",
        label="Tình trạng",
        value=lambda one: _STATES[one.state][0],
        badge=lambda one: _STATES[one.state][1],
    ),
)
_FILTERS = (
    Filter(
        "tt",
        "Tình trạng",
        (*((state, words) for state, (words, _) in _STATES.items()), ("qua-han", "quá hạn")),
        lambda rows, state: [
            one for one in rows if one.state == state or (state == "qua-han" and _shouts(one))
        ],
    ),
)


def _shouts(one: AppealView) -> bool:
    return _open(one) and one.overdue > 0


@page("results.read")
def listed(request: Request) -> HttpResponse:
    """Every appeal there has been: what waits first, by deadline."""
    found = sorted(all_appeals(timezone.now()), key=lambda one: one.state == "closed")
    table = Table(request.GET, _COLUMNS, found, _FILTERS)
    return list_page(
        request,
        "Đơn phúc khảo, khiếu nại",
        table,
        name="don-phuc-khao",
        template="board/appeals.html",
        late=sum(map(_shouts, found)),
    )


@page("results.read")
def one(request: Request, number: str) -> HttpResponse:
    """One appeal with its history: filed, answered, decided before and after."""
    return render(request, "board/appeal.html", _context(request, number))


def _context(request: Request, number: str) -> dict[str, Any]:
    seen = view(the_appeal(number), timezone.now())
    words, badge = _STATES[seen.state]
    may_answer = _open(seen) and permitted(request.actor, "appeal.answer")
    barred = had_a_part(request.actor, seen.appeal.decision) if may_answer else ""
    return {
        "seen": seen,
        "appeal": seen.appeal,
        "late": _late(seen),
        "words": words,
        "badge": badge,
        "versions": [_version("Quyết định bị khiếu nại", seen.before)]
        + ([] if seen.after is None else [_version("Quyết định sau khi nhận đơn", seen.after)]),
        "may_answer": may_answer and not barred,
        "barred": barred,
        "may_write": permitted(request.actor, "report.write"),
        "trail": _TRAIL,
    }


def _version(label: str, version: Version) -> dict[str, Any]:
    status = Status(version.content["status"])
    return {
        "label": label,
        "version": version,
        "status": STATUS_NAMES[status],
        "badge": BADGES.get(status, "warn"),
        "reasons": [one["text"] for one in version.content["reasons"]],
    }


class AnswerForm(forms.Form):
    """How an appeal ends, and why."""

    outcome = forms.ChoiceField(
        label="Kết luận",
        choices=(("giu", "Không chấp nhận, giữ kết quả"), ("nhan", "Chấp nhận")),
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Nội dung trả lời",
        max_length=5000,
        help_text="Người gửi đơn đọc đúng nội dung này.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


@page("appeal.answer")
def answer(request: Request, number: str) -> HttpResponse:
    """Answer an appeal; the door refuses whoever had a part in the decision."""
    appeal = the_appeal(number)
    where = reverse("board:appeal", args=[appeal.number])
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accepted = form.cleaned_data["outcome"] == "nhan"
        with acting(form):
            told = form.cleaned_data["answer"]
            answer_appeal(request.actor, appeal, told, accepted=accepted, now=timezone.now())
            messages.success(request, f"Đã trả lời đơn {appeal.number}.")
            return HttpResponseRedirect(where)
    note = (
        "Trả lời một lần, không sửa được. Nếu chấp nhận, trưởng ban chấm giao chấm lại rồi hội "
        "đồng ký quyết định mới; quyết định cũ vẫn được giữ."
    )
    return form_page(
        request,
        f"Trả lời đơn {appeal.number}",
        form,
        button="Gửi trả lời",
        trail=[*_TRAIL, (appeal.number, where)],
        note=note,
        template="board/answer.html",
        appeal=appeal,
    )
