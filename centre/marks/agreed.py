"""Where each essay stands, round by round, and the agreed points in the gradebook."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from centre.marks.keys import rekeyed_marks
from centre.marks.models import Mark
from centre.marks.rulings import ruled_marks
from centre.marks.scripts import rubrics_of, scripts
from grading.gradebook.scores import ManualMark, write_marks
from grading.marking.agreement import Agreement, Pairing, agree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from assessments.bank.rubric import Rubric
    from centre.sittings.sitting import Sitting
    from grading.marking.script import Script

FIRST, SECOND, THIRD, ANEW = 1, 2, 3, 4
"""Rounds of one script: its two markers, the third, and from ``ANEW`` on what was ordered anew."""

PAIR = (FIRST, SECOND)


@dataclass
class Said:
    """What was said of one script: by round the levels, and who gave them."""

    levels: dict[int, dict[str, int]] = field(default_factory=dict)
    markers: dict[int, str] = field(default_factory=dict)

    def stands(self, rubric: Rubric, tolerance: Decimal) -> Agreement:
        """Where the script stands by a rubric."""
        return agree(self.by_round(), rubric, self.pairing(tolerance))

    def by_round(self) -> dict[str, Mapping[str, int]]:
        """The levels by round, each a marker of its own."""
        return {str(one): levels for one, levels in self.levels.items()}

    def pairing(self, tolerance: Decimal) -> Pairing:
        """Rounds in the place of people: the last that was ordered anew counts."""
        anew = max((one for one in self.levels if one >= ANEW), default=0)
        return Pairing((str(FIRST), str(SECOND)), str(THIRD), tolerance, str(anew) if anew else "")


def said(
    sitting: Sitting, enrolments: Iterable[int] | None = None
) -> defaultdict[tuple[str, str], Said]:
    """By candidate and item what was said last in each round; of some enrolments, or of all."""
    found: defaultdict[tuple[str, str], Said] = defaultdict(Said)
    rows = Mark.objects.filter(enrolment__sitting=sitting.record).order_by("revision")
    if enrolments is not None:
        rows = rows.filter(enrolment__in=list(enrolments))
    values = rows.values_list("enrolment__candidate", "item", "round", "marker", "levels")
    for candidate, item, number, marker, levels in values:
        one = found[candidate, item]
        one.levels[number], one.markers[number] = json.loads(levels), marker
    return found


def agreements(sitting: Sitting, waiting: Iterable[Script]) -> dict[tuple[str, str], Agreement]:
    """Where each essay stands, by candidate and item."""
    given, tolerance = said(sitting), sitting.settings.marking.tolerance
    return {
        (s.candidate, s.item.id): given[s.candidate, s.item.id].stands(s.rubric, tolerance)
        for s in waiting
    }


def disputed(sitting: Sitting, waiting: Iterable[Script]) -> list[Script]:
    """The essays on which the two markers differ too much: the third marker's alone."""
    waiting = list(waiting)
    stands = agreements(sitting, waiting)
    return [s for s in waiting if stands[s.candidate, s.item.id].state == "disputed"]


def standing_of_all(sitting: Sitting) -> dict[tuple[str, str], Agreement]:
    """Where every essay stands of which anything was said, by candidate and item."""
    rubrics, tolerance = rubrics_of(sitting), sitting.settings.marking.tolerance
    return {key: one.stands(rubrics[key[1]], tolerance) for key, one in said(sitting).items()}


def write_agreed(sitting: Sitting) -> int:
    """Write agreed marks, rulings and what corrected keys give; return how many changed anything.

    A ruling outweighs the key: it speaks of what is nearly right by the key in force. An essay
    that is no longer agreed on waits for a person again. Not a door: the gradebook repeats what
    the records say, as often as it is asked to.
    """
    waiting = scripts(sitting)
    stands = agreements(sitting, waiting)
    agreed = [
        ManualMark(s.candidate, s.paper, s.item.competency, s.item.id, _points(stand))
        for s in waiting
        for stand in [stands[s.candidate, s.item.id]]
        if stand.state != "open"
    ]
    automatic = {(m.student, m.cell): m for m in (*rekeyed_marks(sitting), *ruled_marks(sitting))}
    return write_marks(sitting.course, [*agreed, *automatic.values()])


def write_one(sitting: Sitting, enrolment: int, item_id: str) -> int:
    """The same for one essay that was just marked: at once, whatever waits of others."""
    [(candidate, stands)] = [
        (who, one) for (who, item), one in said(sitting, [enrolment]).items() if item == item_id
    ]
    rubric, tolerance = rubrics_of(sitting)[item_id], sitting.settings.marking.tolerance
    stand = stands.stands(rubric, tolerance)
    if stand.state == "open":
        return 0
    forms = sitting.forms()
    paper = next(f.paper for f in forms.values() if item_id in {i.id for i in f.items})
    form = sitting.form_of(candidate, paper, forms)
    item = form.item(item_id)
    mark = ManualMark(candidate, form.code, item.competency, item.id, _points(stand))
    return write_marks(sitting.course, [mark])


def _points(stand: Agreement) -> float | None:
    return None if stand.points is None else float(stand.points)
