"""A board's sheet as its members read it: everybody's result, reasons and evidence, with flags."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from centre.decisions.board import listed
from centre.decisions.decide import content_of
from centre.decisions.effect import SheetState, signed_at, state_of
from centre.decisions.models import BoardSheet
from centre.decisions.models import Decision as DecisionRecord

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Row:
    """One candidate on a sheet.

    ``areas`` and ``reasons`` are the decision's own, ``evidence`` what it was made from. An area
    within one standard error of its cut, on either side, makes it ``borderline``. ``before`` is
    what the last sheet that bore the candidate said, if any did: then it has ``changed``.
    """

    decision: str
    candidate: str
    full_name: str
    agency: str
    status: str
    revision: int
    policy: str
    reasons: tuple[dict[str, str], ...]
    areas: tuple[dict[str, Any], ...]
    evidence: dict[str, Any]
    borderline: bool
    before: dict[str, Any] | None

    @property
    def changed(self) -> bool:
        """Whether an earlier sheet said something else of the candidate."""
        return self.before is not None


@dataclass(frozen=True)
class SheetView:
    """One sheet as it stands: who is on it, who signed, who recused, why it was returned."""

    sheet: BoardSheet
    state: SheetState
    effective: datetime | None
    rows: tuple[Row, ...]
    signatures: tuple[tuple[str, datetime], ...]
    recusals: tuple[tuple[str, str], ...]

    @property
    def missing(self) -> int:
        """How many signatures it still needs."""
        return max(0, self.sheet.quorum - len(self.signatures))


def sheet_view(sheet: BoardSheet) -> SheetView:
    """Everything that a member is to see of a sheet before signing it."""
    earlier = _earlier(sheet)
    decisions = DecisionRecord.objects.select_related("evidence", "enrolment__person")
    found = decisions.select_related("enrolment__agency").in_bulk([one.id for one in listed(sheet)])
    signatures = sheet.signatures.order_by("signed_at")
    recusals = sheet.recusals.order_by("recused_at")
    return SheetView(
        sheet=sheet,
        state=state_of(sheet),
        effective=signed_at(sheet),
        rows=tuple(_row(found[key], earlier) for key in json.loads(sheet.decisions)),
        signatures=tuple(signatures.values_list("user__username", "signed_at")),
        recusals=tuple(recusals.values_list("user__username", "ground")),
    )


def _earlier(sheet: BoardSheet) -> dict[int, DecisionRecord]:
    """By enrolment, what the last sheet before this one that bore it said."""
    ids: list[str] = []
    for one in BoardSheet.objects.filter(sitting=sheet.sitting_id, pk__lt=sheet.pk).order_by("pk"):
        ids += json.loads(one.decisions)
    decisions = DecisionRecord.objects.in_bulk(ids)
    return {decisions[key].enrolment_id: decisions[key] for key in ids}


def _row(decision: DecisionRecord, earlier: dict[int, DecisionRecord]) -> Row:
    content, enrolment = content_of(decision), decision.enrolment
    known = earlier.get(decision.enrolment_id)
    changed = known is not None and known.pk != decision.pk
    return Row(
        decision=decision.pk,
        candidate=enrolment.candidate,
        full_name=enrolment.person.full_name,
        agency=enrolment.agency.name,
        status=decision.status,
        revision=decision.revision,
        policy=content["policy_id"],
        reasons=tuple(content["reasons"]),
        areas=tuple(content["areas"]),
        evidence=json.loads(decision.evidence.content),
        borderline=any(map(_near, content["areas"])),
        before=content_of(known) if known is not None and changed else None,
    )


def _near(area: dict[str, Any]) -> bool:
    """Whether an area marked at this sitting lies within one standard error of its cut."""
    if area["share"] is None or area["outcome"] == "kept":
        return False
    return abs(Decimal(area["share"]) - Decimal(area["cut"])) < Decimal(area["sem"])
