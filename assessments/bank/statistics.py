"""What sittings have shown of an item: a sample for each form on which it was asked.

Difficulty is the mean share of the points, the item–total correlation is corrected (the item
is taken out of the total). Both are told only from the number of answers on that makes them
mean something.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from courses.foundation.content import Content

if TYPE_CHECKING:
    from collections.abc import Sequence

FLAG_FROM = 30  # answers from which a figure may raise a question
REPORT_FROM = 100  # answers from which it may be reported


class Split(Content):
    """A part of the answers to an item: how many, and their mean share of its points."""

    answers: int = Field(ge=0)
    share: float | None = Field(default=None, ge=0, le=1)

    @property
    def difficulty(self) -> float | None:
        """The mean share, None where too few answered to tell it."""
        return self.share if self.answers >= FLAG_FROM else None


class Sample(Split):
    """An item's figures at one sitting on one form.

    ``item_rest`` is None where too few answered or nothing varied, ``seconds`` the median time;
    ``options`` counts what was chosen, by the option's text. ``share``, ``options`` and the
    splits by variant are kept of few answers too, so that sittings add up: they are told by
    ``difficulty`` and ``chosen``.
    """

    sitting: str
    on: date
    form: str
    version: int = Field(ge=0)
    scored: bool = True
    item_rest: float | None = Field(default=None, ge=-1, le=1)
    seconds: float | None = Field(default=None, ge=0)
    options: dict[str, int] = Field(default_factory=dict)
    variants: dict[str, Split] = Field(default_factory=dict)

    @property
    def chosen(self) -> dict[str, int]:
        """What was chosen how often; nothing where too few answered."""
        return self.options if self.answers >= FLAG_FROM else {}


class ItemStatistics(Content):
    """Everything that sittings have shown of one item, oldest first."""

    item: str
    samples: tuple[Sample, ...] = ()

    @property
    def answers(self) -> int:
        """Answers over all sittings."""
        return sum(sample.answers for sample in self.samples)

    @property
    def difficulty(self) -> float | None:
        """Mean share of the points over all answers; None where they are too few to tell it."""
        if self.answers < FLAG_FROM:
            return None
        return sum((s.share or 0) * s.answers for s in self.samples) / self.answers

    def of_version(self, version: int) -> ItemStatistics:
        """What was shown of one version: another one is another question."""
        same = tuple(sample for sample in self.samples if sample.version == version)
        return ItemStatistics(item=self.item, samples=same)


def gathered(item: str, samples: Sequence[Sample]) -> ItemStatistics:
    """Samples of one item in the order of their sittings."""
    order = sorted(samples, key=lambda sample: (sample.on, sample.sitting, sample.form))
    return ItemStatistics(item=item, samples=tuple(order))
