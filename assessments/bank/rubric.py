"""Rubrics: what people look for when they mark an essay, and at which level it stands."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

from pydantic import Field, model_validator

from courses.foundation.content import Content, parse_toml, read_text
from courses.sources import the_sources

RUBRICS = Path(__file__).parents[1] / "rubrics"


class Level(Content):
    """One level of one criterion.

    ``descriptor`` is observable in the script; ``example`` is a passage, written for the
    rubric, that stands at this level and shows markers what is meant.
    """

    descriptor: str = Field(min_length=1)
    example: str = Field(min_length=1)


class Criterion(Content):
    """One thing that is looked for.

    ``levels`` go from 0 (absent) to 3 (full). ``weight`` is the points at the top level.
    ``must`` criteria gate a pass: below level 1 the whole essay earns at most half.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    weight: Decimal = Field(gt=0)
    must: bool = False
    levels: tuple[Level, Level, Level, Level]


class Rubric(Content):
    """The criteria of one essay item; their weights add up to ``points``."""

    id: str
    item: str
    points: Decimal
    criteria: tuple[Criterion, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _weights_add_up(self) -> Rubric:
        total = sum(criterion.weight for criterion in self.criteria)
        if total != self.points:
            raise ValueError(f"tổng trọng số tiêu chí là {total}, phải bằng points = {self.points}")
        if len({criterion.id for criterion in self.criteria}) != len(self.criteria):
            raise ValueError("hai tiêu chí trùng mã")
        return self

    @property
    def version(self) -> str:
        """The beginning of the digest of all it says: eight hexadecimal digits."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]

    def score(self, levels: dict[str, int]) -> Decimal:
        """Points for one level (0-3) a criterion.

        Unrounded. When a *must* criterion stands at level 0 the total is capped at half of
        the points, so that the essay alone cannot carry a candidate who missed the point.
        """
        weighted = (criterion.weight * levels[criterion.id] for criterion in self.criteria)
        # Divided once: thirds that are added up would part marks that are a tolerance apart.
        earned = sum(weighted, start=Decimal(0)) / TOP_LEVEL
        missed = any(criterion.must and not levels[criterion.id] for criterion in self.criteria)
        return min(earned, self.points / 2) if missed else earned


TOP_LEVEL = 3


def read_rubric(rubric_id: str, folder: Path = RUBRICS) -> Rubric:
    """Read ``<rubric_id>.toml``; ContentError names file and key."""
    path = folder / f"{rubric_id}.toml"
    return parse_toml(the_sources().printed(read_text(path), path), path, Rubric)
