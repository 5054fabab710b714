"""A QTI 3.0 content package: a zip of items with ``imsmanifest.xml``."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from assessments.bank.exchange.qti_export import to_qti
from assessments.bank.exchange.qti_import import LARGEST, from_qti
from assessments.bank.exchange.uncarried import Uncarried
from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assessments.bank.item import Variant

_MANIFEST = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_ITEM_TYPE = "imsqti_item_xmlv3p0"
_INDEX = "imsmanifest.xml"
_MOST = 2000  # files of a package that is read
_WHOLE = 100_000_000  # bytes of all its files together, unpacked
LARGEST_PACKAGE = 50_000_000  # bytes of a package as it comes
_OTHER = "tệp này không phải câu hỏi QTI, không nhận"
_ALL_OR_NOTHING = "mang theo được câu, nhưng QTI chấm thứ tự trọn điểm hoặc không"
_STAMP = (2026, 1, 1, 0, 0, 0)  # so that the same items give the same bytes


def write_package(variants: Iterable[Variant]) -> tuple[bytes, list[Uncarried]]:
    """The package as bytes, and the items, or parts of them, that it cannot hold."""
    written: dict[str, bytes] = {}
    uncarried: list[Uncarried] = []
    for variant in variants:
        item = to_qti(variant)
        if isinstance(item, Uncarried):
            uncarried.append(item)
        else:
            written[f"items/{variant.question.id}.xml"] = _bytes(item)
            if variant.question.kind == "ordering":
                uncarried.append(Uncarried(variant.question.id, _ALL_OR_NOTHING))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {_INDEX: _manifest(written), **written}.items():
            package.writestr(zipfile.ZipInfo(name, _STAMP), data)
    return buffer.getvalue(), uncarried


def read_package(data: bytes, path: Path) -> tuple[list[Variant], list[Uncarried]]:
    """The items that a package holds, and what of it could not be taken over.

    Raises:
        ContentError: when it is no package, or one of its files is damaged or too large.
    """
    variants: list[Variant] = []
    uncarried: list[Uncarried] = []
    for name, item in _items(data, path):
        found = from_qti(item, Path(name)) if item else Uncarried(name, _OTHER)
        if isinstance(found, Uncarried):
            uncarried.append(found)
        else:
            variants.append(found)
    return variants, uncarried


def _items(data: bytes, path: Path) -> Iterator[tuple[str, bytes]]:
    """The items of a package by file name; of other files, which nobody reads, the name alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            _require_sound(infos, path)
            for info in infos:
                if Path(info.filename).name != _INDEX:
                    yield info.filename, package.read(info) if _is_item(info.filename) else b""
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise ContentError("không phải gói QTI (tệp zip), hoặc gói hỏng", path=path) from None
    except (RuntimeError, NotImplementedError):
        raise ContentError("gói có mật khẩu hoặc nén theo cách lạ", path=path) from None


def _require_sound(infos: Sequence[zipfile.ZipInfo], path: Path) -> None:
    """Refuse a package that would flood memory or names places outside itself."""
    largest = max((info.file_size for info in infos), default=0)
    whole = sum(info.file_size for info in infos)
    if len(infos) > _MOST or largest > LARGEST or whole > _WHOLE:
        raise ContentError("gói QTI quá lớn", path=path)
    for info in infos:
        name = PurePosixPath(info.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in info.filename:
            raise ContentError(f"gói có tên tệp ra ngoài gói: {info.filename!r}", path=path)


def _is_item(name: str) -> bool:
    return name.endswith(".xml")


def _manifest(items: Iterable[str]) -> bytes:
    root = ET.Element("manifest", {"xmlns": _MANIFEST, "identifier": "ngan-hang"})
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "QTI Package"
    ET.SubElement(metadata, "schemaversion").text = "3.0.0"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    for name in items:
        about = {"identifier": Path(name).stem, "type": _ITEM_TYPE, "href": name}
        resource = ET.SubElement(resources, "resource", about)
        ET.SubElement(resource, "file", {"href": name})
    return _bytes(root)


def _bytes(root: ET.Element) -> bytes:
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)
