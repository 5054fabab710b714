"""Scripts whose levels are known: marked before a marker starts, and among the others after."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from assessments.bank.rubric import TOP_LEVEL
from courses.foundation.content import Content
from grading.marking.script import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessments.bank.rubric import Rubric

Standing = Literal["qualifying", "ready", "stopped"]
STANDING_NAMES = {
    "qualifying": "chấm bài chuẩn trước",
    "ready": "được chấm",
    "stopped": "dừng, chờ trưởng ban chấm",
}


class SeedScript(Content):
    """A script made of a rubric's marked examples, and the level it has on each criterion."""

    code: str
    item: str
    text: str = Field(min_length=1)
    levels: dict[str, int]


def make_seeds(rubric: Rubric, seed: str, count: int) -> list[SeedScript]:
    """Up to ``count`` different seed scripts of a rubric, the same for the same seed.

    Each criterion's passage stands at a level drawn by chance; no two scripts have the same
    levels, so there are at most 4 to the power of the number of criteria.
    """
    kinds = (TOP_LEVEL + 1) ** len(rubric.criteria)
    rng = random.Random(f"{seed}/{rubric.item}")  # noqa: S311 - nothing secret is drawn
    drawn = rng.sample(range(kinds), min(count, kinds))
    return [_seed(rubric, seed, number) for number in drawn]


def _seed(rubric: Rubric, seed: str, number: int) -> SeedScript:
    levels = {}
    for criterion in rubric.criteria:
        number, levels[criterion.id] = divmod(number, TOP_LEVEL + 1)
    passages = [criterion.levels[levels[criterion.id]].example for criterion in rubric.criteria]
    code = code_of(seed, f"={'.'.join(map(str, levels.values()))}", rubric.item)
    text = "\n\n".join(passage.strip() for passage in passages)
    return SeedScript(code=code, item=rubric.item, text=text, levels=levels)


def too_far(given: Mapping[str, int], known: Mapping[str, int], tolerance: int) -> list[str]:
    """The criteria on which the levels given are more than ``tolerance`` off those known."""
    return [name for name, level in known.items() if abs(given[name] - level) > tolerance]


@dataclass(frozen=True)
class Trial:
    """How one marker did on one seed, and whether the lead has looked into it since."""

    within: bool
    cleared: bool = False


def standing(trials: Sequence[Trial], outstanding: int) -> Standing:
    """Whether a marker may mark an item.

    Args:
        trials: on the item's seeds, those before the first script and those among them.
        outstanding: how many seeds are still to be marked before the first script.
    """
    if any(not trial.within and not trial.cleared for trial in trials):
        return "stopped"
    return "qualifying" if outstanding else "ready"
