"""What comes back from the lessons, and the test before the course: forms without a script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centre.database import the_centre
from centre.learning.placement import codes, place, presented, questions_on, shares_of
from centre.learning.progress import progress_of, read_answers
from centre.learning.review import answer, due, recalled
from centre.portal.access import Request, page
from centre.portal.paper.plain import answer_in, fields
from centre.portal.trainee.own import HOME, mine, own
from courses.foundation.errors import CioError, DeniedError
from courses.lesson_copy import before
from courses.placement import MINUTES, path
from courses.review import INTERVAL, TIMES
from courses.widgets import markdown
from courses.widgets.question_view import feedback

if TYPE_CHECKING:
    from django.http import QueryDict

    from centre.learning.review import Recalled

_REVIEW = ("Ôn tập", "/hoc-vien/on-tap/")


def _recalled(request: Request) -> list[Recalled]:
    return recalled(request.actor, the_centre(), request.user.pk, mine(request))


def due_now(request: Request) -> list[Recalled]:
    """What is to be answered today."""
    return due(_recalled(request), timezone.localdate())


@page("own.read", own)
def review(request: Request) -> HttpResponse:
    """The next question that is due, or when the next one will be."""
    found = _recalled(request)
    waiting = due(found, timezone.localdate())
    context = {
        "waiting": waiting,
        "later": [one for one in found if one.recall.due_on and one not in waiting],
        "held": sum(one.recall.due_on is None for one in found),
        "days": INTERVAL.days,
        "times": TIMES,
        "trail": [HOME],
    }
    if waiting:
        context |= _shown(request, waiting[0], None)
    return render(request, "trainee/review.html", context)


def _shown(request: Request, item: Recalled, value: Any) -> dict[str, Any]:
    """A question as a form, with what its lesson says before it."""
    question, _ = item.presented(item.times)
    answers = read_answers(the_centre(), request.user.pk, item.lesson)
    return {
        "item": item,
        "prompt": markdown.block(question.prompt),
        "rule": question.rule(),
        "fields": fields(question, value),
        "before": before(item.lesson, item.block.name, answers),
    }


@page("review.answer", own)
def answered(request: Request, lesson: str, question: str) -> HttpResponse:
    """Keep an answer, then tell how it stands and when the question comes back."""
    item = next(
        (
            one
            for one in _recalled(request)
            if (one.lesson.path.stem, one.block.name) == (lesson, question)
        ),
        None,
    )
    if item is None:
        messages.error(request, "Câu này không có trong phần ôn tập của anh/chị.")
        return HttpResponseRedirect(reverse("trainee:review"))
    return _answer(request, item) if request.method == "POST" else _told(request, item)


def _answer(request: Request, item: Recalled) -> HttpResponse:
    shown = request.POST.get("lan", "")
    asked, _ = item.presented(item.times)
    value = answer_in(asked, request.POST)
    try:
        with transaction.atomic():
            times = int(shown) if shown.isdecimal() else -1
            answer(request.actor, mine(request), item, value, times, now=timezone.now())
    except DeniedError:
        raise
    except CioError as error:
        context = {"error": error.message, "trail": [HOME, _REVIEW], "waiting": [item]}
        context |= _shown(request, item, value)
        return render(request, "trainee/review.html", context, status=422)
    where = [item.lesson.path.stem, item.block.name]
    return HttpResponseRedirect(reverse("trainee:review_answer", args=where))


def _told(request: Request, item: Recalled) -> HttpResponse:
    if item.row is None or not item.row.answer:
        return HttpResponseRedirect(reverse("trainee:review"))
    question, key = item.presented(item.times - 1)
    value = json.loads(item.row.answer)
    context = {
        "item": item,
        "prompt": markdown.block(question.prompt),
        "said": question.render(question.parse(value)),
        "told": feedback(item.block.body.exercise, question, key, value),
        "waiting": len(due_now(request)),
        "times": TIMES,
        "trail": [HOME, _REVIEW],
    }
    return render(request, "trainee/review_answer.html", context)


@page("own.read", own)
def placement(request: Request) -> HttpResponse:
    """The test before the course, a competency a page; at its end the path it proposes."""
    done = shares_of(request.actor, mine(request))
    left = [code for code in codes() if code not in done]
    if request.method == "POST":
        return _place(request)
    lessons = {one.code: one for one in progress_of(the_centre(), request.user.pk)}
    context: dict[str, Any] = {"done": len(done), "all": len(codes()), "trail": [HOME]}
    if left:
        context |= {
            "lesson": lessons[left[0]],
            "asked": [_question(at, one) for at, one in enumerate(questions_on(left[0]))],
            "minutes": MINUTES * sum(len(questions_on(code)) for code in left),
        }
        return render(request, "trainee/placement.html", context)
    groups = path(done)
    context["groups"] = {
        name: [(lessons[code], done[code] * 100) for code in group]
        for name, group in groups.items()
    }
    return render(request, "trainee/path.html", context)


def _question(at: int, one: Any) -> dict[str, Any]:
    question, _ = presented(one)
    return {
        "number": at + 1,
        "prompt": markdown.block(question.prompt),
        "fields": fields(question, None),
        "prefix": f"cau-{at}",
    }


def _place(request: Request) -> HttpResponse:
    code = request.POST.get("nang-luc", "")
    try:
        asked = questions_on(code)
        values = [
            answer_in(presented(one)[0], _of(request.POST, f"cau-{at}"))
            for at, one in enumerate(asked)
        ]
        with transaction.atomic():
            place(request.actor, mine(request), code, values, now=timezone.now())
    except DeniedError:
        raise
    except CioError as error:
        messages.error(request, error.message)
    return HttpResponseRedirect(reverse("trainee:placement"))


def _of(sent: QueryDict, prefix: str) -> QueryDict:
    """The fields of one of several questions, under the names that one alone would have."""
    own = sent.copy()
    own.clear()
    for name in sent:
        if name.startswith(f"{prefix}-"):
            own.setlist(name.removeprefix(f"{prefix}-"), sent.getlist(name))
    return own
