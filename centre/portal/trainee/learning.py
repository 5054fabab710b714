"""Around a lesson: its outline, own notes, the action plan, and a copy for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centre.database import the_centre
from centre.learning.notebook import (
    LONGEST,
    close_action,
    keep_note,
    note_on,
    notes_of,
    plan_action,
    plan_of,
)
from centre.learning.progress import progress_in, progress_of, read_answers, the_lesson, the_lessons
from centre.portal.access import Request, page, signed_in
from centre.portal.pages import confirm_page
from centre.portal.said import acting
from centre.portal.trainee.own import HOME, mine, own
from courses.foundation.errors import ContentError
from courses.lesson_copy import copy_of
from courses.outline import outline
from courses.takehome.shelf import of_lesson
from grading.takehome.files import TYPES, takehome_file

if TYPE_CHECKING:
    from centre.learning.models import Note
    from courses.lesson import Lesson

_LESSONS = ("Bài học", "/hoc-vien/bai-hoc/")
_PLAN = "Kế hoạch hành động của tôi"


@signed_in
def lessons(request: Request) -> HttpResponse:
    """Every lesson with how far I am, and where to go on."""
    learnt = progress_of(the_centre(), request.user.pk)
    return render(request, "trainee/lessons.html", {"lessons": learnt, "trail": [HOME]})


class NoteForm(forms.Form):
    """The notes on one lesson, and which revision of them was on the screen."""

    text = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "vi"}),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@signed_in
def lesson(request: Request, name: str) -> HttpResponse:
    """One lesson's outline, and the notes of whoever learns here as a person."""
    found = progress_in(the_centre(), request.user.pk, _lesson(name))
    context: dict[str, Any] = {
        "lesson": found,
        "sheets": of_lesson(found.code),
        "trail": [HOME, _LESSONS],
    }
    if request.actor.person is None:
        return render(request, "trainee/lesson.html", context)
    note = note_on(request.actor, mine(request), name)
    form = _note_form(request, note)
    if request.method == "POST" and form.is_valid() and _kept(request, name, form):
        return HttpResponseRedirect(f"{reverse('trainee:lesson', args=[name])}#ghi-chu")
    if form.errors and note is not None and form["revision"].value() != str(note.revision):
        context["stored"] = note
    context["form"] = form
    return render(request, "trainee/lesson.html", context, status=422 if form.errors else 200)


def _lesson(name: str) -> Lesson:
    try:
        return the_lesson(name)
    except ContentError as error:
        raise Http404 from error


def _note_form(request: Request, note: Note | None) -> NoteForm:
    stored = {"text": note.text if note else "", "revision": note.revision if note else 0}
    sent = request.POST if request.method == "POST" else None
    return NoteForm(sent, initial=stored)


def _kept(request: Request, name: str, form: NoteForm) -> bool:
    """Keep the notes; whether that could be done."""
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    with acting(form):
        changed = keep_note(
            request.actor,
            mine(request),
            name,
            text,
            form.cleaned_data["revision"],
            now=timezone.now(),
        )
        messages.success(request, "Đã lưu ghi chú." if changed else "Ghi chú không có gì mới.")
    return not form.errors


@signed_in
def lesson_print(request: Request, name: str) -> HttpResponse:
    """A lesson with my answers, to be read without a script and to be printed."""
    found = _lesson(name)
    answers = read_answers(the_centre(), request.user.pk, found)
    sections = copy_of(found, answers)
    up = (f"{found.head.code}. {found.head.title}", reverse("trainee:lesson", args=[name]))
    note = note_on(request.actor, mine(request), name) if request.actor.person else None
    context = {"lesson": found, "sections": sections, "note": note, "trail": [HOME, _LESSONS, up]}
    return render(request, "trainee/lesson_print.html", context)


_WAYS = {"trong": False, "dien-san": True}


@signed_in
def takehome(_request: Request, name: str, which: str, kind: str) -> HttpResponse:
    """A sheet to take home, blank or filled, as a file."""
    if which not in _WAYS or kind not in TYPES:
        raise Http404
    try:
        made = takehome_file(name, kind, timezone.now(), filled=_WAYS[which])
    except ContentError as error:
        raise Http404 from error
    answer = HttpResponse(made, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{which}.{kind}"'
    return answer


class ActionForm(forms.Form):
    """One thing to do at one's own agency, and until when."""

    lesson = forms.ChoiceField(label="Từ bài học")
    what = forms.CharField(
        label="Việc sẽ làm ở cơ quan", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = forms.DateField(
        label="Hạn",
        help_text="Ngày/tháng/năm, ví dụ 31/01/2027.",
        widget=forms.DateInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices: Any = self.fields["lesson"]
        choices.choices = [(one.path.stem, _named(one)) for one in the_lessons()]


def _named(one: Lesson) -> str:
    return f"{one.head.code}. {one.head.title}"


@page("own.read", own)
def plan(request: Request) -> HttpResponse:
    """My action plan: lines of my own, and what I wrote at the end of each lesson."""
    sent = request.POST if request.method == "POST" else None
    form = ActionForm(sent, initial={"lesson": request.GET.get("bai", "")})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with acting(form):
            plan_action(
                request.actor,
                mine(request),
                told["lesson"],
                told["what"],
                told["due_on"],
                now=timezone.now(),
            )
            messages.success(request, "Đã ghi việc vào kế hoạch.")
            return HttpResponseRedirect(reverse("trainee:plan"))
    names = {one.path.stem: _named(one) for one in the_lessons()}
    lines = plan_of(request.actor, mine(request))
    notes = notes_of(request.actor, mine(request))
    context = {
        "form": form,
        "lines": [(one, names.get(one.lesson, "")) for one in lines],
        "written": list(_written(request)),
        "notes": [(names[name], notes[name]) for name in names if name in notes],
        "today": timezone.localdate(),
        "trail": [HOME],
    }
    return render(request, "trainee/plan.html", context, status=422 if form.errors else 200)


def _written(request: Request) -> list[tuple[str, str]]:
    """What I wrote under each lesson's last heading, which asks for a plan."""
    return [
        (_named(one), str(answers[name].value))
        for one in the_lessons()
        for answers in [read_answers(the_centre(), request.user.pk, one)]
        for name in outline(one)[-1].activities
        if one.block(name).body.exercise.kind == "essay" and name in answers
    ]


@page("action.close", own)
def close(request: Request, number: int) -> HttpResponse:
    """Mark a line of my plan as done."""
    line = next((one for one in plan_of(request.actor, mine(request)) if one.pk == number), None)
    trail = [HOME, (_PLAN, reverse("trainee:plan"))]
    if line is None:
        messages.error(request, "Không có việc này trong kế hoạch của anh/chị.")
        return HttpResponseRedirect(reverse("trainee:plan"))
    if request.method == "POST":
        form = forms.Form(request.POST)
        with acting(form):
            done = close_action(request.actor, line, now=timezone.now())
            words = "Đã ghi là làm xong." if done else "Việc này đã ghi là xong từ trước."
            messages.success(request, words)
        return HttpResponseRedirect(reverse("trainee:plan"))
    return confirm_page(request, "Ghi là đã làm xong?", line.what, button="Đã xong", trail=trail)
