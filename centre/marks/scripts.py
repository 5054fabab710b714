"""Essays as they were handed in, and the rubrics that they are marked by."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from assessments.bank.rubric import Rubric
from assessments.handing_in.answers import read_answers
from centre.marks.models import RubricCorrection, Seed
from centre.sittings.frozen import thaw
from courses.foundation.errors import CioError, SittingError
from courses.question import InvalidAnswerError
from grading.gradebook.scores import read_scores
from grading.marking.script import Script, code_of
from grading.marking.seeds import SeedScript

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessments.forms.form import Form, FormItem
    from centre.marks.models import Allocation
    from centre.sittings.sitting import Sitting
    from courses.foundation.content import Content


class TextChangedError(SittingError):
    """What a candidate wrote is not what was given to be marked."""

    code = "CIO-410"


def rubrics_of(sitting: Sitting) -> dict[str, Rubric]:
    """The rubrics in force, by item: as frozen with the forms, or as corrected last."""
    found = RubricCorrection.objects.filter(sitting=sitting.record).order_by("number")
    corrected = {one.item: thaw(one.rubric, Rubric) for one in found.select_related("rubric")}
    return sitting.rubrics() | corrected


def scripts(sitting: Sitting) -> list[Script]:
    """Every essay of every graded submission, ordered by item and anonymous code."""
    rubrics, forms = rubrics_of(sitting), sitting.forms()
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
    text = _text(sitting, candidate, form, item)
    code = code_of(form.seed, candidate, item_id)
    return Script(code, candidate, form.code, item, rubrics[item_id], text)


def _text(sitting: Sitting, candidate: str, form: Form, item: FormItem) -> str:
    question = form.variant_for(item, candidate).question
    folder = sitting.course.path("submitted", candidate, form.code)
    try:
        raw = read_answers(folder, item.competency, form.digest).get(item.id)
        return str(question.parse(raw))
    except (InvalidAnswerError, CioError):
        return ""  # what is damaged was named when it was graded; its essay is blank


def digest_of_text(text: str) -> str:
    """SHA-256 (hex) of what is to be read."""
    return hashlib.sha256(text.encode()).hexdigest()


class Reader:
    """Reads allocated scripts one by one: a candidate's from what was handed in, a seed's as kept.

    Nothing of one script stays for the next.
    """

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._forms, self._rubrics = sitting.forms(), rubrics_of(sitting)

    def outline(self, allocation: Allocation) -> Script:
        """The script of one allocation without what was written."""
        candidate = allocation.enrolment.candidate if allocation.enrolment else ""
        form = self._form(allocation, candidate)
        item, rubric = form.item(allocation.item), self._rubrics[allocation.item]
        return Script(allocation.code, candidate, form.code, item, rubric, "")

    def read(self, allocation: Allocation) -> Script:
        """The script of one allocation.

        Raises:
            TextChangedError: when the essay is not any more what was allocated.
        """
        outline = self.outline(allocation)
        if allocation.seed is not None:
            return replace(outline, text=seed_of(allocation.seed).text)
        form, item = self._forms[outline.paper], outline.item
        text = _text(self._sitting, outline.candidate, form, item)
        if digest_of_text(text) != allocation.text:
            raise TextChangedError(
                f"bài {outline.code} câu {item.id} không còn như lúc phân công; báo trưởng ban chấm"
            )
        return replace(outline, text=text)

    def question(self, script: Script) -> Content:
        """What the candidate was asked."""
        form = self._forms[script.paper]
        return form.variant_for(script.item, script.candidate).question

    def _form(self, allocation: Allocation, candidate: str) -> Form:
        asking = [f for f in self._forms.values() if any(i.id == allocation.item for i in f.items)]
        if not candidate:
            return asking[0]
        return self._sitting.form_of(candidate, asking[0].paper, self._forms)


def seed_of(row: Seed) -> SeedScript:
    """A seed as it was frozen."""
    return thaw(row.content, SeedScript)
