"""What the source documents ask for, and which outcomes teach and examine it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from courses.foundation.content import Content, parse_toml, read_text
from courses.foundation.errors import ContentError
from courses.framework import the_framework
from courses.sources import the_sources

REQUIREMENTS = Path(__file__).parent / "requirements.toml"


class Requirement(Content):
    """One thing a document asks for.

    ``says`` is what a lesson that teaches one of ``outcomes`` must say in these very words;
    ``items`` narrow the items that count as examining it, all of the outcomes' without it.
    """

    code: str = Field(min_length=1)
    text: str = Field(min_length=1)
    outcomes: tuple[str, ...] = Field(min_length=1)
    items: tuple[str, ...] = ()
    says: str = ""


class Asking(Content):
    """A document that asks, by its name in print and its id in the register.

    ``capstone`` begins the place that a capstone's citation names: each row must be in the
    capstone too. Empty: the capstone need not.
    """

    name: str
    source: str
    capstone: str = ""
    rows: tuple[Requirement, ...] = Field(min_length=1)


class _Requirements(Content):
    serves: dict[str, tuple[str, ...]]
    documents: tuple[Asking, ...]


def read_requirements(path: Path = REQUIREMENTS) -> list[Asking]:
    """Every document that asks, that of the framework first.

    Raises:
        ContentError: when a responsibility, duty or group of the framework is missing or
            unknown, or is said to be served by a competency that the framework does not give it.
    """
    read = parse_toml(the_sources().printed(read_text(path), path), path, _Requirements)
    return [_framework(read.serves, path), *read.documents]


def _framework(serves: dict[str, tuple[str, ...]], path: Path) -> Asking:
    framework = the_framework()
    entries = (*framework.responsibilities, *framework.duties, *framework.task_groups)
    if odd := {entry.code for entry in entries} ^ set(serves):
        raise ContentError(f"thiếu hoặc thừa mã {min(odd)}", path=path, key="serves")
    for code, outcomes in serves.items():
        for outcome in outcomes:
            _require_served(code, outcome, path)
    rows = [Requirement(code=e.code, text=e.name, outcomes=serves[e.code]) for e in entries]
    return Asking(name="Khung năng lực", source="55/BTTTT-ƯDCNTT", rows=tuple(rows))


def _require_served(code: str, outcome: str, path: Path) -> None:
    known = {c.code: c for c in the_framework().competencies}
    own = known.get(outcome.partition(".")[0])
    served = (*own.responsibilities, *own.duties, *own.task_groups) if own else ()
    if code not in served:
        words = f"framework.toml không ghi năng lực của {outcome} phục vụ {code}"
        raise ContentError(words, path=path, key=f"serves.{code}")
