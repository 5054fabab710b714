"""The paper without a script: each question a form, saved by its button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from centre.portal.access import Request, page
from centre.portal.paper.page import files_of, legend, parts
from centre.portal.paper.plain import answer_in, fields
from centre.portal.paper.room import addresses, find, now, own, standing, started
from centre.sittings.presence import Presence, note
from courses.foundation.errors import AnswerError
from courses.widgets import markdown
from courses.widgets.question_view import restored

if TYPE_CHECKING:
    from assessments.forms.form import FormItem
    from centre.portal.paper.page import Part
    from centre.sittings.answering import Paper
    from courses.answer_sheet import SavedAnswer


@page("paper.sit", own)
@require_GET
def paper(request: Request, sitting: str, paper: str) -> HttpResponse:
    """Every question with what was saved of it."""
    if find(request, sitting, paper) is None:
        return HttpResponseRedirect(reverse("paper:paper", args=[sitting, paper]))
    return _show(request, started(request, sitting, paper))


def _show(
    request: Request, found: Paper, typed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page; what was ``typed`` and could not be saved stands in its fields."""
    stand, answers = standing(request.actor, found), found.answers()
    here = Presence("don-gian", found.form.paper, stand.now, answered=len(answers))
    note(found.sitting, found.candidate, here)

    def asked(part: Part) -> list[dict[str, Any]]:
        return [_question(found, n, i, answers.get(i.id), typed or {}) for n, i in part.items]

    shown = [(part, asked(part)) for part in parts(found)]
    at = addresses(found.sitting.code, found.form.paper)
    context = {"paper": found, "stand": stand, "parts": shown, "at": at}
    return render(request, "paper/plain.html", context, status=status)


def _question(
    found: Paper, number: int, item: FormItem, saved: SavedAnswer | None, typed: dict[str, Any]
) -> dict[str, Any]:
    question = found.question(item)
    value = typed.get(item.id, saved.value if saved else None)
    return {
        "item": item,
        "legend": legend(number, item.points),
        "prompt": markdown.block(question.prompt) + files_of(found, item),
        "rule": question.rule(),
        "fields": fields(question, value),
        "revision": saved.revision if saved else 0,
        "note": restored(question, saved),
        "unsaved": item.id in typed,
    }


@page("paper.sit", own)
@require_POST
def save(request: Request, sitting: str, paper: str, item: str) -> HttpResponse:
    """Store one answer that a form sent; what cannot be stored stays in its fields."""
    found = started(request, sitting, paper)
    asked = next((found.question(one) for one in found.form.items if one.id == item), None)
    if asked is None:
        raise Http404
    value, based_on = answer_in(asked, request.POST), request.POST.get("ban", "")
    try:
        found.keep(item, value, int(based_on) if based_on.isdecimal() else -1, now())
    except AnswerError as error:
        words = f"CHƯA LƯU ĐƯỢC: {error.message} Bản vừa gõ vẫn ở trong ô dưới đây."
        messages.error(request, words)
        return _show(request, found, {item: value}, status=409)
    messages.success(request, "Đã lưu.")
    return HttpResponseRedirect(f"{reverse('paper:plain', args=[sitting, paper])}#{item}")
