"""What a person may see of their own affairs: sittings, papers, receipts, results, certificates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from centre.accounts.permissions import require
from centre.decisions.decide import content_of
from centre.decisions.effect import effect_of
from centre.decisions.models import Appeal, Decision
from centre.people.models import Enrolment
from centre.register.models import Entry, Suspension
from centre.sittings.deliver import extra_time
from centre.sittings.sitting import Sitting
from courses.foundation.errors import CentreError
from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from assessments.forms.form import Form
    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from centre.sittings.models import Delivery, ReceiptRecord

OUTCOMES = {
    "passed": "đạt",
    "failed": "chưa đạt",
    "borderline": "sát điểm cắt, xem xét lại",
    "absent": "chưa dự thi",
    "kept": "giữ kết quả lần trước",
    "expired": "kết quả trước đã hết hạn",
    "unmarked": "chưa chấm xong",
    "unreadable": "bài không đọc được",
}


@dataclass(frozen=True)
class Paper:
    """One paper of a sitting, as its candidate meets it; ``code`` is that of the own form."""

    code: str
    paper: str
    name: str
    minutes: int
    opens: datetime
    closes: datetime
    delivery: Delivery | None
    receipts: tuple[ReceiptRecord, ...]

    def state(self, now: datetime) -> str:
        """What can be done with it now: handed in, under way, open, to come or over."""
        if self.receipts and not self._reopened():
            return "handed in"
        if self.delivery is not None:
            return "under way" if now < self.delivery.due_at else "over"
        if now < self.opens:
            return "to come"
        return "open" if now < self.closes else "over"

    def _reopened(self) -> bool:
        """Whether its candidate went on after what was taken last."""
        again = self.delivery.reopened_at if self.delivery else None
        return again is not None and again >= self.receipts[-1].taken_at

    def can_be_entered(self, now: datetime) -> bool:
        """Whether there is still something to do, or to look forward to, in its room."""
        until = self.delivery.due_at if self.delivery else self.closes
        return now < until


@dataclass(frozen=True)
class Area:
    """One area of a decision, in words."""

    name: str
    share: float | None
    cut: float
    outcome: str


@dataclass(frozen=True)
class Result:
    """A decision in effect: what, why, since when, and what was appealed."""

    decision: Decision
    status: str
    reasons: tuple[str, ...]
    areas: tuple[Area, ...]
    since: datetime | None
    appeals: tuple[Appeal, ...]

    @property
    def passed(self) -> bool:
        """Whether it is a pass."""
        return self.decision.status == Status.PASS


@dataclass(frozen=True)
class Round:
    """A person at one sitting; without a result while none is released."""

    enrolment: Enrolment
    sitting: Sitting
    papers: tuple[Paper, ...]
    result: Result | None


def rounds(actor: Actor, centre: Centre, person: str) -> list[Round]:
    """The person's sittings, the latest first."""
    require(actor, "own.read", person)
    found = Enrolment.objects.filter(person=person).select_related("sitting", "agency", "person")
    return [_round(centre, one) for one in found.order_by("-sitting__opens")]


def _round(centre: Centre, enrolment: Enrolment) -> Round:
    sitting = Sitting(centre, enrolment.sitting)
    return Round(enrolment, sitting, tuple(_papers(sitting, enrolment)), _released(enrolment))


def _papers(sitting: Sitting, enrolment: Enrolment) -> Iterator[Paper]:
    forms, extra = sitting.forms(), extra_time(enrolment)
    delivered = {
        one.form.code: one
        for one in enrolment.deliveries.select_related("form").prefetch_related("receipts")
    }
    for paper in dict.fromkeys(form.paper for form in forms.values()):
        form: Form = sitting.form_of(enrolment.candidate, paper, forms)
        delivery = delivered.get(form.code)
        receipts = delivery.receipts.order_by("taken_at", "pk") if delivery else ()
        closes = enrolment.sitting.closes + extra
        yield Paper(
            code=form.code,
            paper=paper,
            name=form.name,
            minutes=form.minutes,
            opens=enrolment.sitting.opens,
            closes=closes,
            delivery=delivery,
            receipts=tuple(receipts),
        )


def _released(enrolment: Enrolment) -> Result | None:
    """The last decision that the board's sheet has given effect."""
    effective = effect_of(enrolment.sitting)
    made = enrolment.decisions.filter(pk__in=effective).order_by("revision").last()
    return None if made is None else told(made, effective.get(made.pk))


def told(decision: Decision, since: datetime | None) -> Result:
    """A decision in words."""
    content = content_of(decision)
    return Result(
        decision=decision,
        status=STATUS_NAMES[Status(decision.status)],
        reasons=tuple(reason["text"] for reason in content["reasons"]),
        areas=tuple(
            Area(
                name=area["name"],
                share=None if area["share"] is None else float(area["share"]) * 100,
                cut=float(area["cut"]) * 100,
                outcome=OUTCOMES.get(area["outcome"], area["outcome"]),
            )
            for area in content["areas"]
        ),
        since=since,
        appeals=tuple(decision.appeals.order_by("filed_at")),
    )


def own_result(actor: Actor, person: str, decision: str) -> Result:
    """One released result of a person; the same answer for another's as for none.

    Raises:
        CentreError: when there is none that the person may see.
    """
    require(actor, "own.read", person)
    made = Decision.objects.filter(pk=decision, enrolment__person=person).first()
    result = _released(made.enrolment) if made else None
    if result is None or result.decision.pk != decision:
        raise CentreError("không có kết quả này trong hồ sơ của anh/chị")
    return result


def own_entries(actor: Actor, person: str) -> list[Entry]:
    """A person's certificates, the latest first; each told whether it is ``suspended``."""
    require(actor, "own.read", person)
    found = Entry.objects.filter(person=person).select_related("revocation", "successor")
    under_way = Suspension.objects.filter(entry=OuterRef("pk"), ended_at=None)
    told = found.annotate(suspended=Exists(under_way))
    return list(told.order_by("-issued_on", "-pk"))
