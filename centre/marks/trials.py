"""How markers have done on seeds, and so whether they may mark an item."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Max

from centre.marks.models import Allocation, Clearance, SeedMark
from centre.marks.queues import QUALIFYING
from centre.marks.scripts import seed_of
from grading.marking.seeds import Trial, standing, too_far

if TYPE_CHECKING:
    from centre.sittings.sitting import Sitting
    from grading.marking.seeds import Standing


def misses(sitting: Sitting, marker: str) -> dict[str, list[SeedMark]]:
    """By item the seeds on which a marker was too far off, in the order they were marked."""
    found: defaultdict[str, list[SeedMark]] = defaultdict(list)
    for mark in _first_words(sitting, marker):
        if off_on(sitting, mark):
            found[mark.allocation.item].append(mark)
    return dict(found)


def off_on(sitting: Sitting, mark: SeedMark) -> list[str]:
    """The criteria on which a marker was too far off on a seed."""
    assert mark.allocation.seed is not None  # noqa: S101 - what SeedMark is for
    known = seed_of(mark.allocation.seed).levels
    return too_far(json.loads(mark.levels), known, sitting.settings.marking.seed_tolerance)


def _first_words(sitting: Sitting, marker: str) -> list[SeedMark]:
    found = SeedMark.objects.filter(
        allocation__sitting=sitting.record, allocation__marker=marker, revision=1
    )
    return list(found.select_related("allocation__seed__content").order_by("pk"))


def standings(sitting: Sitting, marker: str) -> dict[str, Standing]:
    """Whether a marker may mark, by item of their queue.

    A clearance covers the misses there were when it was given, and no later one.
    """
    clearances = Clearance.objects.filter(sitting=sitting.record, marker=marker)
    covered = dict(clearances.values_list("item").annotate(Max("misses")))
    trials: defaultdict[str, list[Trial]] = defaultdict(list)
    missed: defaultdict[str, int] = defaultdict(int)
    for mark in _first_words(sitting, marker):
        item, within = mark.allocation.item, not off_on(sitting, mark)
        missed[item] += not within
        trials[item].append(Trial(within, missed[item] <= covered.get(item, 0)))
    queue = Allocation.objects.filter(sitting=sitting.record, marker=marker, withdrawn_at=None)
    waiting = queue.filter(round=QUALIFYING, seed_marks=None).values_list("item", flat=True)
    outstanding = list(waiting)
    items = set(queue.values_list("item", flat=True)) | set(trials)
    return {item: standing(trials[item], outstanding.count(item)) for item in sorted(items)}
