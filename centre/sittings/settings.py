"""``sitting.toml``: what one assessment round is to be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, Field, model_validator

from courses.foundation.content import Content, read_toml

if TYPE_CHECKING:
    from pathlib import Path


class MarkingSettings(Content):
    """Who marks essays (users); how far two marks may differ (points) before a third decides.

    Before a marker's first script of an item come ``qualifying`` seeds, then one in every
    ``seed_every`` scripts is a seed (0: none); on each criterion the marker may be
    ``seed_tolerance`` levels off.
    """

    markers: tuple[str, ...] = Field(min_length=2)
    adjudicator: str
    tolerance: Decimal = Field(ge=0)
    qualifying: int = Field(default=2, ge=0)
    seed_every: int = Field(default=10, ge=0)
    seed_tolerance: int = Field(default=1, ge=0)

    @model_validator(mode="after")
    def _different_people(self) -> MarkingSettings:
        people = [*self.markers, self.adjudicator]
        if len(set(people)) < len(people):
            raise ValueError("các giám khảo và giám khảo thứ ba phải là những người khác nhau")
        return self


class SittingSettings(Content):
    """What ``sitting.toml`` states.

    ``bank`` is the folder of a private bank (``items/``, ``rubrics/``, perhaps a
    ``blueprint.toml``); without it the sample bank is used, for demonstrations only. ``papers``
    are those of the blueprint that are offered, all when none is named.

    Papers are taken between ``opens`` and ``closes``; within ``grace_minutes`` after that they
    are taken late, then no more.
    """

    code: str = Field(pattern=r"^[a-z0-9-]{1,64}$")
    name: str
    track: str
    opens: AwareDatetime
    closes: AwareDatetime
    grace_minutes: int = Field(ge=0)
    bank: str = ""
    papers: tuple[str, ...] = ()
    marking: MarkingSettings

    @model_validator(mode="after")
    def _opens_first(self) -> SittingSettings:
        if self.opens >= self.closes:
            raise ValueError("giờ mở đề phải trước giờ đóng")
        return self


def read_settings(path: Path) -> SittingSettings:
    """Read a ``sitting.toml``; ContentError names file and key."""
    return read_toml(path, SittingSettings)
