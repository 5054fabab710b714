"""Essays waiting for markers: anonymous, in an order that tells nothing about the writer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assessments.handing_in.answers import read_answers
from courses.question import InvalidAnswerError
from grading.gradebook.scores import ManualMark, read_scores, write_marks
from grading.marking.agreement import Agreement, agree
from grading.records.ledger import append_ledger
from grading.records.schema import MarkRecord

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from assessments.bank.rubric import Rubric
    from assessments.forms.form import Form, FormItem
    from grading.sitting import Sitting


@dataclass(frozen=True)
class Script:
    """One essay as a marker meets it: a code instead of a name, and what was written."""

    code: str
    trainee: str
    paper: str
    item: FormItem
    rubric: Rubric
    text: str


@dataclass(frozen=True)
class MarkedScript:
    """One marker's levels (0-3 by criterion id) for one script."""

    code: str
    item_id: str
    levels: dict[str, int]


def scripts(sitting: Sitting) -> list[Script]:
    """Every essay of every graded submission, ordered by its anonymous code."""
    rubrics, forms = sitting.bank().rubrics, sitting.forms()
    scores = read_scores(sitting.course)
    tasks = scores[scores["kind"] == "TaskCell"]
    found = [
        _script(sitting, str(row.student), forms[str(row.assignment)], str(row.cell), rubrics)
        for row in tasks.itertuples()
    ]
    return sorted(found, key=lambda script: (script.item.id, script.code))


def _script(
    sitting: Sitting, trainee: str, form: Form, item_id: str, rubrics: dict[str, Rubric]
) -> Script:
    item = form.item(item_id)
    question = form.variant_for(item, trainee).question
    folder = sitting.course.path("submitted", trainee, form.code)
    raw = read_answers(folder, item.competency, form.digest).get(item_id)
    try:
        text = str(question.parse(raw))
    except InvalidAnswerError:
        text = ""
    # The seed is known to the examiner alone, so a marker cannot compute whose code it is.
    code = hashlib.sha256(f"{form.seed}/{trainee}/{item_id}".encode()).hexdigest()[:8].upper()
    return Script(code, trainee, form.code, item, rubrics[item_id], text)


def record_marks(
    sitting: Sitting, marker: str, marked: Iterable[MarkedScript], now: datetime
) -> int:
    """Store one marker's levels; return how many are new or changed (each is in the ledger)."""
    by_code = {(script.code, script.item.id): script for script in scripts(sitting)}
    changed = 0
    with sitting.records.begin() as session:
        for mark in marked:
            script = by_code[mark.code, mark.item_id]
            stored = session.get(MarkRecord, (script.trainee, mark.item_id, marker))
            if stored is not None and stored.levels == mark.levels:
                continue
            session.merge(
                MarkRecord(
                    trainee_id=script.trainee,
                    item_id=mark.item_id,
                    marker=marker,
                    levels=mark.levels,
                    marked_at=now,
                )
            )
            detail = {"item": mark.item_id, "marker": marker, "levels": mark.levels}
            append_ledger(session, "essay.marked", script.trainee, detail, now)
            changed += 1
    return changed


def agreements(sitting: Sitting, waiting: list[Script]) -> dict[tuple[str, str], Agreement]:
    """Where each essay stands, by trainee and item."""
    levels: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    with sitting.records() as session:
        for mark in session.scalars(select(MarkRecord)):
            levels.setdefault((mark.trainee_id, mark.item_id), {})[mark.marker] = mark.levels
    return {
        (s.trainee, s.item.id): agree(
            levels.get((s.trainee, s.item.id), {}), s.rubric, sitting.settings.marking
        )
        for s in waiting
    }


def disputed(sitting: Sitting, waiting: list[Script]) -> list[Script]:
    """The essays on which the two markers differ too much: the adjudicator's alone."""
    stands = agreements(sitting, waiting)
    return [s for s in waiting if stands[s.trainee, s.item.id].state == "disputed"]


def write_agreed(sitting: Sitting) -> int:
    """Write every agreed mark into the gradebook; return how many changed it."""
    waiting = scripts(sitting)
    stands = agreements(sitting, waiting)
    return write_marks(
        sitting.course,
        [
            ManualMark(s.trainee, s.paper, s.item.competency, s.item.id, float(points))
            for s in waiting
            if (points := stands[s.trainee, s.item.id].points) is not None
        ],
    )
