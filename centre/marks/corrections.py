"""A corrected rubric: who would change, and re-scoring all of them as one reviewed batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.ledger.acts import act, door
from centre.marks.agreed import said
from centre.marks.models import Allocation, RubricCorrection
from centre.marks.panel import call_third, require_ground
from centre.marks.scripts import rubrics_of
from centre.sittings.frozen import freeze
from courses.foundation.digests import canonical, digest_of
from courses.foundation.errors import SittingError
from grading.marking.rescoring import rescore
from grading.marking.script import code_of

if TYPE_CHECKING:
    from datetime import datetime

    from assessments.bank.rubric import Rubric
    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting
    from grading.marking.rescoring import Change


@dataclass(frozen=True)
class Preview:
    """What a rubric would change; ``digest`` names exactly this batch."""

    rubric: Rubric
    changes: dict[str, Change]

    @property
    def records(self) -> list[dict[str, str | None]]:
        """The changes as JSON values, with candidate numbers, in order of candidates."""
        return [
            {"candidate": candidate, **change.record()}
            for candidate, change in sorted(self.changes.items())
        ]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the rubric and of all it changes."""
        return digest_of([self.rubric.model_dump(mode="json"), self.records])


def preview(sitting: Sitting, rubric: Rubric) -> Preview:
    """Who would change by a rubric, and how; nothing is changed.

    Raises:
        SittingError: when no essay of the sitting is marked by a rubric of that item.
        GradingError: when levels given say nothing about it: other points, other criteria.
    """
    old = rubrics_of(sitting).get(rubric.item)
    if old is None:
        raise SittingError(f"kỳ này không có câu tự luận {rubric.item}")
    seed = next(form.seed for form in sitting.forms().values())
    tolerance = sitting.settings.marking.tolerance
    marked = {
        code_of(seed, candidate, item): (candidate, one)
        for (candidate, item), one in said(sitting).items()
        if item == rubric.item
    }
    changes = rescore(
        [(code, one.by_round(), one.pairing(tolerance)) for code, (_, one) in marked.items()],
        old,
        rubric,
    )
    return Preview(rubric, {marked[change.code][0]: change for change in changes})


@door("rubric.correct")
def correct_rubric(
    actor: Actor, sitting: Sitting, rubric: Rubric, digest: str, ground: str, *, now: datetime
) -> RubricCorrection:
    """Put a further version of a rubric in force, and so re-score every script it concerns.

    Marks stay as they were given; what they are worth follows from the rubric in force. Scripts
    that become disputed go to their third marker.

    Args:
        actor: who decides it.
        sitting: where.
        rubric: the whole rubric as it is to be.
        digest: of the preview that was reviewed; exactly that is applied, or nothing.
        ground: why.
        now: the server's time.

    Raises:
        SittingError: without a ground, when marks have come in since the preview, or the
            rubric is the one in force.
        GradingError: as for the preview.
    """
    require_ground(ground)
    reviewed = preview(sitting, rubric)
    if reviewed.digest != digest:
        raise SittingError("kết quả xem trước đã khác; xem lại rồi mới áp dụng")
    if rubrics_of(sitting)[rubric.item] == rubric:
        raise SittingError("thang chấm này đang được dùng")
    earlier = RubricCorrection.objects.filter(sitting=sitting.record, item=rubric.item)
    with act(actor, "rubric.corrected", f"{sitting.code}/{rubric.item}", now) as done:
        row = RubricCorrection(
            sitting=sitting.record,
            item=rubric.item,
            number=earlier.count() + 1,
            rubric=freeze(done, "rubric", rubric, now),
            ground=ground.strip(),
            changes=canonical(reviewed.records),
            applied_at=now,
        )
        done.insert(row)
    for candidate, change in sorted(reviewed.changes.items()):
        if change.after.state == "disputed":
            _dispute(actor, sitting, rubric.item, candidate, now)
    return row


def _dispute(actor: Actor, sitting: Sitting, item: str, candidate: str, now: datetime) -> None:
    script = Allocation.objects.filter(
        sitting=sitting.record, item=item, enrolment__candidate=candidate
    ).first()
    if script is not None:  # marks of before the centre have none: the overview names them
        call_third(actor, sitting, script, now=now)
