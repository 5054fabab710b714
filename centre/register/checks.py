"""How often certificates are checked: numbers of a day, of nobody and no certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from centre.register.models import CheckCount
from courses.foundation.dates import VIETNAM

if TYPE_CHECKING:
    from datetime import datetime


def count(way: str, verdict: str, now: datetime) -> None:
    """Count one check of today, by the way it was made and what it found."""
    today = now.astimezone(VIETNAM).date()
    with transaction.atomic():
        row, new = CheckCount.objects.get_or_create(
            day=today, way=way, verdict=verdict, defaults={"checks": 1}
        )
        if not new:
            CheckCount.objects.filter(pk=row.pk).update(checks=F("checks") + 1)
