"""Which decisions have taken effect: those on sheets that bear enough signatures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db.models import Count

from centre.decisions.models import BoardSheet

if TYPE_CHECKING:
    from datetime import datetime

    from centre.sittings.models import SittingRecord

QUORUM = 2


def effect_of(record: SittingRecord) -> dict[str, datetime]:
    """The decisions of one sitting that are in effect, by id, and since when."""
    found: dict[str, datetime] = {}
    for adopted in BoardSheet.objects.filter(sitting=record).exclude(effective_before=None):
        found |= dict.fromkeys(json.loads(adopted.decisions), adopted.effective_before)
    sheets = BoardSheet.objects.filter(sitting=record)
    for sheet in sheets.annotate(signed=Count("signatures")).filter(signed__gte=QUORUM):
        times = sheet.signatures.order_by("signed_at").values_list("signed_at", flat=True)
        found |= dict.fromkeys(json.loads(sheet.decisions), times[QUORUM - 1])
    return found
