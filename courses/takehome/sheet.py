"""A sheet to take home, as data: what is filled in, what is computed, and from what.

Formulas are Excel's, with a column's cell of the same row as ``{key}``, a column as ``{key:}``
and a parameter or a summary as ``{$key}``. The value beside each was computed by the lesson's
model, so that the sheet can be held against it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from courses.foundation.content import read_text
from courses.foundation.dates import VIETNAM, padded_date
from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    from collections.abc import Mapping

Format = Literal["text", "whole", "number", "percent", "date", "moment"]


@dataclass(frozen=True)
class Field:
    """A line to be written by hand: what it is, what belongs there, and the lesson's own words."""

    label: str
    hint: str
    value: str = ""


@dataclass(frozen=True)
class Column:
    """A column; with a ``formula`` it is computed.

    Args:
        key: its name in formulas and lines.
        heading: what stands above it.
        width: in characters.
        format: how its cells are shown.
        formula: see the module.
        options: the only texts that may be chosen, if any.
        alarm: the text that is to strike the eye.
    """

    key: str
    heading: str
    width: int
    format: Format = "text"
    formula: str = ""
    options: tuple[str, ...] = ()
    alarm: str = ""


@dataclass(frozen=True)
class Parameter:
    """A value that formulas of every row use; ``usual`` stands in the blank sheet too."""

    key: str
    label: str
    format: Format
    value: Any
    usual: bool = False


@dataclass(frozen=True)
class Summary:
    """A figure under the table."""

    key: str
    label: str
    format: Format
    formula: str
    value: Any


@dataclass(frozen=True)
class Sheet:
    """A sheet: ``lines`` hold every column's value by key, computed ones too.

    ``lessons`` are the codes of the lessons it belongs to, ``room`` is how many empty lines the
    blank one has.
    """

    name: str
    title: str
    lessons: tuple[str, ...]
    fields: tuple[Field, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    lines: tuple[Mapping[str, Any], ...]
    summaries: tuple[Summary, ...] = ()
    room: int = 15

    @property
    def use(self) -> str:
        """How it is filled in."""
        return _uses()[self.name]

    @property
    def blank(self) -> Sheet:
        """The sheet without the lesson's data."""
        return replace(
            self,
            fields=tuple(replace(field, value="") for field in self.fields),
            parameters=tuple(p if p.usual else replace(p, value=None) for p in self.parameters),
            lines=({},) * self.room,
            summaries=tuple(replace(one, value=None) for one in self.summaries),
        )


@cache
def _uses() -> dict[str, str]:
    told = tomllib.loads(read_text(Path(__file__).with_name("uses.toml")))
    return {name: " ".join(text.split()) for name, text in told.items()}


def shown(value: Any, form: Format) -> str:
    """A value as an official writes it; empty for nothing."""
    if value is None or value == "":
        return ""
    if form == "date":
        return padded_date(value)
    if form == "moment":
        at = value.replace(tzinfo=VIETNAM) if value.tzinfo is None else value
        return f"{at:%H:%M} {padded_date(at.date())}"
    if form in ("whole", "number", "percent"):
        digits = {"whole": 0, "number": 2, "percent": 1}[form]
        figure = vietnamese(100 * value if form == "percent" else value, digits)
        return f"{figure}\N{NO-BREAK SPACE}%" if form == "percent" else figure
    return str(value)
