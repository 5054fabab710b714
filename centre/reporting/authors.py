"""The report on items for their authors, with what earlier sittings showed of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.items.known import known_items
from centre.reporting.letterhead import letterhead
from centre.reporting.marked import marked_forms
from centre.reporting.publishing import Edition
from centre.sittings.models import SittingRecord
from centre.sittings.sitting import Sitting
from grading.reports.items import Before, ItemsInput, items_report
from grading.statistics.gates import ITEM_FLAG

if TYPE_CHECKING:
    from datetime import datetime

    from assessments.bank.statistics import Sample
    from centre.accounts.actors import Actor
    from grading.reports.items import FormData


def items_edition(actor: Actor, sitting: Sitting, now: datetime) -> Edition:
    """The report on the items of a sitting.

    Raises:
        DeniedError: when the actor may not see items with their keys.
    """
    require(actor, "report.items")
    forms = marked_forms(sitting)
    told = ItemsInput(
        letterhead(sitting.centre, now, ("Ban đề thi", "Lưu: hồ sơ đề thi"), numbered=False),
        sitting.record.name,
        forms,
        _before(sitting, {asked.id for form in forms for asked in form.asked}),
        _gathered(sitting),
    )
    return Edition(items_report(told), sitting.code, "items")


def _gathered(sitting: Sitting) -> dict[str, tuple[Sample, ...]]:
    """What was kept of this sitting's items."""
    of_it = {
        item: tuple(one for one in known.samples if one.sitting == sitting.code)
        for item, known in known_items().items()
    }
    return {item: samples for item, samples in of_it.items() if samples}


def _before(sitting: Sitting, wanted: set[str]) -> dict[str, tuple[Before, ...]]:
    """What sittings of the track that closed earlier showed, oldest first."""
    record = sitting.record
    earlier = SittingRecord.objects.filter(track=record.track_id, closes__lt=record.closes)
    found: defaultdict[str, list[Before]] = defaultdict(list)
    for one in earlier.order_by("closes"):
        opened = Sitting(sitting.centre, one)
        shared = {item.id for form in opened.forms().values() for item in form.items} & wanted
        for form in marked_forms(opened) if shared else ():
            for item, told in _shown(one.name, form, shared):
                found[item].append(told)
    return {item: tuple(told) for item, told in found.items()}


def _shown(name: str, form: FormData, shared: set[str]) -> list[tuple[str, Before]]:
    told = []
    for asked in form.asked:
        marks = form.scores[asked.id].dropna()
        if asked.id in shared and len(marks) >= ITEM_FLAG:
            share = float(marks.mean() / asked.points)
            told.append((asked.id, Before(f"{name}, đề {form.code}", len(marks), share)))
    return told
