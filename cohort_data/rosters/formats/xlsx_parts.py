"""What a workbook keeps beside its worksheets: names, relations, looks and shared strings."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from cohort_data.rosters.formats.limits import LONGEST_CELL

if TYPE_CHECKING:
    from datetime import datetime

_ESCAPE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # half of a pair is no character
TRUE = {"1", "true", "on"}


@dataclass
class Book:
    """Names, relations and states of the sheets, and the epoch of dates."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    epoch: datetime = CALENDAR_WINDOWS_1900

    def start(self, tag: str, of: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "sheet":
            hidden = of.get("state", "visible") != "visible"
            relation = next((of[name] for name in of if name.endswith(":id")), "")
            self.sheets.append((of.get("name", ""), relation, hidden))
        elif tag == "workbookPr" and of.get("date1904") in TRUE:
            self.epoch = CALENDAR_MAC_1904


@dataclass
class Relations:
    """What each relation of a part in ``folder`` is, and the part it leads to."""

    folder: str
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)

    def start(self, tag: str, of: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "Relationship" and of.get("TargetMode") != "External":
            target = of.get("Target", "")
            part = target[1:] if target.startswith("/") else posixpath.join(self.folder, target)
            kind = of.get("Type", "").rpartition("/")[2]
            self.targets[of.get("Id", "")] = (kind, posixpath.normpath(part))

    def named(self, kind: str) -> str | None:
        """Return the part of the first relation of a kind."""
        return next((part for one, part in self.targets.values() if one == kind), None)


@dataclass
class Looks:
    """Of each cell format: the font's name, and whether it shows a number as a date."""

    formats: dict[int, str] = field(default_factory=lambda: dict(BUILTIN_FORMATS))
    fonts: list[str | None] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    dates: dict[int, bool] = field(default_factory=dict)
    _open: str = ""

    def start(self, tag: str, of: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag in ("fonts", "cellXfs", "cellStyleXfs", "dxfs", "numFmts", "fills", "borders"):
            self._open = tag
        elif tag == "numFmt" and self._open == "numFmts":
            self.formats[whole(of.get("numFmtId"))] = of.get("formatCode", "")
        elif tag == "font" and self._open == "fonts":
            self.fonts.append(None)
        elif tag == "name" and self._open == "fonts" and self.fonts:
            self.fonts[-1] = of.get("val")
        elif tag == "xf" and self._open == "cellXfs":
            self.cells.append((whole(of.get("numFmtId")), whole(of.get("fontId"))))

    def font(self, style: int) -> str | None:
        """Return the name of the font of a cell format."""
        number = self.cells[style][1] if style < len(self.cells) else 0
        return self.fonts[number] if number < len(self.fonts) else None

    def is_date(self, style: int) -> bool:
        """Tell whether a cell format shows numbers as dates."""
        if style not in self.dates:
            number = self.cells[style][0] if style < len(self.cells) else 0
            code = self.formats.get(number, "General")
            self.dates[style] = bool(is_date_format(code[:LONGEST_CELL]))
        return self.dates[style]


@dataclass
class Strings:
    """The shared strings, without the phonetic readings that some carry."""

    all: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _within: str = ""

    def start(self, tag: str, _: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "si":
            self._pieces = []
        elif tag == "rPh" or (tag == "t" and self._within != "rPh"):
            self._within = tag

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "si":
            self.all.append(unescaped("".join(self._pieces))[:LONGEST_CELL])
        elif tag == self._within:
            self._within = ""

    def text(self, text: str) -> None:
        """Take characters."""
        if self._within == "t":
            self._pieces.append(text)


def whole(text: str | None) -> int:
    """Return a whole number from nought; ValueError for a negative one."""
    number = int(text or 0)
    if number < 0:
        raise ValueError
    return number


def unescaped(text: str) -> str:
    """Return text with the characters that ``_x000D_`` and its like stand for."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
