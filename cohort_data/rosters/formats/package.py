"""The zip packages of .xlsx and .ods, and their XML parts, read as streams within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from cohort_data.rosters.formats import limits
from courses.foundation.errors import RosterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_BLOCK = 1 << 18
_KNOWN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # all that these formats allow
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
_XML = (".xml", ".rels", ".vml")


class _LocalNames(dict[str, str]):
    """Names of elements without their namespace's prefix."""

    def __missing__(self, tag: str) -> str:
        self[tag] = name = tag.rpartition(":")[2]
        return name


class DamagedError(Exception):
    """The package does not hold what its format demands."""


@dataclass(frozen=True)
class Package:
    """An open package, measured before anything in it is parsed."""

    path: Path
    archive: zipfile.ZipFile

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        return name in self.archive.NameToInfo

    def parse(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] = lambda _: None,
        text: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Send the elements of a part, names without namespace, to the three handlers.

        Raises:
            DamagedError: when the part is missing, broken or declares a document type (no
                office program writes one, and entities multiply only there).
        """
        local = _LocalNames()
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, of: start(local[tag], of)
        parser.EndElementHandler = lambda tag: end(local[tag])
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse
        try:
            with self.archive.open(name) as part:
                while block := part.read(_BLOCK):
                    parser.Parse(block)
            parser.Parse(b"", True)
        except (*_BROKEN, expat.ExpatError, LookupError, ValueError, ArithmeticError):
            raise DamagedError(name) from None


def open_package(content: bytes, path: Path) -> Package:
    """Open ``content``, counting bytes and tags of all its XML parts as they unpack.

    Counting is some fifty times quicker than parsing, so that a bomb is refused at once and
    what is parsed later is known to be small.

    Raises:
        DamagedError: when it is no zip package, or a part does not unpack.
        RosterError: naming ``path``, when it is encrypted or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (*_BROKEN, ValueError):
        raise DamagedError("zip") from None
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise RosterError("tệp đặt mật khẩu; bỏ mật khẩu rồi lưu lại", path=path)
    if any(part.compress_type not in _KNOWN_METHODS for part in parts):
        raise DamagedError("method")
    if len(parts) > limits.MOST_PARTS:
        raise limits.too_large(path, f"hơn {limits.MOST_PARTS} tệp bên trong")
    if sum(part.file_size for part in parts) > limits.LARGEST_PACKAGE:
        raise limits.too_large(path, f"hơn {limits.LARGEST_PACKAGE // 1_000_000} MB khi giải nén")
    _count(archive, path)
    return Package(path, archive)


def _count(archive: zipfile.ZipFile, path: Path) -> None:
    tags = 0
    for info in archive.infolist():
        if not info.filename.lower().endswith(_XML):
            continue
        if info.file_size > limits.LARGEST_PART:
            raise limits.too_large(path, f"{info.filename[:60]} quá lớn khi giải nén")
        try:
            with archive.open(info) as part:
                while block := part.read(_BLOCK):
                    tags += block.count(b"<")
                    if tags > limits.MOST_TAGS:
                        raise limits.too_large(path, f"hơn {limits.MOST_TAGS} thẻ XML")
        except _BROKEN:
            raise DamagedError(info.filename) from None


def _refuse(*_: object) -> None:
    raise ValueError
