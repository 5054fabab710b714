"""Queues of markers as rows: scripts in an order of their own, seeds among them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from centre.marks.models import Allocation, Seed
from centre.marks.scripts import digest_of_text, rubrics_of, seed_of
from centre.sittings.frozen import freeze
from grading.marking.allocation import interleave, shuffled
from grading.marking.seeds import make_seeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from centre.ledger.acts import Act
    from centre.sittings.sitting import Sitting

QUALIFYING = 0
"""The round of seeds that come before a marker's first script of an item."""


@dataclass(frozen=True)
class Wanted:
    """A script on its way to a marker, in one round."""

    enrolment: int
    item: str
    code: str
    text: str
    round: int


class Queues:
    """Adds scripts to the ends of markers' queues."""

    def __init__(self, sitting: Sitting, ground: str, now: datetime) -> None:
        self._sitting, self._ground, self._now = sitting, ground, now
        self._marking, self._rubrics = sitting.settings.marking, rubrics_of(sitting)
        self._seed = next(form.seed for form in sitting.forms().values())
        held = Allocation.objects.filter(sitting=sitting.record)
        counted = held.values_list("marker", "item").annotate(Count("enrolment"), Count("seed"))
        self._counts: defaultdict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
        self._counts |= {(marker, item): (own, seeds) for marker, item, own, seeds in counted}

    @property
    def seed(self) -> str:
        """What all chance at this sitting follows from; known to the examiner alone."""
        return self._seed

    def add(self, done: Act, marker: str, scripts: Iterable[Wanted]) -> None:
        """Write one marker's further scripts, item by item, with the seeds that go with them."""
        by_item: defaultdict[str, list[Wanted]] = defaultdict(list)
        for one in scripts:
            by_item[one.item].append(one)
        for item, wanted in sorted(by_item.items()):
            done.insert(*self._queue(done, marker, item, wanted))

    def _queue(
        self, done: Act, marker: str, item: str, wanted: Sequence[Wanted]
    ) -> list[Allocation]:
        order, before = f"{self._seed}/{marker}/{item}", self._counts[marker, item]
        first = 0 if any(before) else self._marking.qualifying
        seeds = self._unused(done, marker, item, first + self._due(before[0], len(wanted)))
        scripts: list[Wanted | Seed] = [*shuffled(wanted, order)]
        among: list[Wanted | Seed] = [*seeds[first:]]
        queue = interleave(scripts, among, self._marking.seed_every, f"{order}/{sum(before)}")
        queue += among[len(queue) - len(scripts) :]
        rows = [
            *(self._row(marker, item, seed, QUALIFYING) for seed in seeds[:first]),
            *(self._row(marker, item, one, 1) for one in queue),
        ]
        for position, row in enumerate(rows, start=sum(before)):
            row.position = position
        self._counts[marker, item] = before[0] + len(wanted), before[1] + len(seeds)
        return rows

    def _due(self, scripts: int, more: int) -> int:
        """How many seeds go with ``more`` scripts after ``scripts``: one in every so many."""
        block = self._marking.seed_every - 1
        return (scripts + more) // block - scripts // block if block > 0 else 0

    def _row(self, marker: str, item: str, what: Wanted | Seed, number: int) -> Allocation:
        row = Allocation(
            sitting=self._sitting.record,
            item=item,
            code=what.code,
            marker=marker,
            round=number,
            ground=self._ground,
            allocated_at=self._now,
        )
        if isinstance(what, Seed):
            row.seed, row.text = what, digest_of_text(seed_of(what).text)
        else:
            row.enrolment_id, row.text, row.round = what.enrolment, what.text, what.round
        return row

    def _unused(self, done: Act, marker: str, item: str, count: int) -> list[Seed]:
        """Seeds of an item that a marker has not met, in an order of the marker's own."""
        met = set(
            Allocation.objects.filter(sitting=self._sitting.record, marker=marker, item=item)
            .exclude(seed=None)
            .values_list("seed_id", flat=True)
        )
        pool = self._pool(done, item, len(met) + count)
        unmet = {one.code: one for one in pool if one.pk not in met}
        return [unmet[code] for code in shuffled(unmet, f"{self._seed}/{marker}")[:count]]

    def _pool(self, done: Act, item: str, count: int) -> list[Seed]:
        """At least ``count`` seeds of an item, where there are so many different ones."""
        there = Seed.objects.filter(sitting=self._sitting.record, item=item)
        kept = {one.code: one for one in there.select_related("content")}
        for made in make_seeds(self._rubrics[item], self._seed, count):
            if made.code not in kept:
                frozen = freeze(done, "seed", made, self._now)
                row = Seed(sitting=self._sitting.record, item=item, code=made.code, content=frozen)
                done.insert(row)
                kept[made.code] = row
        return list(kept.values())
