"""Where each of the board's sheets stands, and which decisions have taken effect by them."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, F

from centre.decisions.models import BoardSheet

if TYPE_CHECKING:
    from datetime import datetime

    from centre.sittings.models import SittingRecord


class SheetState(StrEnum):
    """Where a sheet stands; only a signed one has any effect."""

    DRAFT = "dự thảo, chờ ký"
    RETURNED = "đã trả lại"
    REPLACED = "đã lập bảng khác thay"
    SIGNED = "đã ký, có hiệu lực"


def state_of(sheet: BoardSheet) -> SheetState:
    """Where one sheet stands now."""
    if signed_at(sheet) is not None:
        return SheetState.SIGNED
    if sheet.returned_at is not None:
        return SheetState.RETURNED
    replaced = BoardSheet.objects.filter(mends=sheet).exists()
    return SheetState.REPLACED if replaced else SheetState.DRAFT


def signed_at(sheet: BoardSheet) -> datetime | None:
    """Since when a sheet has been in effect: when the last signature it needed was given."""
    if sheet.effective_before is not None:
        return sheet.effective_before
    times = list(sheet.signatures.order_by("signed_at").values_list("signed_at", flat=True))
    return times[sheet.quorum - 1] if len(times) >= sheet.quorum else None


def effect_of(record: SittingRecord) -> dict[str, datetime]:
    """The decisions of one sitting that are in effect, by id, and since when."""
    found: dict[str, datetime] = {}
    for sheet in BoardSheet.objects.filter(sitting=record).order_by("pk"):
        since = signed_at(sheet)
        if since is not None:
            found |= dict.fromkeys(json.loads(sheet.decisions), since)
    return found


def drafts(record: SittingRecord) -> list[BoardSheet]:
    """Sheets of one sitting that want signatures, oldest first."""
    sheets = BoardSheet.objects.filter(
        sitting=record, returned_at=None, mended_by=None, effective_before=None
    )
    signed = sheets.annotate(signed=Count("signatures"))
    return list(signed.filter(signed__lt=F("quorum")).order_by("pk"))
