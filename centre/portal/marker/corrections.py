"""A corrected rubric: who would change is shown first, and exactly that is applied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone

from assessments.bank.rubric import Rubric
from centre.database import the_centre
from centre.marks.agreed import write_agreed
from centre.marks.corrections import correct_rubric, preview
from centre.portal.access import Request, page
from centre.portal.marker.lead import trail
from centre.portal.marker.rounds import back
from centre.portal.pages import form_page
from centre.portal.said import acting
from centre.sittings.sitting import open_sitting
from courses.foundation.content import parse_toml
from courses.foundation.numerals import vietnamese
from courses.sources import the_sources
from grading.marking.agreement import STATE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from centre.marks.corrections import Preview
    from centre.sittings.sitting import Sitting

_LARGEST = 200_000  # bytes; a rubric has a few thousand


class RubricForm(forms.Form):
    """A whole rubric as it is to be."""

    file = forms.FileField(
        label="Thang chấm đã sửa (tệp .toml)",
        help_text="Cùng câu, cùng tổng điểm và cùng các mã tiêu chí như thang đang dùng.",
    )

    def clean_file(self) -> str:
        """The file's text."""
        given = self.cleaned_data["file"]
        if given.size > _LARGEST:
            raise forms.ValidationError("Tệp quá lớn để là một thang chấm.")
        try:
            text: str = given.read().decode("utf-8")
        except UnicodeDecodeError:
            raise forms.ValidationError("Tệp không phải văn bản UTF-8.") from None
        return text


class ApplyForm(forms.Form):
    """The batch that was looked at, and the ground."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=_LARGEST)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    ground = forms.CharField(label="Lý do sửa", max_length=200)


def _read(text: str) -> Rubric:
    path = Path("thang-cham.toml")
    return parse_toml(the_sources().printed(text, path), path, Rubric)


@page("rubric.correct")
def bring(request: Request, sitting: str) -> HttpResponse:
    """Bring a corrected rubric; see who would change; apply exactly that."""
    opened = open_sitting(the_centre(), sitting)
    if "digest" in request.POST:
        return _apply(request, opened)
    form = RubricForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["file"]
        with acting(form):
            seen = preview(opened, _read(text))
            initial = {"text": text, "digest": seen.digest}
            return _shown(request, opened, seen, ApplyForm(initial=initial))
    note = "Chưa có gì thay đổi cho đến khi anh/chị xem danh sách bài đổi điểm và áp dụng."
    return form_page(
        request, "Sửa thang chấm", form, button="Xem trước", trail=trail(sitting), note=note
    )


def _apply(request: Request, sitting: Sitting) -> HttpResponse:
    form = ApplyForm(request.POST)
    rubric = _read(form.data.get("text", ""))
    row = None
    if form.is_valid():
        told = form.cleaned_data
        with acting(form):
            row = correct_rubric(
                request.actor, sitting, rubric, told["digest"], told["ground"], now=timezone.now()
            )
    if row is None:
        return _shown(request, sitting, preview(sitting, rubric), form)
    written = write_agreed(sitting)
    messages.success(
        request,
        f"Thang chấm câu {row.item} bản {row.number} có hiệu lực; {written} điểm đổi.",
    )
    return back(sitting.code)


def _shown(request: Request, sitting: Sitting, seen: Preview, form: ApplyForm) -> HttpResponse:
    context = {
        "sitting": sitting,
        "seen": seen,
        "changes": list(_changes(seen)),
        "form": form,
        "trail": trail(sitting.code),
    }
    return render(request, "lead/correction.html", context, status=422 if form.errors else 200)


def _changes(seen: Preview) -> Iterator[tuple[str, str, str]]:
    for _, change in sorted(seen.changes.items()):
        yield change.code, _stand(change.before), _stand(change.after)


def _stand(stand: Any) -> str:
    words = STATE_NAMES[stand.state]
    return words if stand.points is None else f"{vietnamese(float(stand.points))} điểm, {words}"
