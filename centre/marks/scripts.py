"""Essays waiting for markers, what markers have said, and the points agreed."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.bank.rubric import TOP_LEVEL
from assessments.handing_in.answers import read_answers
from centre.ledger.acts import act, door
from centre.marks.models import Mark
from centre.marks.rulings import ruled_marks
from courses.foundation.digests import canonical
from courses.foundation.errors import CioError, SittingError
from courses.question import InvalidAnswerError
from grading.gradebook.scores import ManualMark, read_scores, write_marks
from grading.marking.agreement import PAIR, Agreement, Pairing, agree
from grading.marking.script import MarkedScript, Script, code_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from assessments.bank.rubric import Rubric
    from assessments.forms.form import Form
    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting

Levels = dict[str, dict[str, int]]
"""By marker, the level of each criterion, as last said."""


def pairing_of(sitting: Sitting) -> Pairing:
    """Who marks at this sitting, and the tolerance."""
    marking = sitting.settings.marking
    return Pairing(marking.markers, marking.adjudicator, marking.tolerance)


def scripts(sitting: Sitting) -> list[Script]:
    """Every essay of every graded submission, ordered by item and anonymous code."""
    rubrics, forms = sitting.rubrics(), sitting.forms()
    scores = read_scores(sitting.course)
    tasks = scores[scores["kind"] == "TaskCell"]
    found = [
        _script(sitting, str(row.student), forms[str(row.assignment)], str(row.cell), rubrics)
        for row in tasks.itertuples()
        if str(row.assignment) in forms
    ]
    return sorted(found, key=lambda script: (script.item.id, script.code))


def _script(
    sitting: Sitting, candidate: str, form: Form, item_id: str, rubrics: Mapping[str, Rubric]
) -> Script:
    item = form.item(item_id)
    question = form.variant_for(item, candidate).question
    folder = sitting.course.path("submitted", candidate, form.code)
    try:
        raw = read_answers(folder, item.competency, form.digest).get(item_id)
        text = str(question.parse(raw))
    except (InvalidAnswerError, CioError):
        text = ""  # what is damaged was named when it was graded; its essay is blank
    code = code_of(form.seed, candidate, item_id)
    return Script(code, candidate, form.code, item, rubrics[item_id], text)


@dataclass(frozen=True)
class Recorded:
    """What recording came to: new or changed marks, and scripts whose marks are closed."""

    changed: int
    closed: list[str]


def _whose(_sitting: Sitting, marker: str, *_rest: object, **_options: object) -> str:
    return marker


@door("script.mark", _whose)
def record_marks(
    actor: Actor,
    sitting: Sitting,
    marker: str,
    marked: Iterable[MarkedScript],
    *,
    now: datetime,
) -> Recorded:
    """Store one marker's levels; a script's are closed once both markers have spoken.

    Raises:
        SittingError: when the marker is none of this sitting's, a script is not its own, or
            levels are not one from 0 to 3 for each criterion.
    """
    pairing = pairing_of(sitting)
    if marker not in (*pairing.markers, pairing.adjudicator):
        known = ", ".join((*pairing.markers, pairing.adjudicator))
        raise SittingError(f"không có giám khảo {marker}; kỳ này có {known}")
    by_code = {(script.code, script.item.id): script for script in scripts(sitting)}
    said, numbers = levels_of(sitting), _numbers(sitting)
    changed, closed = 0, []
    for mark in marked:
        script = by_code.get((mark.code, mark.item_id))
        if script is None:
            raise SittingError(f"không có mã bài {mark.code} ở câu {mark.item_id}")
        _require_levels(script, mark)
        levels = said[script.candidate, mark.item_id]
        before = levels.get(marker)
        if before == mark.levels:
            continue
        if before is not None and _complete(levels, pairing, marker):
            closed.append(mark.code)
            continue
        row = Mark(
            enrolment_id=numbers[script.candidate],
            item=mark.item_id,
            marker=marker,
            revision=_next(numbers[script.candidate], mark.item_id, marker) if before else 1,
            levels=canonical(mark.levels),
            marked_at=now,
        )
        with act(actor, "essay.marked", f"{sitting.code}/{script.candidate}", now) as done:
            done.insert(row)
        changed += 1
    return Recorded(changed, closed)


def _require_levels(script: Script, mark: MarkedScript) -> None:
    criteria = {criterion.id for criterion in script.rubric.criteria}
    if set(mark.levels) != criteria or not set(mark.levels.values()) <= set(range(TOP_LEVEL + 1)):
        raise SittingError(f"bài {mark.code}: mỗi tiêu chí cần đúng một mức từ 0 đến {TOP_LEVEL}")


def _complete(levels: Levels, pairing: Pairing, marker: str) -> bool:
    """Whether the marking of an essay has gone on from this marker's word."""
    both = sum(one in levels for one in pairing.markers) == PAIR
    return marker == pairing.adjudicator or both


def _next(enrolment: int, item: str, marker: str) -> int:
    return Mark.objects.filter(enrolment=enrolment, item=item, marker=marker).count() + 1


def _numbers(sitting: Sitting) -> dict[str, int]:
    return dict(sitting.record.enrolments.values_list("candidate", "pk"))


def levels_of(sitting: Sitting) -> defaultdict[tuple[str, str], Levels]:
    """By candidate and item what each marker has said last."""
    found: defaultdict[tuple[str, str], Levels] = defaultdict(dict)
    rows = Mark.objects.filter(enrolment__sitting=sitting.record).order_by("revision")
    values = rows.values_list("enrolment__candidate", "item", "marker", "levels")
    for candidate, item, marker, levels in values:
        found[candidate, item][marker] = json.loads(levels)
    return found


def agreements(sitting: Sitting, waiting: list[Script]) -> dict[tuple[str, str], Agreement]:
    """Where each essay stands, by candidate and item."""
    said, pairing = levels_of(sitting), pairing_of(sitting)
    return {
        (s.candidate, s.item.id): agree(said[s.candidate, s.item.id], s.rubric, pairing)
        for s in waiting
    }


def disputed(sitting: Sitting, waiting: list[Script]) -> list[Script]:
    """The essays on which the two markers differ too much: the adjudicator's alone."""
    stands = agreements(sitting, waiting)
    return [s for s in waiting if stands[s.candidate, s.item.id].state == "disputed"]


def write_agreed(sitting: Sitting) -> int:
    """Write every agreed mark and every ruling into the gradebook; return how many changed it.

    Not a door: the gradebook repeats what the records say, as often as it is asked to.
    """
    waiting = scripts(sitting)
    stands = agreements(sitting, waiting)
    agreed = [
        ManualMark(s.candidate, s.paper, s.item.competency, s.item.id, float(points))
        for s in waiting
        if (points := stands[s.candidate, s.item.id].points) is not None
    ]
    return write_marks(sitting.course, [*agreed, *ruled_marks(sitting)])
