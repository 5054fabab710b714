"""A marker at work: the queue by question, one script after another."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from centre.accounts.permissions import permitted
from centre.database import the_centre
from centre.marks.agreed import write_one
from centre.marks.desk import desks, next_code, open_script, questions
from centre.marks.marking import record_marks, save_draft
from centre.marks.phrases import phrases
from centre.marks.scripts import TextChangedError
from centre.portal.access import Request, page
from centre.portal.marker.forms import MarkForm, initial
from centre.portal.said import acting
from centre.sittings.sitting import Sitting, open_sitting
from courses.foundation.dates import vietnam_time
from courses.foundation.numerals import vietnamese
from courses.widgets import markdown
from grading.marking.script import MarkedScript

if TYPE_CHECKING:
    from centre.marks.desk import Opened, Question
    from centre.marks.marking import Recorded

TRAIL = [("Chấm bài", "/cham-bai/")]
_STANDINGS = {
    "qualifying": ("chấm bài chuẩn trước", "warn"),
    "ready": ("được chấm", "good"),
    "stopped": ("đang dừng, chờ trưởng ban chấm", "bad"),
}
_DAY = 86_400  # seconds; a page that was open for longer tells nothing of how long reading took


def own(request: Request, *_args: Any, **_options: Any) -> str:
    """A marker's desk is the marker's own."""
    return request.actor.id


@page("script.mark", own)
def desk(request: Request) -> HttpResponse:
    """My queues, question by question, with how far I am."""
    found = [open_sitting(the_centre(), code) for code in desks(request.actor, request.actor.id)]
    shown = [
        (one, [_shown(each) for each in questions(request.actor, one, request.actor.id)])
        for one in found
    ]
    return render(request, "marker/desk.html", {"sittings": shown})


def _shown(question: Question) -> dict[str, Any]:
    words, badge = _STANDINGS[question.standing]
    done, left = len(question.done), len(question.waiting) + len(question.handed)
    can = bool(question.waiting) and question.standing != "stopped"
    return {
        "question": question,
        "words": words,
        "badge": badge,
        "done": done,
        "total": done + left,
        "can": can,
    }


@page("script.mark", own)
def go_on(request: Request, sitting: str, item: str) -> HttpResponse:
    """The next script of a question, or back to the desk when there is none."""
    opened = open_sitting(the_centre(), sitting)
    return to_next(request, opened, item)


def to_next(request: Request, sitting: Sitting, item: str) -> HttpResponse:
    """Where a marker goes on."""
    code = next_code(request.actor, sitting, request.actor.id, item)
    if code is None:
        messages.info(request, f"Câu {item}: hiện không còn bài chờ anh/chị chấm.")
        return HttpResponseRedirect(reverse("marker:desk"))
    return HttpResponseRedirect(reverse("marker:script", args=[sitting.code, item, code]))


@never_cache
@page("script.mark", own)
def script(request: Request, sitting: str, item: str, code: str) -> HttpResponse:
    """One script and its rubric side by side; what is saved leads on to the next script."""
    at = open_sitting(the_centre(), sitting)
    try:
        opened = open_script(request.actor, at, request.actor.id, item, code)
    except TextChangedError as error:
        told = {"sitting": at, "item": item, "code": code, "error": error, "trail": TRAIL}
        return render(request, "marker/changed.html", told, status=409)
    bank = phrases(request.actor, at, request.actor.id, opened.script.rubric)
    if request.method != "POST":
        told = initial(opened.levels, opened.comment)
        return _page(request, at, opened, MarkForm(opened.script.rubric, initial=told, bank=bank))
    form = MarkForm(opened.script.rubric, request.POST, bank=bank)
    if form.is_valid():
        with acting(form):
            kept = _record(request, at, opened, form)
            _say(request, opened, form, kept)
            return to_next(request, at, item)
    return _page(request, at, opened, form)


def _record(request: Request, sitting: Sitting, opened: Opened, form: MarkForm) -> Recorded:
    now = timezone.now()
    mark = MarkedScript(
        opened.script.code,
        opened.script.item.id,
        form.levels,
        form.cleaned_data["comment"],
        _seconds(request.POST.get("tu", ""), now),
    )
    kept = record_marks(request.actor, sitting, request.actor.id, [mark], now=now)
    if kept.changed and opened.enrolment is not None:
        repeat = partial(write_one, sitting, opened.enrolment, opened.script.item.id)
        transaction.on_commit(repeat, robust=True)  # if it fails, deciding repeats all of them
    return kept


def _seconds(since: str, now: datetime) -> int | None:
    """How long the page was open, by what it was given when it was; None when that is not so."""
    try:
        began = datetime.fromisoformat(signing.loads(since, max_age=_DAY))
    except signing.BadSignature:
        return None
    return max(0, round((now - began).total_seconds()))


def _say(request: Request, opened: Opened, form: MarkForm, kept: Recorded) -> None:
    """What became of it, exactly."""
    code = opened.script.code
    if code in kept.closed:
        messages.warning(request, f"Bài {code} đã khoá vì lượt chấm khác đã có; điểm giữ như cũ.")
    elif code in kept.not_yet:
        messages.warning(request, f"Bài {code} chưa được ghi: câu này đang chờ trưởng ban chấm.")
    elif not kept.changed:
        messages.info(request, f"Bài {code}: các mức không đổi so với lần đã lưu.")
    else:
        points = vietnamese(float(opened.script.rubric.score(form.levels)), digits=2)
        of = vietnamese(float(opened.script.rubric.points), digits=0)
        messages.success(request, f"Đã lưu bài {code}: {points}/{of} điểm.")
    for item in kept.stopped:
        messages.warning(
            request, f"Câu {item}: lệch bài chuẩn quá mức; việc chấm dừng, chờ trưởng ban chấm."
        )


def _page(request: Request, sitting: Sitting, opened: Opened, form: MarkForm) -> HttpResponse:
    now = timezone.now()
    prompt = getattr(opened.question, "prompt", "")
    context = {
        "sitting": sitting,
        "opened": opened,
        "form": form,
        "prompt": markdown.block(prompt),
        "blank": not opened.script.text.strip(),
        "since": signing.dumps(now.isoformat()),
        "now": now,
        "may_draft": permitted(request.actor, "script.draft", request.actor.id),
        "trail": TRAIL,
    }
    return render(request, "marker/script.html", context, status=422 if form.errors else 200)


@page("script.draft", own)
@require_POST
def draft(request: Request, sitting: str, item: str, code: str) -> HttpResponse:
    """Keep what is chosen so far, and say when it was kept."""
    at = open_sitting(the_centre(), sitting)
    opened = open_script(request.actor, at, request.actor.id, item, code)
    bank = phrases(request.actor, at, request.actor.id, opened.script.rubric)
    form = MarkForm(opened.script.rubric, request.POST, bank=bank, draft=True)
    if not form.is_valid():
        return _page(request, at, opened, form)
    with transaction.atomic():
        kept = save_draft(
            *(request.actor, at, request.actor.id, item, code, form.levels),
            comment=form.cleaned_data["comment"],
            now=timezone.now(),
        )
    words = f"Đã giữ bản nháp lúc {vietnam_time(kept)}."
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"words": words})
    messages.success(request, words)
    return HttpResponseRedirect(reverse("marker:script", args=[sitting, item, code]))
