"""A corrected answer key, proposed and reviewed by two people who see first who would change."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from assessments.bank.answering import right
from assessments.bank.item import Variant
from centre.accounts.permissions import permitted, require
from centre.database import the_centre
from centre.decisions.answer_keys import (
    corrections,
    points_words,
    preview_key,
    propose_key,
    review_key,
    state_name,
    the_correction,
)
from centre.marks.agreed import write_agreed
from centre.marks.keys import key_of, keys_in_force
from centre.portal.access import Request, page
from centre.portal.marker.key_forms import ItemForm, KeyForm, ProposeForm, ReviewForm, key_words
from centre.portal.marker.lead import trail as lead_trail
from centre.portal.pages import form_page
from centre.portal.said import acting
from centre.sittings.sitting import open_sitting
from courses.widgets import markdown
from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessments.forms.form import FormItem
    from centre.decisions.answer_keys import KeyPreview
    from centre.marks.models import KeyCorrection
    from centre.sittings.sitting import Sitting

Trail = list[tuple[str, str]]
_BADGES = {None: "warn", True: "good", False: "bad"}


def _above(request: Request, sitting: str) -> Trail:
    """Breadcrumbs to the sitting: by the marking for who leads it, else by the sittings."""
    if permitted(request.actor, "marking.oversee"):
        return lead_trail(sitting)
    where = reverse("officer:sitting", args=[sitting])
    return [("Kỳ thi", reverse("officer:sittings")), (sitting, where)]


def _trail(request: Request, sitting: str) -> Trail:
    here = reverse("lead:answer_keys", args=[sitting])
    return [*_above(request, sitting), ("Đính chính đáp án", here)]


@page("answer_key.read")
def listed(request: Request, sitting: str) -> HttpResponse:
    """Every key that was proposed at a sitting, what waits for its review first."""
    opened = open_sitting(the_centre(), sitting)
    context = {
        "sitting": opened,
        "rows": [(one, *_told(one)) for one in corrections(opened)],
        "may_propose": permitted(request.actor, "answer_key.propose"),
        "trail": _above(request, sitting),
    }
    return render(request, "lead/answer_keys.html", context)


def _told(one: KeyCorrection) -> tuple[str, str, str]:
    return key_words(key_of(one)), state_name(one), _BADGES[one.accepted]


def _items(sitting: Sitting) -> dict[str, FormItem]:
    """What is marked by a key, by id: an item may stand on parallel forms."""
    found = {item.id: item for form in sitting.forms().values() for item in form.items}
    return {name: item for name, item in sorted(found.items()) if not item.rubric}


@page("answer_key.propose")
def bring(request: Request, sitting: str) -> HttpResponse:
    """Choose an item, say what its key should be, see who would change, and propose it."""
    opened = open_sitting(the_centre(), sitting)
    items = _items(opened)
    chosen = ItemForm(items, request.GET or None)
    if not chosen.is_valid():
        return form_page(
            *(request, "Đính chính đáp án: chọn câu", chosen),
            button="Chọn câu",
            trail=_trail(request, sitting),
            template="lead/answer_key_item.html",
        )
    item = items[chosen.cleaned_data["cau"]]
    if "ground" in request.POST:
        return _propose(request, opened, item)
    form = KeyForm(item, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(form):
            seen = preview_key(opened, item.id, form.key, timezone.now())
            return _proposal(request, opened, seen, ProposeForm(initial={"key": form.key}))
    return form_page(
        *(request, f"Đính chính đáp án câu {item.id}", form),
        button="Xem trước ai đổi kết quả",
        trail=_trail(request, sitting),
        template="lead/answer_key_form.html",
        asked=_asked(opened, item),
    )


def _asked(sitting: Sitting, item: FormItem) -> list[tuple[str, str]]:
    """Each variant as it was asked, with the key that it is marked by now."""
    corrected = keys_in_force(sitting).get(item.id)
    return [(markdown.block(getattr(one.question, "prompt", "")),
             key_words(corrected) if corrected else _right(one))
            for one in item.variants]  # fmt: skip


def _right(drawn: Any) -> str:
    """The right answer as people read it; every accepted wording where it is one of words."""
    question: Any = drawn.question
    if question.kind == "short":
        return "; ".join(drawn.key.correct)
    answer = right(Variant(question, drawn.key, Decimal(1)))
    return str(question.render(question.parse(answer)))


def _proposal(
    request: Request, sitting: Sitting, seen: KeyPreview, form: ProposeForm
) -> HttpResponse:
    return _shown(request, sitting, seen, form, f"Xem trước đáp án câu {seen.item}", "Đề xuất")


def _shown(
    request: Request,
    sitting: Sitting,
    seen: KeyPreview,
    form: ProposeForm | ReviewForm,
    title: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    return form_page(
        *(request, title, form),
        button=button,
        trail=_trail(request, sitting.code),
        template="lead/answer_key_preview.html",
        seen=seen,
        key=key_words(seen.key),
        rows=list(map(_row, seen.rescored)),
        **more,
    )


def _row(one: Any) -> tuple[str, str, str, str, str, bool]:
    before, after = (STATUS_NAMES[Status(each)] for each in (one.before, one.after))
    points = map(points_words, (one.points_before, one.points_after))
    return (one.candidate, *points, before, after, before != after)


def _propose(request: Request, sitting: Sitting, item: FormItem) -> HttpResponse:
    form = ProposeForm(request.POST)
    key = str(form.data.get("key", ""))
    if form.is_valid():
        with acting(form):
            row = propose_key(
                *(request.actor, sitting, item.id, key, form.cleaned_data["ground"]),
                now=timezone.now(),
            )
            messages.success(request, f"Đã ghi đề xuất số {row.pk}; chờ người khác duyệt.")
            return HttpResponseRedirect(reverse("lead:answer_keys", args=[sitting.code]))
    return _proposal(request, sitting, preview_key(sitting, item.id, key, timezone.now()), form)


@page("answer_key.read")
def one(request: Request, sitting: str, number: int) -> HttpResponse:
    """One proposal: what it changes, for whoever may accept or refuse it; or what became of it."""
    opened = open_sitting(the_centre(), sitting)
    row = the_correction(opened, number)
    if request.method == "POST":
        require(request.actor, "answer_key.review")
        return _review(request, opened, row)
    if row.reviewed_at is not None:
        context = {
            "row": row,
            "told": _told(row),
            "rows": list(_changed(row)),
            "trail": _trail(request, sitting),
        }
        return render(request, "lead/answer_key.html", context)
    return _to_review(request, opened, row, None)


def _changed(row: KeyCorrection) -> Iterator[tuple[str, str, str]]:
    """Whose points were changed when it was accepted, as it was kept then."""
    for one in json.loads(row.changes or "[]"):
        points = points_words(one["points_before"]), points_words(one["points_after"])
        yield one["candidate"], *points


def _to_review(
    request: Request, sitting: Sitting, row: KeyCorrection, form: ReviewForm | None
) -> HttpResponse:
    seen = preview_key(sitting, row.item, key_of(row), timezone.now())
    form = form or ReviewForm(initial={"digest": seen.digest})
    may = permitted(request.actor, "answer_key.review")
    own = row.proposed_by.username == request.actor.id
    title, button = f"Đề xuất số {row.pk}: đáp án câu {row.item}", "Ghi ý kiến"
    more = {"proposal": row, "reviews": may and not own, "own": own}
    return _shown(request, sitting, seen, form, title, button, **more)


def _review(request: Request, sitting: Sitting, row: KeyCorrection) -> HttpResponse:
    form = ReviewForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        accept = told["verdict"] == "nhan"
        with acting(form):
            review_key(
                *(request.actor, sitting, row, told["digest"], told["note"]),
                accept=accept,
                now=timezone.now(),
            )
    if form.errors:
        return _to_review(request, sitting, row, form)
    written = write_agreed(sitting)
    messages.success(request, _outcome(row, written) if accept else "Đã ghi không chấp nhận.")
    return HttpResponseRedirect(reverse("lead:answer_keys", args=[sitting.code]))


def _outcome(row: KeyCorrection, written: int) -> str:
    return (
        f"Đáp án đính chính câu {row.item} có hiệu lực; {written} điểm đổi. Giáo vụ quyết định "
        "lại những người đổi điểm."
    )
