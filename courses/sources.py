"""The register of legal and official documents: whatever a lesson or item cites stands here."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from courses.foundation.content import Content, read_toml
from courses.foundation.errors import ContentError

SOURCES = Path(__file__).parent / "sources.toml"

# Document numbers as Vietnamese offices write them: 30/2020/NĐ-CP, 20/2023/QH15,
# 55/BTTTT-ƯDCNTT. Numbers without a year but with a short body (8/22) are not among them.
_NUMBER = re.compile(
    r"(?<![\w/.-])\d{1,5}[a-z]?/(?:(?:19|20)\d{2}/(?:QH\d+|[A-ZĐƯ][\wĐƯ-]*\w)|[A-ZĐƯ][\wĐƯ]*-[\wĐƯ-]*\w)"
)

Confidence = Literal["nguồn dự án", "kiến thức chung", "cần đối chiếu"]


class Source(Content):
    """One document. Dates are None where they are not known.

    ``confidence`` says how sure we are: given by the project's own sources, generally known,
    or still to be compared with the original, in which case readers are told so.
    """

    number: str
    kind: str
    title: str
    issuer: str
    issued_on: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    replaced_by: str = ""
    confidence: Confidence
    note: str = ""


class Register(Content):
    """All documents."""

    sources: tuple[Source, ...] = Field(min_length=1)

    @property
    def numbers(self) -> set[str]:
        """The numbers of all documents."""
        return {source.number for source in self.sources}


def read_sources(path: Path = SOURCES) -> Register:
    """Read the register; ContentError on a number entered twice, naming it."""
    register = read_toml(path, Register)
    seen: set[str] = set()
    for place, source in enumerate(register.sources):
        if source.number in seen:
            key = f"sources.{place}.number"
            raise ContentError(f"số {source.number} đã có", path=path, key=key)
        seen.add(source.number)
    return register


@cache
def the_sources() -> Register:
    """The register this product cites from."""
    return read_sources()


def cited(text: str) -> list[str]:
    """The document numbers that a text names, in order, each once."""
    return list(dict.fromkeys(match.group() for match in _NUMBER.finditer(text)))
