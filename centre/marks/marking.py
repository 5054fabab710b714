"""What markers say of scripts: levels, drafts, and scripts that they put aside."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assessments.bank.rubric import TOP_LEVEL
from centre.ledger.acts import act, door
from centre.marks.agreed import THIRD, said
from centre.marks.models import Allocation, Aside, Draft, Mark, RubricCorrection, SeedMark
from centre.marks.panel import allocated, call_third, require_ground
from centre.marks.queues import QUALIFYING
from centre.marks.scripts import rubrics_of
from centre.marks.trials import standings
from centre.sittings.models import FormRecord
from courses.foundation.digests import canonical
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from assessments.bank.rubric import Rubric
    from centre.accounts.actors import Actor
    from centre.marks.agreed import Said
    from centre.sittings.sitting import Sitting
    from grading.marking.script import MarkedScript


@dataclass
class Recorded:
    """What recording came to.

    ``changed`` marks are new or corrected. By their codes: scripts whose marks are ``closed``,
    and those ``not_yet`` taken because the marker may not mark their item now; ``stopped`` are
    the items on which the marker has to wait for the lead.
    """

    changed: int = 0
    closed: list[str] = field(default_factory=list)
    not_yet: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)


def _whose(_sitting: Sitting, marker: str, *_rest: object, **_options: object) -> str:
    return marker


@door("script.mark", _whose)
def record_marks(
    actor: Actor,
    sitting: Sitting,
    marker: str,
    marked: Iterable[MarkedScript],
    *,
    now: datetime,
) -> Recorded:
    """Store one marker's levels of scripts in their queue; earlier words stay on record.

    A mark may be corrected until another round of the same script has been given; what the
    third marker says, or was ordered anew, is said once. Seeds come first: whoever is too far
    off on one is stopped on its item before anything else of it is taken.

    Raises:
        SittingError: when the marker is none of this sitting's, a script is not in their
            queue, or levels are not one from 0 to 3 for each criterion; nothing is stored.
    """
    desk = _Desk(actor, sitting, marker, now)
    work = [(desk.find(mark), mark) for mark in marked]
    for row, mark in work:
        _require_levels(desk.rubrics[row.item], mark)
    for row, mark in work:
        if row.seed_id is not None:
            desk.mark_seed(row, mark)
    states = standings(sitting, marker)
    for row, mark in work:
        if row.seed_id is None and states[row.item] == "ready":
            desk.mark_script(row, mark)
        elif row.seed_id is None:
            desk.recorded.not_yet.append(row.code)
    touched = {row.item for row, _ in work}
    desk.recorded.stopped = [item for item in sorted(touched) if states[item] == "stopped"]
    return desk.recorded


def _require_levels(rubric: Rubric, mark: MarkedScript) -> None:
    criteria = {criterion.id for criterion in rubric.criteria}
    if set(mark.levels) != criteria or not set(mark.levels.values()) <= set(range(TOP_LEVEL + 1)):
        raise SittingError(f"bài {mark.code}: mỗi tiêu chí cần đúng một mức từ 0 đến {TOP_LEVEL}")


class _Desk:
    """One marker at work on their own queue."""

    def __init__(self, actor: Actor, sitting: Sitting, marker: str, now: datetime) -> None:
        self._actor, self._sitting, self._marker, self._now = actor, sitting, marker, now
        self.rubrics, self.recorded = rubrics_of(sitting), Recorded()
        active = Allocation.objects.filter(sitting=sitting.record, marker=marker, withdrawn_at=None)
        self._queue = {(r.item, r.code): r for r in active.select_related("enrolment")}
        if not self._queue:
            require_known(sitting, marker)
        self._versions = rubric_digests(sitting)
        enrolments = [row.enrolment_id for row in self._queue.values() if row.enrolment_id]
        self._said = said(sitting, enrolments)

    def find(self, mark: MarkedScript) -> Allocation:
        """The row of a script in the marker's queue; SittingError when it is not there."""
        if (row := self._queue.get((mark.item_id, mark.code))) is None:
            raise SittingError(f"không có mã bài {mark.code} ở câu {mark.item_id}")
        return row

    def mark_seed(self, row: Allocation, mark: MarkedScript) -> None:
        """Keep what was said of a seed, as long as the item may be marked at all."""
        state = standings(self._sitting, self._marker)[row.item]
        if state == "stopped" or (state == "qualifying" and row.round != QUALIFYING):
            self.recorded.not_yet.append(row.code)
            return
        words = list(row.seed_marks.order_by("-revision"))
        if words and json.loads(words[0].levels) == dict(mark.levels):
            return
        given = SeedMark(
            allocation=row,
            revision=len(words) + 1,
            levels=canonical(dict(mark.levels)),
            comment=mark.comment,
            seconds=mark.seconds,
            marked_at=self._now,
        )
        with act(self._actor, "seed.marked", self._subject(row), self._now) as done:
            done.insert(given)
        self.recorded.changed += 1

    def mark_script(self, row: Allocation, mark: MarkedScript) -> None:
        """Keep what was said of a candidate's script, unless others have gone on from it."""
        assert row.enrolment is not None  # noqa: S101 - seeds are marked above
        known = self._said[row.enrolment.candidate, row.item]
        before = known.levels.get(row.round)
        if before == dict(mark.levels):
            return
        if before is not None and _closed(known, row.round):
            self.recorded.closed.append(row.code)
            return
        given = Mark(
            enrolment=row.enrolment,
            item=row.item,
            marker=self._marker,
            round=row.round,
            revision=_next(row),
            levels=canonical(dict(mark.levels)),
            comment=mark.comment,
            seconds=mark.seconds,
            rubric_id=self._versions[row.item],
            marked_at=self._now,
        )
        with act(self._actor, "essay.marked", self._subject(row), self._now) as done:
            done.insert(given)
        known.levels[row.round] = dict(mark.levels)
        self.recorded.changed += 1
        self._call_third(row, known)

    def _call_third(self, row: Allocation, known: Said) -> None:
        tolerance = self._sitting.settings.marking.tolerance
        if known.stands(self.rubrics[row.item], tolerance).state == "disputed":
            call_third(self._actor, self._sitting, row, now=self._now)

    def _subject(self, row: Allocation) -> str:
        who = row.enrolment.candidate if row.enrolment else row.code
        return f"{self._sitting.code}/{who}"


def require_known(sitting: Sitting, marker: str) -> None:
    """Refuse who is no marker of the sitting, naming those who are."""
    marking = sitting.settings.marking
    panel = sitting.record.panel.values_list("marker", flat=True)
    known = list(dict.fromkeys((*marking.markers, marking.adjudicator, *panel)))
    if marker not in known:
        raise SittingError(f"không có giám khảo {marker}; kỳ này có {', '.join(known)}")


def _closed(known: Said, number: int) -> bool:
    """Whether the marking of a script has gone on from what was said in this round."""
    return number >= THIRD or any(one != number for one in known.levels)


def _next(row: Allocation) -> int:
    given = Mark.objects.filter(enrolment=row.enrolment_id, item=row.item, round=row.round)
    return given.count() + 1


def rubric_digests(sitting: Sitting) -> dict[str, str]:
    """The digest of the rubric in force, by item."""
    found: dict[str, str] = {}
    for rubrics in FormRecord.objects.filter(sitting=sitting.record).values_list(
        "rubrics", flat=True
    ):
        found |= json.loads(rubrics)
    corrected = RubricCorrection.objects.filter(sitting=sitting.record).order_by("number")
    return found | dict(corrected.values_list("item", "rubric_id"))


@door("script.draft", _whose)
def save_draft(  # noqa: PLR0913 - a script is named by item and code
    actor: Actor,
    sitting: Sitting,
    marker: str,
    item: str,
    code: str,
    levels: Mapping[str, int],
    *,
    comment: str = "",
    now: datetime,
) -> datetime:
    """Keep what a marker has chosen so far of a script; when it was kept, for them to see.

    Raises:
        SittingError: when the script is not in their queue, or what is chosen is no level of
            a criterion.
    """
    row = allocated(sitting, marker, item, code)
    criteria = {criterion.id for criterion in rubrics_of(sitting)[item].criteria}
    if not set(levels) <= criteria or not set(levels.values()) <= set(range(TOP_LEVEL + 1)):
        raise SittingError(f"bài {code}: mỗi mức từ 0 đến {TOP_LEVEL}, theo tiêu chí đã định")
    chosen = {"levels": canonical(dict(levels)), "comment": comment}
    with act(actor, "essay.drafted", f"{sitting.code}/{marker}", now) as done:
        kept = Draft.objects.filter(allocation=row).first()
        if kept is None:
            kept = Draft(allocation=row, saved_at=now, **chosen)
            done.insert(kept)
        elif (kept.levels, kept.comment) != (chosen["levels"], comment):
            done.change(kept, saved_at=now, **chosen)
    return kept.saved_at


@door("script.set_aside", _whose)
def set_aside(  # noqa: PLR0913 - a script is named by item and code
    actor: Actor,
    sitting: Sitting,
    marker: str,
    item: str,
    code: str,
    *,
    to_lead: bool,
    reason: str = "",
    now: datetime,
) -> None:
    """Put a script off to the end of the queue, or hand it to the lead with the reason.

    Raises:
        SittingError: when the script is not in their queue, was handed over before, or no
            reason is given for the lead.
    """
    row = allocated(sitting, marker, item, code)
    if to_lead:
        require_ground(reason)
    if row.asides.filter(handed=True, settled_at=None).exists():
        raise SittingError(f"bài {code} đang chờ trưởng ban chấm")
    aside = Aside(allocation=row, handed=to_lead, reason=reason.strip(), put_at=now)
    with act(actor, "script.set_aside", f"{sitting.code}/{marker}", now) as done:
        done.insert(aside)
