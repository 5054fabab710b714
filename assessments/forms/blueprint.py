"""The blueprint: which papers a track has, and what each must contain."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pydantic import Field, model_validator

from assessments.bank.item import Depth
from courses.foundation.content import Content, read_toml

BLUEPRINT = Path(__file__).parent / "blueprint.toml"


class Section(Content):
    """The part of a paper on one competency.

    ``depths`` says how many objective items of each depth; ``anchors`` of them are common to
    all forms, so that forms can be compared; essays are common to all forms.
    """

    competency: str
    depths: dict[Depth, int] = Field(default_factory=dict)
    anchors: int = Field(default=0, ge=0)
    essays: int = Field(ge=0)

    @property
    def objective(self) -> int:
        """Number of objective items."""
        return sum(self.depths.values())

    @model_validator(mode="after")
    def _anchors_fit(self) -> Section:
        if self.anchors > self.objective:
            raise ValueError("số câu neo nhiều hơn số câu khách quan")
        return self


class PaperPlan(Content):
    """One paper: ``area`` is the area it counts for, ``points`` its planned total.

    ``forms`` parallel forms are drawn; each item is delivered in one of ``variants`` versions.
    """

    code: str = Field(pattern=r"^[A-Z]{2,3}$")
    area: str
    name: str
    minutes: int = Field(gt=0)
    points: Decimal = Field(gt=0)
    forms: int = Field(default=1, ge=1, le=26)
    variants: int = Field(default=1, ge=1, le=100)
    sections: tuple[Section, ...] = Field(min_length=1)


class Blueprint(Content):
    """The papers of a track. An item is drawn in at most ``exposure`` sittings."""

    track: str
    name: str
    exposure: int = Field(ge=1)
    papers: tuple[PaperPlan, ...] = Field(min_length=1)

    def paper(self, code: str) -> PaperPlan:
        """The plan of the paper called ``code``; KeyError when there is none."""
        return {paper.code: paper for paper in self.papers}[code]


def read_blueprint(path: Path = BLUEPRINT) -> Blueprint:
    """Read the blueprint; ContentError names file and key."""
    return read_toml(path, Blueprint)
