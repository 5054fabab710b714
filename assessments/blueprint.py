"""The blueprint: which papers a track has, and what each must contain."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pydantic import Field

from courses.content import Content, read_toml

BLUEPRINT = Path(__file__).parent / "blueprint.toml"


class Section(Content):
    """The part of a paper on one competency: how many objective items and essays."""

    competency: str
    objective: int = Field(ge=0)
    essays: int = Field(ge=0)


class PaperPlan(Content):
    """One paper: ``area`` is the area it counts for, ``points`` its planned total."""

    code: str = Field(pattern=r"^[A-Z]{2,3}$")
    area: str
    name: str
    minutes: int = Field(gt=0)
    points: Decimal = Field(gt=0)
    sections: tuple[Section, ...] = Field(min_length=1)


class Blueprint(Content):
    """The papers of a track."""

    track: str
    name: str
    papers: tuple[PaperPlan, ...] = Field(min_length=1)

    def paper(self, code: str) -> PaperPlan:
        """The plan of the paper called ``code``; KeyError when there is none."""
        return {paper.code: paper for paper in self.papers}[code]


def read_blueprint(path: Path = BLUEPRINT) -> Blueprint:
    """Read the blueprint; ContentError names file and key."""
    return read_toml(path, Blueprint)
