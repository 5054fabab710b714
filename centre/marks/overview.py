"""What the lead of the markers sees: loads, standings, agreement, drift, likeness, what waits."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.marks.agreed import PAIR, THIRD, agreements
from centre.marks.conflicts import barred_markers
from centre.marks.desk import questions_of
from centre.marks.lead import handed_up
from centre.marks.models import Allocation, Mark, SeedMark
from centre.marks.scripts import rubrics_of, scripts, seed_of
from centre.marks.trials import misses, off_on
from grading.marking.allocation import Key
from grading.marking.drift import drifts
from grading.marking.given import Given
from grading.marking.likeness import likenesses
from grading.marking.monitor import agreement_by_item, agreement_by_pair

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessments.bank.rubric import Rubric
    from centre.accounts.actors import Actor
    from centre.marks.desk import Question
    from centre.marks.models import Aside
    from centre.sittings.sitting import Sitting
    from grading.marking.drift import Drift
    from grading.marking.likeness import Likeness
    from grading.marking.monitor import AgreementFigures
    from grading.marking.script import Script


@dataclass(frozen=True)
class Miss:
    """A seed on which a marker was too far off: on which criteria."""

    item: str
    code: str
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class MarkerView:
    """One marker: their queue by item, and the seeds they missed; ``left`` when they have."""

    marker: str
    left: bool
    questions: tuple[Question, ...]
    missed: tuple[Miss, ...]


@dataclass(frozen=True)
class Overview:
    """The lead's view of a sitting's marking.

    ``states`` counts scripts by item and where they stand. ``unplaced`` lack a marker for want
    of anybody who may mark them, ``without_third`` are disputed and have no third marker;
    ``in_conflict`` were marked by somebody who has declared a conflict since.
    """

    markers: tuple[MarkerView, ...]
    states: Mapping[str, Counter[str]]
    handed: tuple[Aside, ...]
    unplaced: tuple[Key, ...]
    without_third: tuple[Key, ...]
    in_conflict: tuple[tuple[Key, str], ...]
    by_item: tuple[AgreementFigures, ...]
    by_pair: tuple[AgreementFigures, ...]
    drifts: tuple[Drift, ...]
    likenesses: tuple[Likeness, ...]


def overview(actor: Actor, sitting: Sitting) -> Overview:
    """Everything the lead is to look at; figures from too few scripts are left out, and say so."""
    require(actor, "marking.oversee")
    marks, waiting = given_marks(sitting), scripts(sitting)
    rounds = _rounds(sitting)
    stands = agreements(sitting, waiting)
    states: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (_, item), stand in sorted(stands.items()):
        states[item][stand.state] += 1
    return Overview(
        markers=tuple(_marker(sitting, *who) for who in _who_marks(sitting)),
        states=dict(states),
        handed=tuple(handed_up(sitting)),
        unplaced=tuple(_key(s) for s in waiting if not set(PAIR) <= rounds[s.candidate, s.item.id]),
        without_third=tuple(
            _key(s)
            for s in waiting
            if stands[s.candidate, s.item.id].state == "disputed"
            and THIRD not in rounds[s.candidate, s.item.id]
        ),
        in_conflict=tuple(_in_conflict(sitting, waiting)),
        by_item=tuple(agreement_by_item(marks)),
        by_pair=tuple(agreement_by_pair(marks)),
        drifts=tuple(drifts(marks)),
        likenesses=tuple(likenesses(marks)),
    )


def _key(script: Script) -> Key:
    return Key(script.item.id, script.code)


def _who_marks(sitting: Sitting) -> list[tuple[str, bool]]:
    """Everyone with a queue, and whether they have left."""
    left = dict(sitting.record.panel.values_list("marker", "left_at"))
    queues = Allocation.objects.filter(sitting=sitting.record).values_list("marker", flat=True)
    return [(name, left.get(name) is not None) for name in sorted({*left, *queues})]


def _marker(sitting: Sitting, marker: str, left: bool) -> MarkerView:  # noqa: FBT001 - a column
    missed = [
        Miss(item, mark.allocation.code, tuple(off_on(sitting, mark)))
        for item, marks in sorted(misses(sitting, marker).items())
        for mark in marks
    ]
    return MarkerView(marker, left, tuple(questions_of(sitting, marker)), tuple(missed))


def _rounds(sitting: Sitting) -> defaultdict[tuple[str, str], set[int]]:
    """By candidate and item the rounds that are in somebody's queue, or given."""
    found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    active = Allocation.objects.filter(sitting=sitting.record, withdrawn_at=None, seed=None)
    marks = Mark.objects.filter(enrolment__sitting=sitting.record)
    for rows in (active, marks):
        for candidate, item, number in rows.values_list("enrolment__candidate", "item", "round"):
            found[candidate, item].add(number)
    return found


def _in_conflict(sitting: Sitting, waiting: list[Script]) -> list[tuple[Key, str]]:
    barred = barred_markers(sitting)
    codes = {(s.candidate, s.item.id): _key(s) for s in waiting}
    marks = Mark.objects.filter(enrolment__sitting=sitting.record, revision=1)
    found = marks.values_list("enrolment_id", "enrolment__candidate", "item", "marker")
    return sorted(
        (codes[candidate, item], marker)
        for pk, candidate, item, marker in found
        if marker in barred[pk] and (candidate, item) in codes
    )


def given_marks(sitting: Sitting) -> list[Given]:
    """What the two markers of each script said last, and everyone's first word on seeds."""
    rubrics = rubrics_of(sitting)
    places = {
        (row.enrolment_id, row.item, row.round, row.marker): row
        for row in Allocation.objects.filter(sitting=sitting.record, seed=None)
    }
    last = {
        (mark.enrolment_id, mark.item, mark.round): mark
        for mark in Mark.objects.filter(enrolment__sitting=sitting.record, round__in=PAIR).order_by(
            "revision"
        )
    }
    found = [
        _given(mark, places[*where, mark.marker], rubrics[mark.item])
        for where, mark in last.items()
        if (*where, mark.marker) in places
    ]
    seeds = SeedMark.objects.filter(allocation__sitting=sitting.record, revision=1)
    seeds = seeds.select_related("allocation__seed__content")
    return found + [_given(mark, mark.allocation, rubrics[mark.allocation.item]) for mark in seeds]


def _given(mark: Mark | SeedMark, row: Allocation, rubric: Rubric) -> Given:
    levels = json.loads(mark.levels)
    return Given(
        key=Key(row.item, row.code),
        marker=row.marker,
        round=row.round,
        levels=levels,
        share=float(rubric.score(levels) / rubric.points),
        at=mark.marked_at,
        place=row.position,
        known=_worth(row, rubric),
    )


def _worth(row: Allocation, rubric: Rubric) -> float | None:
    if row.seed is None:
        return None
    return float(rubric.score(seed_of(row.seed).levels) / rubric.points)
