"""The board's sheets: exactly the decisions listed, in effect when enough members have signed.

A draft is returned with a reason, overtaken by a new draft, or signed by as many different
members as its quorum says; who recused neither signs nor counts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction

from centre.accounts.users import the_user
from centre.database import the_centre
from centre.decisions.decide import changed_since, latest
from centre.decisions.effect import SheetState, drafts, effect_of, state_of
from centre.decisions.models import BoardSheet, Recusal, Signature
from centre.decisions.models import Decision as DecisionRecord
from centre.ledger.acts import act, door
from centre.ledger.checkpoint import checkpoint_now
from centre.marks.models import Mark
from centre.sittings.sitting import Sitting
from centre.sittings.take import papers_open
from courses.foundation.digests import canonical, digest_of
from courses.foundation.errors import DecisionError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.accounts.models import User


@door("sheet.draw")
def draw_sheet(actor: Actor, sitting: Sitting, resolution: str, *, now: datetime) -> BoardSheet:
    """Lay the decisions that have no effect yet before the board, in the place of any draft.

    Raises:
        DecisionError: when nothing waits or the very same waits already, papers are still being
            written, or something has changed since the decisions were made: they are to be
            made anew first.
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
        quorum=sitting.centre.settings.board.quorum,
        drawn_at=now,
        drawn_by=the_user(actor.id),
        mends=_to_mend(sitting, _digest(waiting)),
    )
    with act(actor, "sheet.drawn", sitting.code, now) as done:
        done.insert(sheet)
    return sheet


def _to_mend(sitting: Sitting, digest: str) -> BoardSheet | None:
    """The sheet that a new one takes the place of: the draft, or what was returned last."""
    for draft in drafts(sitting.record):
        if draft.digest == digest:
            raise DecisionError(f"bảng {draft.pk} y như vậy đang chờ ký; ký hoặc trả lại bảng đó")
        return draft
    returned = BoardSheet.objects.filter(sitting=sitting.record, mended_by=None)
    return returned.exclude(returned_at=None).order_by("pk").last()


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
        How many have signed now; with the sheet's quorum the decisions are in effect.

    Raises:
        DecisionError: when the sheet is no draft any more or not what was seen, a decision in
            it is not the latest any more, papers are still being written, something has
            changed about somebody in it since it was drawn, or the member has a part in it.
    """
    decisions = listed(sheet)
    if digest != sheet.digest or _digest(decisions) != sheet.digest:
        raise DecisionError("bảng đưa ra không phải bảng đã xem; xem lại “cio sheet show”")
    _require_draft(sheet)
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
    if why := conflict(user, sheet, decisions):
        raise DecisionError(f"{actor.id} không ký bảng này: {why}")
    with act(actor, "sheet.signed", _subject(sheet), now) as done:
        done.insert(Signature(sheet=sheet, user=user, digest=digest, signed_at=now))
    transaction.on_commit(checkpoint_now, robust=True)
    return sheet.signatures.count()


@door("sheet.return")
def return_sheet(actor: Actor, sheet: BoardSheet, reason: str, *, now: datetime) -> BoardSheet:
    """Return a draft with the reason; what is mended is laid before the board as a new draft.

    Raises:
        DecisionError: without a reason, when it is no draft any more, or by a member who has a
            part in it.
    """
    if not reason.strip():
        raise DecisionError("phải ghi lý do trả lại bảng")
    _require_draft(sheet)
    user = the_user(actor.id)
    if why := conflict(user, sheet, listed(sheet)):
        raise DecisionError(f"{actor.id} không trả lại bảng này: {why}")
    with act(actor, "sheet.returned", _subject(sheet), now) as done:
        done.change(sheet, returned_at=now, returned_by=user, return_reason=reason.strip())
    transaction.on_commit(checkpoint_now, robust=True)
    return sheet


@door("sheet.recuse")
def recuse(actor: Actor, sheet: BoardSheet, ground: str, *, now: datetime) -> Recusal:
    """Take no part in a sheet because of a conflict of interest; for good.

    Raises:
        DecisionError: without a ground, when it is no draft any more, or after signing it.
    """
    if not ground.strip():
        raise DecisionError("phải ghi lý do không tham gia")
    _require_draft(sheet)
    user = the_user(actor.id)
    if sheet.signatures.filter(user=user).exists():
        raise DecisionError(f"{actor.id} đã ký bảng này; đề nghị trả lại bảng thay vì rút chữ ký")
    if (known := sheet.recusals.filter(user=user).first()) is not None:
        return known
    row = Recusal(sheet=sheet, user=user, ground=ground.strip(), recused_at=now)
    with act(actor, "sheet.recused", _subject(sheet), now) as done:
        done.insert(row)
    return row


def conflict(user: User, sheet: BoardSheet, decisions: Iterable[DecisionRecord]) -> str:
    """Why a member may not act on a sheet; empty when nothing on record says so."""
    if sheet.recusals.filter(user=user).exists():
        return "đã xin không tham gia vì xung đột lợi ích"
    if user.pk == sheet.drawn_by_id:
        return "là người lập bảng"
    enrolments = [one.enrolment for one in decisions]
    if user.person_id is not None and user.person_id in {one.person_id for one in enrolments}:
        return "có tên trong bảng"
    if Mark.objects.filter(enrolment__in=enrolments, marker=user.username).exists():
        return "đã chấm bài của người trong bảng"
    return ""


def _require_draft(sheet: BoardSheet) -> None:
    state = state_of(sheet)
    if state is not SheetState.DRAFT:
        raise DecisionError(f"bảng {sheet.pk} {state.value}; xem “cio sheet list”")


def _subject(sheet: BoardSheet) -> str:
    return f"{sheet.sitting_id}/bảng {sheet.pk}"


def the_sheet(number: int) -> BoardSheet:
    """The sheet of that number; DecisionError when there is none."""
    sheet = BoardSheet.objects.filter(pk=number).first()
    if sheet is None:
        raise DecisionError(f"không có bảng số {number}")
    return sheet


def listed(sheet: BoardSheet) -> list[DecisionRecord]:
    """The sheet's decisions, in its order."""
    ids = json.loads(sheet.decisions)
    found = DecisionRecord.objects.select_related("enrolment__person").in_bulk(ids)
    return [found[key] for key in ids]


def effective_decisions(sitting: Sitting) -> dict[str, datetime]:
    """Decisions that are in effect, and since when: their sheet bears enough signatures."""
    return effect_of(sitting.record)


def waiting_sheets(sitting: Sitting) -> list[BoardSheet]:
    """Sheets that want signatures, oldest first."""
    return drafts(sitting.record)
