"""The blueprint: which papers a track has, and what each must contain."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pydantic import Field, model_validator

from assessments.bank.item import Depth
from courses.foundation.content import Content, read_toml
from courses.foundation.errors import ContentError

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


class EssayPool(Content):
    """``essays`` essays drawn from the competencies together, common to all forms."""

    competencies: tuple[str, ...] = Field(min_length=1)
    essays: int = Field(default=1, ge=1)

    @property
    def name(self) -> str:
        """The pool as proofs call it."""
        return "tự luận " + "/".join(self.competencies)


class PaperPlan(Content):
    """One paper: ``area`` is the area it counts for, ``points`` its planned total.

    ``forms`` parallel forms are drawn; each item is delivered in one of ``variants`` versions.
    The authors' minutes of a form fill at most the share ``load`` of the paper's. Up to
    ``trials`` pilot items are asked in every form besides, unscored, where the time allows.
    """

    code: str = Field(pattern=r"^[A-Z]{2,3}$")
    area: str
    name: str
    minutes: int = Field(gt=0)
    points: Decimal = Field(gt=0)
    forms: int = Field(default=1, ge=1, le=26)
    variants: int = Field(default=1, ge=1, le=100)
    load: Decimal = Field(default=Decimal(1), gt=0, le=1)
    trials: int = Field(default=0, ge=0, le=10)
    sections: tuple[Section, ...] = Field(min_length=1)
    pools: tuple[EssayPool, ...] = ()

    @property
    def longest(self) -> Decimal:
        """The most minutes that the items of a form may take by their authors."""
        return self.minutes * self.load

    @model_validator(mode="after")
    def _pools_fit(self) -> PaperPlan:
        own = {section.competency: section.essays for section in self.sections}
        pooled = [code for pool in self.pools for code in pool.competencies]
        if any(own.get(code) != 0 for code in pooled) or len(set(pooled)) != len(pooled):
            raise ValueError(
                "năng lực trong pools phải có phần riêng với essays = 0, mỗi năng lực một lần"
            )
        return self


class Parallel(Content):
    """How far parallel forms may lie apart.

    ``difficulty`` is in share of points as predicted, ``reading`` (words) and ``minutes`` are in
    share of the longest form's.
    """

    difficulty: Decimal = Field(default=Decimal(1), gt=0, le=1)
    reading: Decimal = Field(default=Decimal(1), gt=0, le=1)
    minutes: Decimal = Field(default=Decimal(1), gt=0, le=1)


class Blueprint(Content):
    """The papers of a track.

    An item is drawn in at most ``exposure`` sittings. ``overlap`` is the most that a form may
    share with a form which a candidate has met before, as a share of its points; ``parallel``
    how alike the forms of one paper must be. ``guessed`` is the most that a player without the
    knowledge may expect of a form, ``recalled`` the most that who remembers all earlier forms
    may gain, both as shares of its points.
    """

    track: str
    name: str
    exposure: int = Field(ge=1)
    overlap: Decimal = Field(default=Decimal(1), ge=0, le=1)
    guessed: Decimal = Field(default=Decimal(1), gt=0, le=1)
    recalled: Decimal = Field(default=Decimal(1), ge=0, le=1)
    parallel: Parallel = Parallel()
    papers: tuple[PaperPlan, ...] = Field(min_length=1)

    def paper(self, code: str) -> PaperPlan:
        """The plan of the paper called ``code``; KeyError when there is none."""
        return {paper.code: paper for paper in self.papers}[code]


def read_blueprint(path: Path = BLUEPRINT) -> Blueprint:
    """Read the blueprint; ContentError names file and key."""
    return read_toml(path, Blueprint)


def blueprint_of(track: str, folder: Path = BLUEPRINT.parent) -> Blueprint:
    """The blueprint of one track in a folder: of its own name, else the one that all share.

    Raises:
        ContentError: when there is none, or it is of another track.
    """
    own = folder / f"{BLUEPRINT.stem}-{track}.toml"
    path = own if own.exists() else folder / BLUEPRINT.name
    blueprint = read_blueprint(path)
    if blueprint.track != track:
        words = (
            f"là ma trận của chương trình {blueprint.track}; chương trình {track} cần {own.name}"
        )
        raise ContentError(words, path=path, key="track")
    return blueprint


def read_blueprints(folder: Path = BLUEPRINT.parent) -> list[Blueprint]:
    """Every blueprint in a folder, that which names no track first."""
    paths = sorted(folder.glob(f"{BLUEPRINT.stem}*.toml"), key=lambda p: p.stem)
    return [read_blueprint(path) for path in paths]
