"""Choosing the items of one paper's forms: by blueprint, without enemies, within the time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Mapping, Sequence

    from assessments.bank.bank import Bank
    from assessments.bank.item import Depth, Item
    from assessments.forms.blueprint import PaperPlan, Section


@dataclass
class Choice:
    """The items of the parallel forms as they are chosen; ``shared`` are in every form."""

    forms: list[list[Item]]
    shared: set[str] = field(default_factory=set)

    @property
    def ids(self) -> set[str]:
        """Every item chosen so far."""
        return {item.id for form in self.forms for item in form}

    def share(self, items: Collection[Item]) -> None:
        """Put items into every form."""
        self.shared |= {item.id for item in items}
        for form in self.forms:
            form.extend(items)


@dataclass(frozen=True)
class Stock:
    """What may be drawn: items below their exposure.

    ``met`` are the earlier forms' items; of the points of one of them a form may ask ``most``.
    """

    bank: Bank
    enemies: Mapping[str, frozenset[str]]
    uses: Mapping[str, int]
    met: Sequence[frozenset[str]]
    exposure: int
    most: Decimal

    def of(self, competency: str, *, essay: bool) -> list[Item]:
        """The items of one competency that may be drawn."""
        live = self.bank.live(competency, essay=essay)
        return [item for item in live if self.uses.get(item.id, 0) < self.exposure]

    def trials(self, competencies: Collection[str]) -> list[Item]:
        """The pilot items that may be tried out; those asked least come first."""
        items = self.bank.trials(competencies)
        open_ = [item for item in items if self.uses.get(item.id, 0) < self.exposure]
        return sorted(open_, key=lambda item: self.uses.get(item.id, 0))

    def closed(self, choice: Choice, forms: Sequence[Sequence[Item]]) -> set[str]:
        """What may no longer be put into ``forms``: the items chosen, and the enemies in them."""
        here = (item.id for form in forms for item in form)
        return choice.ids.union(*(self.enemies[item_id] for item_id in here))

    def take(
        self,
        items: Collection[Item],
        count: int,
        choice: Choice,
        rng: random.Random,
        what: str,
        forms: Sequence[Sequence[Item]] | None = None,
    ) -> list[Item]:
        """``count`` items at random for ``forms`` (all of them), none an enemy of what is there.

        Items that are no use to who remembers earlier forms come first, those more often that
        can be asked so in more sittings still; what a form shares with an earlier one stays within
        its limit as long as it can.

        Raises:
            ContentError: when there are too few.
        """
        forms = choice.forms if forms is None else forms
        taken: list[Item] = []
        closed = self.closed(choice, forms)
        order = sorted(items, key=lambda item: rng.random() ** (1 / self._left(item)), reverse=True)
        met_in = {
            item.id: [n for n, ids in enumerate(self.met) if item.id in ids] for item in order
        }
        shared = [self._shared(forms, ids) for ids in self.met]
        while len(taken) < count:
            free = [item for item in order if item.id not in closed]
            if not free:
                raise ContentError(f"cần {count} {what}, ngân hàng chỉ còn {len(taken)}")
            item = min(free, key=lambda i: self._worn(i, [shared[n] for n in met_in[i.id]]))
            taken.append(item)
            closed |= {item.id, *self.enemies[item.id]}
            for form in met_in[item.id]:
                shared[form] += item.points
        return taken

    def spares(self, form: Sequence[Item], at: int, choice: Choice) -> list[Item]:
        """What could stand in one place of a form, of a kind with what does; unworn ones first."""
        stands = form[at]
        others = [item for place, item in enumerate(form) if place != at]
        closed = self.closed(choice, [others])
        free = [
            item
            for item in self.of(stands.competency, essay=False)
            if (item.depth, item.points) == (stands.depth, stands.points) and item.id not in closed
        ]
        return sorted(free, key=lambda item: self._gained(item) if item.id in self.uses else 0.0)

    def _left(self, item: Item) -> int:
        """In how many sittings more the item may be asked and still pay memory nothing."""
        varies = self._gained(item) == 0
        return self.exposure - self.uses.get(item.id, 0) if varies else 1

    def _gained(self, item: Item) -> float:
        """What who has met the item gains, in tenths."""
        return round(self.bank.unearned.recalled(item.id), 1)

    def _shared(self, forms: Sequence[Sequence[Item]], met: Collection[str]) -> Decimal:
        """The most points of one of ``forms`` that an earlier form has asked."""
        points = (sum(item.points for item in form if item.id in met) for form in forms)
        return max(points, default=0) + Decimal(0)

    def _worn(self, item: Item, shared: Sequence[Decimal]) -> tuple[bool, float]:
        """How little an item is wanted, by what each earlier form that asked it shares already."""
        if not shared:
            return False, 0.0
        return max(shared) + item.points > self.most, self._gained(item)


def choose(plan: PaperPlan, stock: Stock, rng: random.Random) -> Choice:
    """Choose the items of every form of ``plan``.

    Essays come first, for their enemies are many.

    Raises:
        ContentError: when the bank has too few items, and of which kind.
    """
    choice = Choice([[] for _ in range(plan.forms)])
    for section in plan.sections:
        essays = stock.of(section.competency, essay=True)
        what = f"câu tự luận {section.competency}"
        choice.share(stock.take(essays, section.essays, choice, rng, what))
    for pool in plan.pools:
        essays = [item for code in pool.competencies for item in stock.of(code, essay=True)]
        choice.share(stock.take(essays, pool.essays, choice, rng, f"câu {pool.name}"))
    for section in plan.sections:
        _choose_objective(section, stock, choice, rng)
    return choice


def add_trials(plan: PaperPlan, stock: Stock, choice: Choice) -> None:
    """Put pilot items into every form, as many as are asked for and fit into the time."""
    left = plan.longest - max(sum(item.minutes for item in form) for form in choice.forms)
    closed = stock.closed(choice, choice.forms)
    taken: list[Item] = []
    for item in stock.trials([section.competency for section in plan.sections]):
        fits = item.id not in closed and item.minutes <= left
        if fits and len(taken) < plan.trials:
            taken.append(item)
            left -= item.minutes
            closed |= {item.id, *stock.enemies[item.id]}
    for form in choice.forms:
        form.extend(taken)


def put_in_order(plan: PaperPlan, choice: Choice) -> None:
    """Order each form by competency; nothing in the order tells which items are tried out."""
    order = [section.competency for section in plan.sections]
    for form in choice.forms:
        form.sort(key=lambda item: (order.index(item.competency), bool(item.rubric), item.id))


def _choose_objective(section: Section, stock: Stock, choice: Choice, rng: random.Random) -> None:
    closed = stock.closed(choice, choice.forms)
    items = stock.of(section.competency, essay=False)
    free = [item for item in items if item.id not in closed]
    by_depth = {d: [item for item in free if item.depth == d] for d in section.depths}
    counts = _anchors(section, by_depth, len(choice.forms), rng)
    for depth, items in by_depth.items():
        what = f"câu {section.competency} mức “{depth}”"
        choice.share(stock.take(items, counts[depth], choice, rng, f"{what} làm câu neo"))
    for depth, items in by_depth.items():
        rest = section.depths[depth] - counts[depth]
        what = f"câu {section.competency} mức “{depth}”"
        for form in choice.forms:
            form.extend(stock.take(items, rest, choice, rng, what, [form]))


def _anchors(
    section: Section, by_depth: Mapping[Depth, list[Item]], forms: int, rng: random.Random
) -> Counter[Depth]:
    """How many items of each depth are common to all forms: more where the bank is thin."""
    if forms == 1:
        return Counter(dict(section.depths))
    least = {
        depth: max(0, -((len(by_depth[depth]) - forms * count) // (forms - 1)))
        for depth, count in section.depths.items()
    }
    spare = section.anchors - sum(least.values())
    if spare < 0 or any(least[depth] > section.depths[depth] for depth in least):
        raise ContentError(
            f"ngân hàng {section.competency} quá ít câu cho {forms} đề song song với "
            f"{section.anchors} câu neo"
        )
    more = [depth for depth, count in section.depths.items() for _ in range(count - least[depth])]
    return Counter(least) + Counter(rng.sample(more, spare))
