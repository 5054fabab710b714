"""What the centre's sittings have shown of items so far."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from assessments.bank.statistics import Sample, gathered
from centre.decisions.models import Annulment
from centre.items.models import ItemSample
from centre.sittings.models import FormRecord
from centre.sittings.sitting import frozen_form
from courses.foundation.content import validate_json

if TYPE_CHECKING:
    from assessments.bank.statistics import ItemStatistics


def used_in(item: str) -> list[tuple[str, str]]:
    """The sittings and forms that asked an item, oldest first."""
    forms = FormRecord.objects.order_by("sitting__opens", "sitting_id", "code")
    return [
        (sitting, code)
        for sitting, code, digest in forms.values_list("sitting_id", "code", "content_id")
        if any(asked.id == item for asked in frozen_form(digest).items)
    ]


def known_items() -> dict[str, ItemStatistics]:
    """Statistics by item; sittings whose results were annulled tell nothing."""
    found: defaultdict[str, list[Sample]] = defaultdict(list)
    annulled = Annulment.objects.values_list("pk", flat=True)
    for row in ItemSample.objects.exclude(sitting_id__in=list(annulled)):
        found[row.item].append(validate_json(Sample, row.content, row.place))
    return {item: gathered(item, samples) for item, samples in found.items()}
