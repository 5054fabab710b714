"""The marks of a sitting's forms, person by item, as the statistics take them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from assessments.handing_in.answers import answers_path
from centre.marks.keys import keys_in_force
from courses.answer_sheet import read_sheet
from courses.foundation.errors import AnswerError
from courses.question import SingleChoice
from grading.gradebook.scores import read_scores
from grading.papers.rekeying import corrected
from grading.reports.items import Asked, FormData

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessments.forms.form import Form, FormItem
    from centre.sittings.sitting import Sitting
    from courses.answer_sheet import SavedAnswer


def marked_forms(sitting: Sitting) -> tuple[FormData, ...]:
    """Every form with the marks of whoever sat it; what waits for a person is no mark yet."""
    scores = read_scores(sitting.course)
    scores = scores.assign(score=scores["score"].mask(scores["pending"]))
    keys = keys_in_force(sitting)
    return tuple(
        _form(sitting, form, scores[scores["assignment"] == code], keys)
        for code, form in sitting.forms().items()
    )


def _form(sitting: Sitting, form: Form, rows: pd.DataFrame, keys: Mapping[str, str]) -> FormData:
    items = [item.id for item in form.items]
    wide = rows.set_index(["student", "cell"])["score"].unstack()  # noqa: PD010 - no aggregate
    wide = wide.reindex(columns=items).astype(float)
    saved = {str(who): _saved(sitting, form, str(who)) for who in wide.index}
    return FormData(
        code=form.code,
        scores=wide,
        answers=_frame(form, {who: _labels(form, who, told) for who, told in saved.items()}),
        seconds=_frame(form, {who: _seconds(told) for who, told in saved.items()}),
        asked=tuple(_asked(_by_key(item, keys)) for item in form.items),
    )


def _frame(form: Form, rows: dict[str, dict[str, Any]]) -> pd.DataFrame:
    items = [item.id for item in form.items]
    return pd.DataFrame.from_dict(rows, orient="index").reindex(columns=items)


def _saved(sitting: Sitting, form: Form, candidate: str) -> dict[str, SavedAnswer]:
    """What a candidate's answers files hold; a damaged one, or another form's, holds nothing."""
    folder = sitting.course.path("submitted", candidate, form.code)
    found: dict[str, SavedAnswer] = {}
    for competency in form.competencies:
        path = answers_path(folder, competency)
        try:
            sheet = read_sheet(path) if not path.is_symlink() else None
        except AnswerError:
            continue
        if sheet is not None and sheet.subject == form.digest:
            found |= sheet.answers
    return found


def _labels(form: Form, candidate: str, saved: dict[str, SavedAnswer]) -> dict[str, str]:
    """The text of the option chosen, for items in which one is; variants differ in letters."""
    found: dict[str, str] = {}
    for item in form.items:
        question = form.variant_for(item, candidate).question
        if item.id in saved and isinstance(question, SingleChoice):
            texts = {option.id: option.text for option in question.options}
            label = texts.get(str(saved[item.id].value))
            found |= {item.id: label} if label else {}
    return found


def _seconds(saved: dict[str, SavedAnswer]) -> dict[str, float]:
    """Between one answer's last saving and the next: what the files tell of time, no more."""
    times: list[tuple[datetime, str]] = sorted((one.saved_at, item) for item, one in saved.items())
    return {
        item: (at - before).total_seconds()
        for (before, _), (at, item) in pairwise(times)
        if at > before
    }


def _by_key(item: FormItem, keys: Mapping[str, str]) -> FormItem:
    """The item with the key in force."""
    return corrected(item, keys[item.id]) if item.id in keys else item


def _asked(item: FormItem) -> Asked:
    drawn = item.variants[0]
    question = drawn.question
    right: tuple[str, ...] = ()
    if isinstance(question, SingleChoice):
        texts = [
            option.text
            for one in item.variants
            for option in getattr(one.question, "options", ())
            if option.id in one.key.correct
        ]
        right = tuple(dict.fromkeys(texts))
    return Asked(item.id, item.competency, question.prompt, float(item.points), right)
