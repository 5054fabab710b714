"""A paper as its page takes it: the same view of each question as a notebook has."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from centre.portal.paper.room import told
from centre.sittings.emergency import public_key, ticket
from courses.foundation.digests import digest_of
from courses.widgets.question_view import restored, view

if TYPE_CHECKING:
    from decimal import Decimal

    from assessments.forms.form import FormItem
    from centre.sittings.answering import Paper, Standing


@dataclass(frozen=True)
class Part:
    """One competency of a paper: its items with their numbers over the whole paper."""

    competency: str
    number: int
    items: list[tuple[int, FormItem]]


def parts(paper: Paper) -> list[Part]:
    """The parts of a paper, its questions numbered through."""
    made, number = [], 0
    for place, competency in enumerate(paper.form.competencies, start=1):
        items = list(enumerate(paper.form.of(competency), start=number + 1))
        number += len(items)
        made.append(Part(competency, place, items))
    return made


def legend(number: int, points: Decimal) -> str:
    """What a question is headed with."""
    return f"Câu {number} ({points.normalize():f} điểm)".replace(".", ",")


def page_data(paper: Paper, stand: Standing) -> dict[str, Any]:
    """All that the script of the page is told."""
    answers, flags = paper.answers(), paper.flags()
    questions = [
        {
            **view(paper.question(item), legend(number, item.points)),
            **restored(paper.question(item), answers.get(item.id)),
            "number": number,
            "flagged": item.id in flags,
            "draft_key": digest_of([str(paper.delivery.pk), paper.candidate, item.id]),
        }
        for part in parts(paper)
        for number, item in part.items
    ]
    for question, item in zip(questions, paper.form.items, strict=True):
        question["prompt"] += files_of(paper, item)
    return {
        "candidate": paper.candidate,
        "questions": questions,
        "standing": told(stand),
        "key": public_key(paper.sitting.centre, paper.sitting.code),
        "ticket": ticket(paper.delivery),
        "name": f"khan-cap-{paper.candidate}-{paper.form.code}.json",
    }


def files_of(paper: Paper, item: FormItem) -> str:
    """Links to the data files of a task."""
    sitting, code = paper.sitting.code, paper.form.paper
    links = [
        f'<li><a href="{reverse("paper:data_file", args=[sitting, code, item.id, file.name])}" '
        f"download>{escape(file.name)}</a></li>"
        for file in getattr(paper.question(item), "files", ())
    ]
    return f"<p>Tệp dữ liệu:</p><ul>{''.join(links)}</ul>" if links else ""
