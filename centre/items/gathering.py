"""After a sitting's decisions: what it has shown of each item, kept beside the item.

The marks are those that the decisions rest on. Trial items have no marks: their answers are
marked here by the key frozen with the form.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from assessments.bank.item import mark
from assessments.bank.statistics import Sample, Split
from assessments.forms.form import pick
from centre.decisions.decide import changed_since, latest
from centre.decisions.evidence import annulled_by
from centre.items.models import ItemSample
from centre.ledger.acts import act, door
from centre.reporting.marked import marked_points, saved_answers, seconds_of
from courses.foundation.dates import VIETNAM
from courses.foundation.digests import canonical
from courses.foundation.errors import MeasurementError, SittingError
from courses.question import MultipleChoice, SingleChoice
from grading.certification.decision import Status
from grading.statistics.items import item_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from assessments.forms.form import Form, FormItem
    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting
    from courses.answer_sheet import SavedAnswer


@dataclass(frozen=True)
class Gathered:
    """How many samples a sitting gives, and how many of them are other than they were."""

    samples: int
    changed: int


@door("items.gather")
def gather_items(actor: Actor, sitting: Sitting, *, now: datetime) -> Gathered:
    """Keep what a sitting has shown of every item it asked; again, and only changes are written.

    Raises:
        SittingError: while a candidate is not decided on, or marks are not any more those that
            were decided on, or when the sitting was annulled.
    """
    _require_settled(sitting)
    samples = list(_samples(sitting))
    rows = ItemSample.objects.filter(sitting=sitting.record)
    kept = {(row.form, row.item): row for row in rows}
    changed, new = 0, list[ItemSample]()
    with act(actor, "items.gathered", sitting.code, now) as done:
        for item, sample in samples:
            text = canonical(sample.model_dump(mode="json"))
            row = kept.get((sample.form, item))
            if row is None:
                new.append(_row(sitting, item, sample, text, now))
            elif row.content != text:
                changed += done.change(row, content=text, gathered_at=now)
        done.insert(*new)
    return Gathered(len(samples), changed + len(new))


def _require_settled(sitting: Sitting) -> None:
    if (authority := annulled_by(sitting)) is not None:
        raise SittingError(f"kết quả kỳ {sitting.code} đã bị huỷ ({authority}), không làm số liệu")
    if waiting := changed_since(sitting):
        raise SittingError(
            f"{len(waiting)} thí sinh chưa có quyết định theo điểm hiện nay; chạy cio decide "
            f"--sitting {sitting.code} trước"
        )


def _row(sitting: Sitting, item: str, sample: Sample, text: str, now: datetime) -> ItemSample:
    return ItemSample(
        sitting=sitting.record,
        form=sample.form,
        item=item,
        version=sample.version,
        content=text,
        gathered_at=now,
    )


def _samples(sitting: Sitting) -> Iterator[tuple[str, Sample]]:
    """Every item's sample; whose result is invalid is left out."""
    invalid = {
        one.enrolment.candidate for one in latest(sitting) if one.status == Status.INVALID.value
    }
    for form, points in marked_points(sitting):
        sat = points.drop(index=[who for who in points.index if who in invalid])
        saved = {str(who): saved_answers(sitting, form, str(who)) for who in sat.index}
        for item in form.items:
            column = _tried(form, item, saved) if item.trial else sat[item.id]
            yield item.id, _sample(sitting, form, item, column, sat, saved)


def _tried(form: Form, item: FormItem, saved: Mapping[str, Mapping[str, SavedAnswer]]) -> Any:
    """Marks of a trial item, in points, by its frozen key."""
    points = {
        who: float(mark(form.variant_for(item, who), _value(answers, item)).points)
        for who, answers in saved.items()
    }
    return pd.Series(points, dtype=float)


def _value(answers: Mapping[str, SavedAnswer], item: FormItem) -> Any:
    return answers[item.id].value if item.id in answers else None


def _sample(
    sitting: Sitting,
    form: Form,
    item: FormItem,
    points: pd.Series[float],
    sat: pd.DataFrame,
    saved: Mapping[str, Mapping[str, SavedAnswer]],
) -> Sample:
    shares = (points / float(item.points)).dropna()
    times = [told[item.id] for told in map(seconds_of, saved.values()) if item.id in told]
    return Sample(
        sitting=sitting.code,
        on=sitting.record.closes.astimezone(VIETNAM).date(),
        form=form.code,
        version=item.version,
        scored=not item.trial,
        answers=len(shares),
        share=_mean(shares),
        item_rest=_item_rest(item, points, sat),
        seconds=round(float(pd.Series(times).median()), 1) if times else None,
        options=_chosen(form, item, saved),
        variants=_by_variant(form, item, shares),
    )


def _mean(shares: pd.Series[float]) -> float | None:
    return round(float(shares.mean()), 4) if len(shares) else None


def _item_rest(item: FormItem, points: pd.Series[float], sat: pd.DataFrame) -> float | None:
    """The corrected item-total correlation: with the points of all other items that count."""
    others = [name for name in sat.columns if name != item.id]
    rest = sat[others].sum(axis=1, skipna=False)
    most = {"item": float(item.points), "rest": float("inf")}
    try:
        return item_table(pd.DataFrame({"item": points, "rest": rest}), most)[0].item_rest
    except MeasurementError:
        return None


def _chosen(
    form: Form, item: FormItem, saved: Mapping[str, Mapping[str, SavedAnswer]]
) -> dict[str, int]:
    """How often each option was chosen, by its text: variants differ in letters."""
    counts: Counter[str] = Counter()
    for who, answers in saved.items():
        question, value = form.variant_for(item, who).question, _value(answers, item)
        if isinstance(question, SingleChoice | MultipleChoice):
            ticked = value if isinstance(value, list) else [value]
            texts = {option.id: option.text for option in question.options}
            counts.update(texts[one] for one in map(str, ticked) if one in texts)
    return dict(sorted(counts.items()))


def _by_variant(form: Form, item: FormItem, shares: pd.Series[float]) -> dict[str, Split]:
    if len(item.variants) == 1 or shares.empty:
        return {}
    number = {who: pick(form.seed, str(who), item.id, len(item.variants)) for who in shares.index}
    groups = shares.groupby(pd.Series(number))
    return {
        str(variant): Split(answers=len(group), share=_mean(group)) for variant, group in groups
    }
