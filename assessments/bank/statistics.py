"""What sittings have shown of an item, kept in a file beside it: ``<id>.stats.toml``.

Difficulty is the mean share of the points, the item–total correlation is corrected (the item
is taken out of the total). Both are told only from the number of answers on that makes them
mean something.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from statistics import correlation, fmean, pstdev
from typing import TYPE_CHECKING

from pydantic import Field

from courses.foundation.content import Content, read_toml
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FLAG_FROM = 30  # answers from which a figure may raise a question
REPORT_FROM = 100  # answers from which it may be reported


class Response(Content):
    """One candidate's answer to an item: share of its points, and of the rest of the form.

    ``answer`` is what was chosen, for the counts of options; it is empty where texts are typed.
    """

    share: float = Field(ge=0, le=1)
    rest: float = Field(ge=0, le=1)
    variant: int = Field(default=0, ge=0)
    answer: str = ""
    seconds: float | None = Field(default=None, ge=0)


class Sample(Content):
    """An item's figures at one sitting on one form; None where too few answered."""

    sitting: str
    on: date
    form: str
    scored: bool = True
    answers: int = Field(ge=0)
    difficulty: float | None = Field(default=None, ge=0, le=1)
    item_rest: float | None = Field(default=None, ge=-1, le=1)
    seconds: float | None = Field(default=None, ge=0)
    options: dict[str, int] = Field(default_factory=dict)
    by_variant: dict[str, float] = Field(default_factory=dict)


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
        """Mean share of the points over all samples that tell it, weighted by answers."""
        told = [(s.difficulty, s.answers) for s in self.samples if s.difficulty is not None]
        total = sum(answers for _, answers in told)
        return sum(share * answers for share, answers in told) / total if total else None

    def added(self, sample: Sample) -> ItemStatistics:
        """With one sample more; that of the same sitting and form is replaced."""
        same = (sample.sitting, sample.form)
        kept = [s for s in self.samples if (s.sitting, s.form) != same]
        order = sorted([*kept, sample], key=lambda s: (s.on, s.sitting, s.form))
        return ItemStatistics(item=self.item, samples=tuple(order))


def sample(
    sitting: str, on: date, form: str, responses: Sequence[Response], *, scored: bool = True
) -> Sample:
    """The figures of one item on one form from its responses."""
    shares = [response.share for response in responses]
    enough = len(responses) >= FLAG_FROM
    times = [response.seconds for response in responses if response.seconds is not None]
    return Sample(
        sitting=sitting,
        on=on,
        form=form,
        scored=scored,
        answers=len(responses),
        difficulty=round(fmean(shares), 4) if enough else None,
        item_rest=_item_rest(responses) if enough else None,
        seconds=round(fmean(times), 1) if times else None,
        options=dict(sorted(Counter(r.answer for r in responses if r.answer).items())),
        by_variant=_by_variant(responses),
    )


def _item_rest(responses: Sequence[Response]) -> float | None:
    """Pearson's r of the item with the rest of the form; None where one of them is constant."""
    shares, rests = [r.share for r in responses], [r.rest for r in responses]
    if not pstdev(shares) or not pstdev(rests):
        return None
    return round(correlation(shares, rests), 4)


def _by_variant(responses: Sequence[Response]) -> dict[str, float]:
    """Difficulty of each variant that enough have answered."""
    groups: dict[int, list[float]] = {}
    for response in responses:
        groups.setdefault(response.variant, []).append(response.share)
    enough = {number: shares for number, shares in groups.items() if len(shares) >= FLAG_FROM}
    return {str(number): round(fmean(enough[number]), 4) for number in sorted(enough)}


def statistics_path(folder: Path, item_id: str) -> Path:
    """The statistics file of an item, beside it in the bank's ``items`` folder."""
    return folder / item_id.split("-", maxsplit=1)[0].lower() / f"{item_id.lower()}.stats.toml"


def read_statistics(folder: Path, item_id: str) -> ItemStatistics:
    """What is kept of an item; nothing kept is no sample. ContentError on a damaged file."""
    path = statistics_path(folder, item_id)
    return read_toml(path, ItemStatistics) if path.exists() else ItemStatistics(item=item_id)


def write_statistics(folder: Path, statistics: ItemStatistics) -> None:
    """Write the file beside the item, whole."""
    lines = [f'item = "{statistics.item}"']
    for one in statistics.samples:
        lines += ["", "[[samples]]"]
        for name, value in one.model_dump(mode="python", exclude_none=True).items():
            lines.append(f"{name} = {_toml(value)}")
    text = "\n".join(lines) + "\n"
    write_atomically(statistics_path(folder, statistics.item), text.encode())


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_quoted(key)} = {_toml(v)}" for key, v in value.items()) + " }"
    if isinstance(value, date | int | float):
        return str(value)
    return _quoted(str(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
