"""The competency framework of CV 55/BTTTT-ƯDCNTT (10/01/2012), read from ``framework.toml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from courses.foundation.content import Content, read_toml
from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable

FRAMEWORK = Path(__file__).parent / "framework.toml"


class Entry(Content):
    """A named thing with a code: area, responsibility, duty or task group."""

    code: str = Field(pattern=r"^[A-Z]{1,3}[0-9]?$")
    name: str = Field(min_length=1)
    source: str = Field(min_length=1)


class Competency(Entry):
    """One of the twelve competencies.

    ``clause`` is its place in CV 55; ``depth`` quotes the level its wording asks for;
    ``responsibilities``, ``duties`` and ``task_groups`` are those it serves;
    ``clinger_cohen`` holds competency numbers of the 2012 Clinger-Cohen core competencies.
    """

    area: str
    clause: str
    depth: str
    responsibilities: tuple[str, ...]
    duties: tuple[str, ...] = Field(min_length=1)
    task_groups: tuple[str, ...]
    clinger_cohen: tuple[int, ...]


class Framework(Content):
    """Areas and competencies, and what they serve."""

    areas: tuple[Entry, ...]
    competencies: tuple[Competency, ...]
    responsibilities: tuple[Entry, ...]
    duties: tuple[Entry, ...]
    task_groups: tuple[Entry, ...]

    def competency(self, code: str) -> Competency:
        """The competency called ``code``; KeyError when there is none."""
        return {c.code: c for c in self.competencies}[code]

    def of_area(self, area: str) -> list[Competency]:
        """The competencies of one area, in the order of the source."""
        return [c for c in self.competencies if c.area == area]


def read_framework(path: Path = FRAMEWORK) -> Framework:
    """Read and check the framework.

    Raises:
        ContentError: naming file and key on an unknown key, a code used twice, or a
            competency that names an area, responsibility, duty or group that is not there.
    """
    framework = read_toml(path, Framework)
    for key in ("areas", "competencies", "responsibilities", "duties", "task_groups"):
        _refuse_repeated(getattr(framework, key), key, path)
    known = {
        key: {entry.code for entry in getattr(framework, key)}
        for key in ("responsibilities", "duties", "task_groups")
    }
    areas = {area.code for area in framework.areas}
    for number, competency in enumerate(framework.competencies):
        where = f"competencies.{number}"
        _refuse_unknown({competency.area}, areas, f"{where}.area", path)
        for key, codes in known.items():
            _refuse_unknown(getattr(competency, key), codes, f"{where}.{key}", path)
    return framework


@cache
def the_framework() -> Framework:
    """The framework this product is built on."""
    return read_framework()


def _refuse_repeated(entries: Iterable[Entry], key: str, path: Path) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        if entry.code in seen:
            raise ContentError(f"mã {entry.code} đã dùng", path=path, key=f"{key}.{number}.code")
        seen.add(entry.code)


def _refuse_unknown(codes: Iterable[str], known: set[str], key: str, path: Path) -> None:
    for code in codes:
        if code not in known:
            raise ContentError(f"không có mã {code}", path=path, key=key)
