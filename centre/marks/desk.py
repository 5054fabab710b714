"""What a marker sees: their queue by item, the next script, one script to be marked."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.marks.agreed import said
from centre.marks.models import Allocation, Aside, Draft, SeedMark
from centre.marks.panel import allocated
from centre.marks.queues import QUALIFYING
from centre.marks.scripts import Reader, TextChangedError
from centre.marks.trials import standings
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting
    from courses.foundation.content import Content
    from grading.marking.script import Script
    from grading.marking.seeds import Standing


@dataclass(frozen=True)
class Question:
    """One item of a marker's queue; nothing tells seeds from scripts.

    ``waiting`` holds codes in the order they come, those put off last; ``handed`` those the
    lead has.
    """

    item: str
    standing: Standing
    done: tuple[str, ...]
    waiting: tuple[str, ...]
    handed: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """A script on a marker's desk: ``number`` of ``total``, what was asked, what was written.

    ``levels`` and ``comment`` are the marker's own last word (``given``), or the draft kept
    at ``drafted_at``; never anybody else's. ``enrolment`` is whose script it is, None for a seed.
    """

    script: Script
    enrolment: int | None
    question: Content
    number: int
    total: int
    levels: dict[str, int]
    comment: str
    given: bool
    drafted_at: datetime | None


def desks(actor: Actor, marker: str) -> list[str]:
    """Codes of the sittings at which a marker has a queue, the last to open first."""
    require(actor, "script.mark", marker)
    mine = Allocation.objects.filter(marker=marker, withdrawn_at=None).order_by()
    found = mine.values_list("sitting_id", "sitting__opens").distinct()
    return [code for code, _ in sorted(found, key=lambda one: one[1], reverse=True)]


def questions(actor: Actor, sitting: Sitting, marker: str) -> list[Question]:
    """A marker's queue by item: before they may mark one, its first seeds alone."""
    require(actor, "script.mark", marker)
    return questions_of(sitting, marker)


def questions_of(sitting: Sitting, marker: str) -> list[Question]:
    """The same for who may see all queues."""
    marked, aside = _marked(sitting, marker), _aside(sitting, marker)
    by_item: defaultdict[str, list[Allocation]] = defaultdict(list)
    for row in _queue(sitting, marker):
        by_item[row.item].append(row)
    states = standings(sitting, marker)
    return [
        _question(item, rows, states[item], marked, aside)
        for item, rows in sorted(by_item.items())
        if any(row.enrolment_id is not None for row in rows)
    ]


def _queue(sitting: Sitting, marker: str) -> list[Allocation]:
    found = Allocation.objects.filter(sitting=sitting.record, marker=marker, withdrawn_at=None)
    return list(found.select_related("enrolment", "seed__content").order_by("item", "position"))


def _question(
    item: str,
    rows: Iterable[Allocation],
    state: Standing,
    marked: set[int],
    aside: dict[int, bool],
) -> Question:
    shown = [row for row in rows if state != "qualifying" or row.round == QUALIFYING]
    left = [row for row in shown if row.pk not in marked and not aside.get(row.pk)]
    left.sort(key=lambda row: row.pk in aside)
    return Question(
        item=item,
        standing=state,
        done=tuple(row.code for row in shown if row.pk in marked),
        waiting=tuple(row.code for row in left),
        handed=tuple(row.code for row in shown if aside.get(row.pk) and row.pk not in marked),
    )


def _marked(sitting: Sitting, marker: str) -> set[int]:
    """Keys of the rows of a queue that the marker has marked."""
    seeds = SeedMark.objects.filter(allocation__sitting=sitting.record, allocation__marker=marker)
    given = said(sitting)
    return set(seeds.values_list("allocation_id", flat=True)) | {
        row.pk
        for row in _queue(sitting, marker)
        if row.enrolment and row.round in given[row.enrolment.candidate, row.item].levels
    }


def _aside(sitting: Sitting, marker: str) -> dict[int, bool]:
    """Keys of rows put aside and not settled; whether the lead has them."""
    found = Aside.objects.filter(
        allocation__sitting=sitting.record, allocation__marker=marker, settled_at=None
    )
    return dict(found.order_by("handed").values_list("allocation_id", "handed"))


def next_code(actor: Actor, sitting: Sitting, marker: str, item: str) -> str | None:
    """The code of the script that comes next on an item; None when there is none, or not now."""
    found = [one for one in questions(actor, sitting, marker) if one.item == item]
    waiting = found[0].waiting if found and found[0].standing != "stopped" else ()
    return waiting[0] if waiting else None


def open_script(actor: Actor, sitting: Sitting, marker: str, item: str, code: str) -> Opened:
    """One script of a marker's own queue, to be read and marked.

    Raises:
        SittingError: when it is not in their queue, or they may not mark the item now.
        TextChangedError: when the essay is not what was allocated.
    """
    require(actor, "script.mark", marker)
    row = allocated(sitting, marker, item, code)
    question = next((one for one in questions_of(sitting, marker) if one.item == item), None)
    if question is None:
        raise SittingError(f"không có bài nào của câu {item} chờ chấm")
    shown = (*question.done, *question.waiting, *question.handed)
    if code not in shown or question.standing == "stopped":
        raise SittingError(
            f"câu {item} đang dừng chờ trưởng ban chấm"
            if question.standing == "stopped"
            else f"câu {item}: chấm xong các bài chuẩn trước khi mở bài này"
        )
    reader = Reader(sitting)
    script = reader.read(row)
    levels, comment, drafted_at = _own_words(row)
    return Opened(
        script=script,
        enrolment=row.enrolment_id,
        question=reader.question(script),
        number=len(question.done) + (code not in question.done),
        total=len(shown),
        levels=levels,
        comment=comment,
        given=code in question.done,
        drafted_at=drafted_at,
    )


def _own_words(row: Allocation) -> tuple[dict[str, int], str, datetime | None]:
    """What the marker said last of a script, or has drafted."""
    seeds = row.seed_marks.order_by("-revision")
    if (seed := seeds.first()) is not None:
        return json.loads(seed.levels), seed.comment, None
    if row.enrolment is not None:
        marks = row.enrolment.marks.filter(item=row.item, round=row.round)
        if (mark := marks.order_by("-revision").first()) is not None:
            return json.loads(mark.levels), mark.comment, None
    draft = Draft.objects.filter(allocation=row).first()
    if draft is None:
        return {}, "", None
    return json.loads(draft.levels), draft.comment, draft.saved_at


def sheet_scripts(actor: Actor, sitting: Sitting, marker: str) -> tuple[list[Script], list[str]]:
    """What a marker's next sheet holds, in the order of the queue, and whose text has changed.

    Before an item may be marked its first seeds alone; nothing of an item that is stopped.
    """
    waiting = {
        (one.item, code): at
        for one in questions(actor, sitting, marker)
        if one.standing != "stopped"
        for at, code in enumerate(one.waiting)
    }
    reader, found, changed = Reader(sitting), [], []
    for row in _queue(sitting, marker):
        if (row.item, row.code) in waiting:
            try:
                found.append(reader.read(row))
            except SittingError:
                changed.append(row.code)
    return sorted(found, key=lambda s: (s.item.id, waiting[s.item.id, s.code])), changed


def known_scripts(actor: Actor, sitting: Sitting, marker: str) -> list[Script]:
    """Everything in a marker's queue, marked or not: what a sheet of theirs may speak of.

    Of a script that is not any more what was allocated there is no text, so no row is taken.
    """
    require(actor, "script.mark", marker)
    reader = Reader(sitting)
    return [_as_allocated(reader, row) for row in _queue(sitting, marker)]


def _as_allocated(reader: Reader, row: Allocation) -> Script:
    try:
        return reader.read(row)
    except TextChangedError:
        return reader.outline(row)
