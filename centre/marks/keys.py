"""Corrected answer keys: which are in force, and what they make of what was handed in."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from centre.marks.models import KeyCorrection, Ruling
from centre.sittings.frozen import thaw
from courses.foundation.content import Content
from grading.gradebook.scores import ManualMark, read_scores
from grading.papers.rekeying import Earlier, corrected, moved, rescored

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assessments.bank.item import Variant
    from assessments.forms.form import Form, FormItem
    from centre.sittings.sitting import Sitting


class AnswerKey(Content):
    """A corrected key as it is frozen: of which item, and as ``rescored`` takes it."""

    item: str
    key: str


def key_of(correction: KeyCorrection) -> str:
    """The key of a correction as it was frozen."""
    return thaw(correction.key, AnswerKey).key


def accepted(sitting: Sitting) -> list[KeyCorrection]:
    """Every corrected key that has been in force, in order."""
    found = KeyCorrection.objects.filter(sitting=sitting.record, accepted=True)
    return list(found.select_related("key").order_by("reviewed_at", "pk"))


def in_force(sitting: Sitting) -> dict[str, KeyCorrection]:
    """The correction in force, by item; of other items the frozen forms' own keys are."""
    return {one.item: one for one in accepted(sitting)}


def keys_in_force(sitting: Sitting) -> dict[str, str]:
    """The corrected key in force, by item."""
    return {item: key_of(one) for item, one in in_force(sitting).items()}


def variant_now(form: Form, item: FormItem, candidate: str, keys: Mapping[str, str]) -> Variant:
    """What a candidate was asked, with the key in force."""
    key = keys.get(item.id)
    return form.variant_for(corrected(item, key) if key else item, candidate)


def earlier(sitting: Sitting) -> Earlier:
    """What else than the forms' own keys has given points at this sitting."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for one in accepted(sitting):
        keys[one.item].append(key_of(one))
    points = {item.id: item.points for form in sitting.forms().values() for item in form.items}
    ruled: defaultdict[tuple[str, str], set[float]] = defaultdict(set)
    rulings = Ruling.objects.filter(enrolment__sitting=sitting.record)
    for who, item, share in rulings.values_list("enrolment__candidate", "item", "share"):
        if item in points:
            ruled[who, item].add(float(points[item] * Decimal(share)))
    return Earlier(dict(keys), dict(ruled))


def rekeyed(sitting: Sitting, scores: pd.DataFrame, keys: Mapping[str, str]) -> pd.DataFrame:
    """``scores`` as they would be if ``keys`` were in force, by item."""
    return rescored(sitting.course, sitting.forms(), scores, keys, earlier(sitting))


def rekeyed_marks(sitting: Sitting) -> list[ManualMark]:
    """What corrected keys make of marks that are not by them yet, as the gradebook takes it.

    The automatic mark by the form's own key stays in the gradebook beside it.
    """
    keys = keys_in_force(sitting)
    if not keys:
        return []
    scores = read_scores(sitting.course)
    after = rekeyed(sitting, scores, keys)
    return [_mark(row) for row in after[differing(scores, after)].itertuples()]


def differing(one: pd.DataFrame, other: pd.DataFrame) -> pd.Series[bool]:
    """Which rows of the same marks differ; what waits for a person has no points to differ in."""
    points = [each["score"].mask(each["pending"]).fillna(-1.0) for each in (one, other)]
    return points[0] != points[1]


def _mark(row: Any) -> ManualMark:
    points = None if row.pending else float(row.score)
    where = str(row.student), str(row.assignment), str(row.notebook), str(row.cell)
    return ManualMark(*where, points)


def keys_used(sitting: Sitting, scores: pd.DataFrame) -> dict[tuple[str, str], tuple[str, ...]]:
    """By candidate and form the digests of the corrected keys that some points stand by."""
    corrections = in_force(sitting)
    if not corrections:
        return {}
    keys = {item: key_of(one) for item, one in corrections.items()}
    found = moved(sitting.course, sitting.forms(), scores, keys, earlier(sitting))
    return {
        where: tuple(sorted(corrections[item].key_id for item in items))
        for where, items in found.items()
    }
