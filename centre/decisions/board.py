"""The board's sheets: exactly the decisions listed, in effect when two members have signed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count

from centre.accounts.users import the_user
from centre.database import the_centre
from centre.decisions.decide import changed_since, latest
from centre.decisions.effect import QUORUM, effect_of
from centre.decisions.models import BoardSheet, Signature
from centre.decisions.models import Decision as DecisionRecord
from centre.ledger.acts import act, door
from centre.ledger.checkpoint import checkpoint_now
from centre.sittings.sitting import Sitting
from centre.sittings.take import papers_open
from courses.foundation.digests import canonical, digest_of
from courses.foundation.errors import DecisionError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from centre.accounts.actors import Actor


@door("sheet.draw")
def draw_sheet(actor: Actor, sitting: Sitting, resolution: str, *, now: datetime) -> BoardSheet:
    """Lay the decisions that have no effect yet before the board.

    Raises:
        DecisionError: when nothing waits, papers are still being written, or something has
            changed since the decisions were made: they are to be made anew first.
    """
    if not resolution.strip():
        raise DecisionError("phải ghi số, ngày nghị quyết hoặc biên bản của hội đồng")
    _require_settled(sitting, changed_since(sitting))
    effective = effective_decisions(sitting)
    waiting = [one for one in latest(sitting) if one.id not in effective]
    if not waiting:
        raise DecisionError("không có quyết định nào chờ hội đồng")
    ids = [one.id for one in waiting]
    sheet = BoardSheet(
        sitting=sitting.record,
        resolution=resolution.strip(),
        decisions=canonical(ids),
        digest=_digest(waiting),
        drawn_at=now,
    )
    with act(actor, "sheet.drawn", sitting.code, now) as done:
        done.insert(sheet)
    return sheet


def _require_settled(sitting: Sitting, changed: Iterable[str]) -> None:
    if still := papers_open(sitting):
        named = ", ".join(f"{candidate} ({form})" for candidate, form in still[:5])
        raise DecisionError(f"còn {len(still)} bài chưa thu: {named}; thu bài rồi quyết định lại")
    if changed := sorted(changed):
        named = ", ".join(changed[:5])
        raise DecisionError(
            f"có thay đổi sau khi quyết định ở {len(changed)} người: {named}; chạy lại “cio decide”"
        )


def _digest(decisions: Iterable[DecisionRecord]) -> str:
    """SHA-256 over the decisions' whole contents, in the sheet's order."""
    return digest_of([[one.id, one.content] for one in decisions])


@door("sheet.sign")
def sign_sheet(actor: Actor, sheet: BoardSheet, digest: str, *, now: datetime) -> int:
    """Sign a sheet whose ``digest`` one has seen; each member once.

    Returns:
        How many have signed now; with ``QUORUM`` the decisions are in effect.

    Raises:
        DecisionError: when the sheet is not what was seen, a decision in it is not the latest
            any more, papers are still being written, or something has changed about somebody
            in it since it was drawn.
    """
    decisions = listed(sheet)
    if digest != sheet.digest or _digest(decisions) != sheet.digest:
        raise DecisionError("bảng đưa ra không phải bảng đã xem; xem lại “cio sheet show”")
    sitting = Sitting(the_centre(), sheet.sitting)
    newest = {one.enrolment_id: one.revision for one in latest(sitting)}
    for one in decisions:
        if newest[one.enrolment_id] > one.revision:
            candidate = one.enrolment.candidate
            raise DecisionError(f"đã có quyết định mới hơn về {candidate}; lập bảng khác")
    in_it = {one.enrolment.candidate for one in decisions}
    _require_settled(sitting, in_it.intersection(changed_since(sitting)))
    user = the_user(actor.id)
    if sheet.signatures.filter(user=user).exists():
        raise DecisionError(f"{actor.id} đã ký bảng này rồi; cần người khác ký")
    with act(actor, "sheet.signed", f"{sheet.sitting_id}/bảng {sheet.pk}", now) as done:
        done.insert(Signature(sheet=sheet, user=user, digest=digest, signed_at=now))
    transaction.on_commit(checkpoint_now, robust=True)
    return sheet.signatures.count()


def listed(sheet: BoardSheet) -> list[DecisionRecord]:
    """The sheet's decisions, in its order."""
    ids = json.loads(sheet.decisions)
    found = DecisionRecord.objects.select_related("enrolment").in_bulk(ids)
    return [found[key] for key in ids]


def effective_decisions(sitting: Sitting) -> dict[str, datetime]:
    """Decisions that are in effect, and since when: their sheet bears enough signatures."""
    return effect_of(sitting.record)


def waiting_sheets(sitting: Sitting) -> list[BoardSheet]:
    """Sheets that want signatures, oldest first."""
    sheets = BoardSheet.objects.filter(sitting=sitting.record).annotate(signed=Count("signatures"))
    return list(sheets.filter(signed__lt=QUORUM, effective_before=None).order_by("pk"))
