"""Scores as they would be with a corrected key; the gradebook itself stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assessments.bank.item import Variant, mark
from assessments.forms.form import Drawn
from assessments.handing_in.answers import read_answers
from courses.foundation.errors import AnswerError, DecisionError
from courses.kinds.choice import MultipleChoice, SingleChoice

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

    from assessments.forms.form import Form, FormItem
    from grading.gradebook.course import Course

EVERYONE = "*"
"""In the place of a key: the item was faulty, and whoever sat the paper gets its points."""

_SAME = 1e-9  # points; the gradebook's floats


@dataclass(frozen=True)
class Earlier:
    """What else than a form's own key explains points in the gradebook.

    ``keys`` are by item the corrected keys that have been in force before, ``ruled`` by student
    and item the points that a person gave a nearly right answer. Points that neither these nor
    the form explain are a person's own.
    """

    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ruled: Mapping[tuple[str, str], Collection[float]] = field(default_factory=dict)


NOTHING_EARLIER = Earlier()


def rescored(
    course: Course,
    forms: Mapping[str, Form],
    scores: pd.DataFrame,
    keys: Mapping[str, str],
    earlier: Earlier = NOTHING_EARLIER,
) -> pd.DataFrame:
    """``scores`` (as ``read_scores`` gives them) with the items of ``keys`` marked anew.

    A person's own points stand. What is nearly right by the corrected key is ``pending``. A
    late penalty is the same share of the paper's points as before.

    Args:
        course: whose submissions hold the answers.
        forms: the frozen forms, by code.
        scores: one row a student, notebook and cell.
        keys: by item the right answer: the text of the right option (several separated by
            “|”), a number, accepted short answers, or ``EVERYONE``.
        earlier: what else may have given the points that stand.

    Raises:
        DecisionError: when no form has an item, or it cannot have such a key.
    """
    require_keys(forms, keys)
    found = [_told(_anew(course, forms, row, keys, earlier), row) for row in scores.itertuples()]
    marked = scores.assign(score=[f[0] for f in found], pending=[f[1] for f in found])
    pair = ["student", "assignment"]
    before = scores.groupby(pair)["score"].transform("sum")
    rate = scores.groupby(pair)["penalty"].transform(_sum_of_notebooks(scores)) / before
    by_notebook = marked.groupby([*pair, "notebook"])["score"].transform("sum")
    return marked.assign(penalty=(rate.fillna(0.0) * by_notebook).astype(float))


def moved(
    course: Course,
    forms: Mapping[str, Form],
    scores: pd.DataFrame,
    keys: Mapping[str, str],
    earlier: Earlier,
) -> dict[tuple[str, str], list[str]]:
    """By student and form the items whose points stand as they do by a corrected key alone."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in scores.itertuples():
        one = _anew(course, forms, row, keys, earlier)
        if one is not None and one.points != one.frozen:
            found.setdefault((str(row.student), str(row.assignment)), []).append(str(row.cell))
    return found


@dataclass(frozen=True)
class _Anew:
    """An answer's points by the frozen key and by the corrected one; None waits for a person."""

    frozen: float | None
    points: float | None


def _told(one: _Anew | None, row: Any) -> tuple[float, bool]:
    """Points, and whether a person has still to look."""
    if one is None:
        return float(row.score), bool(row.pending)
    return one.points or 0.0, one.points is None


def _anew(
    course: Course, forms: Mapping[str, Form], row: Any, keys: Mapping[str, str], earlier: Earlier
) -> _Anew | None:
    """How one cell is marked anew; None where it is not, or a person's own points stand."""
    value, form = keys.get(str(row.cell)), forms.get(str(row.assignment))
    if value is None or form is None:
        return None
    student, item = str(row.student), form.item(str(row.cell))
    try:
        folder = course.path("submitted", student, form.code)
        answer = read_answers(folder, item.competency, form.digest).get(item.id)
    except AnswerError:
        return None
    by = [_mark(form, item, student, key, answer) for key in ("", *earlier.keys.get(item.id, ()))]
    explained = [*(one or 0.0 for one in by), *earlier.ruled.get((student, item.id), ())]
    if not row.pending and all(abs(one - float(row.score)) > _SAME for one in explained):
        return None
    return _Anew(by[0], _mark(form, item, student, value, answer))


def _mark(form: Form, item: FormItem, student: str, key: str, answer: Any) -> float | None:
    """The points of an answer by a key, the form's own where it is empty."""
    if key == EVERYONE:
        return float(item.points)
    found = mark(form.variant_for(corrected(item, key) if key else item, student), answer)
    return None if found.near else float(found.points)


def _sum_of_notebooks(scores: pd.DataFrame) -> Any:
    """A notebook's penalty is repeated on each of its rows, and counts once."""
    notebooks = scores["notebook"]

    def total(penalties: pd.Series[float]) -> float:
        return float(penalties.groupby(notebooks.loc[penalties.index]).first().sum())

    return total


def require_keys(forms: Mapping[str, Form], keys: Mapping[str, str]) -> None:
    """Refuse keys of items that no form has, or that an item cannot have.

    Raises:
        DecisionError: naming the item and what it takes.
    """
    items = {item.id: item for form in forms.values() for item in form.items}
    for name, value in keys.items():
        if name not in items:
            raise DecisionError(f"không đề nào của kỳ này có câu {name}")
        if items[name].rubric:
            raise DecisionError(f"câu {name} là câu tự luận, không chấm theo đáp án")
        corrected(items[name], value)


def corrected(item: FormItem, value: str) -> FormItem:
    """The item with ``value`` as the key of each of its variants; with ``EVERYONE`` as it is.

    Raises:
        DecisionError: when it cannot have such a key.
    """
    drawn = [_with_key(item, item.variant(number), value) for number in range(len(item.variants))]
    return item.model_copy(
        update={"variants": tuple(Drawn(question=one.question, key=one.key) for one in drawn)}
    )


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
