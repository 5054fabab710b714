"""Scores as they would be with a corrected key; the gradebook itself stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessments.bank.item import Variant, mark
from assessments.handing_in.answers import read_answers
from courses.foundation.errors import AnswerError, DecisionError
from courses.kinds.choice import MultipleChoice, SingleChoice

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assessments.forms.form import Form, FormItem
    from grading.gradebook.course import Course

EVERYONE = "*"
"""In the place of a key: the item was faulty, and whoever sat the paper gets its points."""

_SAME = 1e-9  # points; the gradebook's floats


def rescored(
    course: Course, forms: Mapping[str, Form], scores: pd.DataFrame, keys: Mapping[str, str]
) -> pd.DataFrame:
    """``scores`` (as ``read_scores`` gives them) with the items of ``keys`` marked anew.

    Where a person has changed a cell's points they stand. A late penalty is the same share of
    the paper's points as before.

    Args:
        course: whose submissions hold the answers.
        forms: the frozen forms, by code.
        scores: one row a student, notebook and cell.
        keys: by item the right answer: the text of the right option (several separated by
            “|”), a number, accepted short answers, or ``EVERYONE``.

    Raises:
        DecisionError: when no form has an item, or it cannot have such a key.
    """
    _require_items(forms, keys)
    found = [_points(course, forms, row, keys) for row in scores.itertuples()]
    corrected = scores.assign(score=found)
    pair = ["student", "assignment"]
    before = scores.groupby(pair)["score"].transform("sum")
    rate = scores.groupby(pair)["penalty"].transform(_sum_of_notebooks(scores)) / before
    by_notebook = corrected.groupby([*pair, "notebook"])["score"].transform("sum")
    return corrected.assign(penalty=(rate.fillna(0.0) * by_notebook).astype(float))


def _sum_of_notebooks(scores: pd.DataFrame) -> Any:
    """A notebook's penalty is repeated on each of its rows, and counts once."""
    notebooks = scores["notebook"]

    def total(penalties: pd.Series[float]) -> float:
        return float(penalties.groupby(notebooks.loc[penalties.index]).first().sum())

    return total


def _require_items(forms: Mapping[str, Form], keys: Mapping[str, str]) -> None:
    items = {item.id: item for form in forms.values() for item in form.items}
    for name, value in keys.items():
        if name not in items:
            raise DecisionError(f"không đề nào của kỳ này có câu {name}")
        if items[name].trial:
            raise DecisionError(f"câu {name} là câu thử nghiệm, không tính điểm")
        if items[name].rubric:
            raise DecisionError(f"câu {name} là câu tự luận, không chấm theo đáp án")
        for number in range(len(items[name].variants)):
            _with_key(items[name], items[name].variant(number), value)


def _points(course: Course, forms: Mapping[str, Form], row: Any, keys: Mapping[str, str]) -> float:
    value, form = keys.get(str(row.cell)), forms.get(str(row.assignment))
    if value is None or form is None or row.pending:
        return float(row.score)
    student, item = str(row.student), form.item(str(row.cell))
    variant = form.variant_for(item, student)
    folder = course.path("submitted", student, form.code)
    try:
        answer = read_answers(folder, item.competency, form.digest).get(item.id)
    except AnswerError:
        return float(row.score)
    if abs(float(mark(variant, answer).points) - float(row.score)) > _SAME:
        return float(row.score)
    if value == EVERYONE:
        return float(item.points)
    return float(mark(_with_key(item, variant, value), answer).points)


def _with_key(item: FormItem, variant: Variant, value: str) -> Variant:
    """The variant with ``value`` as its key."""
    if value == EVERYONE:
        return variant
    told = tuple(part.strip() for part in value.split("|") if part.strip())
    question, kind = variant.question, variant.question.kind
    if isinstance(question, SingleChoice | MultipleChoice):
        ids = {option.text.strip(): option.id for option in question.options}
        missing = [text for text in told if text not in ids]
        if missing or not told or (kind == "single" and len(told) > 1):
            raise DecisionError(
                f"câu {item.id}: đáp án phải là nguyên văn phương án, nhiều phương án cách nhau "
                f"bằng “|”; mọi biến thể phải có phương án đó; không hiểu: {value}"
            )
        told = tuple(sorted(ids[text] for text in told))
    elif kind == "numeric" and len(told) == 1 and len(item.variants) == 1:
        _require_number(item, told[0])
    elif kind != "short":
        raise DecisionError(
            f"câu {item.id}: loại câu này, hoặc câu có nhiều biến thể, chỉ thử được với “*” "
            "(mọi người được trọn điểm)"
        )
    key = variant.key.model_copy(update={"correct": told})
    return Variant(question=question, key=key, points=variant.points)


def _require_number(item: FormItem, text: str) -> None:
    if not text.replace(".", "", 1).replace("-", "", 1).isdigit():
        raise DecisionError(f"câu {item.id}: đáp án phải là số, ví dụ 36.4; không hiểu: {text}")
