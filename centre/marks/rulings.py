"""Short answers that are nearly right: what a person says of them, once for all who wrote it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assessments.handing_in.answers import read_answers
from centre.accounts.permissions import Role
from centre.ledger.acts import door, record_many
from centre.marks.keys import keys_in_force, variant_now
from centre.marks.models import Ruling
from courses.foundation.digests import digest_of
from courses.foundation.errors import CioError, SittingError
from grading.gradebook.scores import ManualMark, read_scores
from grading.marking.script import code_of
from grading.papers.rekeying import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from assessments.bank.item import Variant
    from assessments.forms.form import Form, FormItem
    from centre.accounts.actors import Actor
    from centre.ledger.rows import Row
    from centre.sittings.sitting import Sitting

_SHOWN = 200  # characters of an answer


@dataclass(frozen=True)
class Written:
    """One candidate's answer to one item, and what was said of it last, if of this answer."""

    candidate: str
    form: Form
    item: FormItem
    variant: Variant
    raw: Any
    digest: str
    ruling: Ruling | None


@dataclass(frozen=True)
class Doubt:
    """One answer to one item, as one or more candidates wrote it; ``code`` names nobody."""

    code: str
    written: tuple[Written, ...]

    @property
    def item(self) -> FormItem:
        """The item that was answered."""
        return self.written[0].item

    @property
    def prompt(self) -> str:
        """What was asked."""
        return self.written[0].variant.question.prompt

    @property
    def accepted(self) -> tuple[str, ...]:
        """What the key takes as right."""
        return self.written[0].variant.key.correct

    @property
    def answer(self) -> str:
        """The answer as it may be shown: it is the candidate's, and may hold anything."""
        text = "".join(one if one.isprintable() else " " for one in _text(self.written[0].raw))
        return text[:_SHOWN] or "(bỏ trống)"

    @property
    def shares(self) -> set[Decimal]:
        """What has been said of it: one share, or none while nobody has spoken."""
        return {Decimal(one.ruling.share) for one in self.written if one.ruling}

    @property
    def waits(self) -> bool:
        """Whether a person has still to speak of somebody's."""
        return any(one.ruling is None for one in self.written)


def doubts(sitting: Sitting) -> list[Doubt]:
    """Every answer that a person has to rule on or has ruled on, by item and code."""
    groups: defaultdict[tuple[str, str], list[Written]] = defaultdict(list)
    for one in _written(sitting):
        groups[one.item.id, code_of(one.digest, "", one.item.id)].append(one)
    return [Doubt(code, tuple(group)) for (_, code), group in sorted(groups.items())]


def _written(sitting: Sitting) -> Iterable[Written]:
    """Short answers that wait in the gradebook for a person, and those ruled on before.

    What was said of an answer by a key that is not in force any more says nothing.
    """
    forms, last, keys = sitting.forms(), _rulings(sitting), keys_in_force(sitting)
    scores = read_scores(sitting.course)
    for row in scores[scores["kind"] != "TaskCell"].itertuples():
        candidate, item = str(row.student), str(row.cell)
        form = forms.get(str(row.assignment))
        if form is None or not (row.pending or (candidate, item) in last):
            continue
        asked = form.item(item)
        variant = variant_now(form, asked, candidate, keys)
        one = _read(sitting, candidate, form, asked, variant, last.get((candidate, item)))
        if keys.get(item) != EVERYONE and (row.pending or one.ruling is not None):
            yield one


def _read(
    sitting: Sitting,
    candidate: str,
    form: Form,
    item: FormItem,
    variant: Variant,
    last: Ruling | None,
) -> Written:
    folder = sitting.course.path("submitted", candidate, form.code)
    try:
        raw = read_answers(folder, item.competency, form.digest).get(item.id)
    except CioError:
        raw = None  # damaged since it was graded: a person sees nothing in it
    digest = _digest(item, variant, raw)
    ruling = last if last is not None and last.answer == digest else None
    return Written(candidate, form, item, variant, raw, digest, ruling)


def _digest(item: FormItem, variant: Variant, raw: Any) -> str:
    """The same for whoever was asked the same and wrote the same."""
    asked = variant.question.model_dump(mode="json"), variant.key.model_dump(mode="json")
    return digest_of([item.id, *asked, _text(raw)])


def _text(raw: Any) -> str:
    if isinstance(raw, dict):
        return "; ".join(f"{name}: {_text(value)}" for name, value in sorted(raw.items()))
    return " ".join(str(raw).split()) if raw is not None else ""


def _rulings(sitting: Sitting) -> dict[tuple[str, str], Ruling]:
    """The last word on each candidate's answer to each item."""
    found = Ruling.objects.filter(enrolment__sitting=sitting.record).select_related("enrolment")
    return {(one.enrolment.candidate, one.item): one for one in found.order_by("revision")}


@door("answer.rule")
def rule(actor: Actor, sitting: Sitting, code: str, share: Decimal, *, now: datetime) -> int:
    """Say what an answer is worth, for everybody who was asked the same and wrote it.

    Args:
        actor: a marker of this sitting, or a lead.
        sitting: whose answer it is.
        code: the answer's, as ``doubts`` gives it.
        share: of the item's points: 1 right, 0 wrong, or between.
        now: the server's time.

    Returns:
        Of how many candidates it was said anew.

    Raises:
        SittingError: when the actor does not mark here, there is no such answer, the share is
            not from 0 to 1, or somebody has said otherwise and the actor is no lead.
    """
    marking = sitting.settings.marking
    leads = Role.LEAD in actor.roles
    if not leads and actor.id not in (*marking.markers, marking.adjudicator):
        raise SittingError(f"{actor.id} không phải giám khảo của kỳ này")
    if not share.is_finite() or not 0 <= share <= 1 or share != round(share, 2):
        raise SittingError("kết luận là đúng (1), sai (0) hoặc một phần như 0,5 hay 0,25")
    doubt = next((one for one in doubts(sitting) if one.code == code.strip().upper()), None)
    if doubt is None:
        raise SittingError(f"không có câu trả lời nào mang mã {code} cần người xem")
    if doubt.shares - {share} and not leads:
        raise SittingError(f"{doubt.code} đã có kết luận khác; chỉ trưởng ban chấm đổi được")
    return _record(actor, sitting, doubt, share, now)


def _record(actor: Actor, sitting: Sitting, doubt: Doubt, share: Decimal, now: datetime) -> int:
    last, numbers = (
        _rulings(sitting),
        dict(sitting.record.enrolments.values_list("candidate", "pk")),
    )
    rows: dict[str, Sequence[Row]] = {}
    for one in doubt.written:
        if one.ruling is not None and Decimal(one.ruling.share) == share:
            continue
        before = last.get((one.candidate, one.item.id))
        rows[f"{sitting.code}/{one.candidate}"] = [
            Ruling(
                enrolment_id=numbers[one.candidate],
                item=one.item.id,
                marker=actor.id,
                revision=before.revision + 1 if before else 1,
                answer=one.digest,
                share=str(round(share, 2)),
                ruled_at=now,
            )
        ]
    record_many(actor, "answer.ruled", rows, now)
    return len(rows)


def ruled_marks(sitting: Sitting) -> list[ManualMark]:
    """What has been said of answers that still stand, as the gradebook takes it."""
    if not _rulings(sitting):
        return []
    return [
        ManualMark(
            one.candidate,
            one.form.code,
            one.item.competency,
            one.item.id,
            float(one.variant.points * Decimal(one.ruling.share)),
        )
        for one in _written(sitting)
        if one.ruling is not None
    ]
