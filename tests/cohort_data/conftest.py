"""Rosters for tests: plain ones, and as real life distorts them."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from cohort_data.rosters.roster import read_roster

HEADINGS = (
    *("STT", "Mã học viên", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Chức vụ"),
    *("Cơ quan", "Lần dự thi"),
)


def _person(number=1, **changed):
    """One plain row; ``changed`` by heading with underscores, as in ``Ngày_sinh="1980"``."""
    row = {
        "STT": number,
        "Mã học viên": f"CIO26-{number:03}",
        "Họ và tên": "Nguyễn Văn " + "".join(chr(ord("a") + int(n)) for n in str(number)),
        "Giới tính": "Nam",
        "Ngày sinh": "05/09/1980",
        "Số CCCD": f"001080{number:06}",
        "Chức vụ": "Giám đốc Trung tâm Chuyển đổi số",
        "Cơ quan": "Bộ Tài chính",
        "Lần dự thi": 1,
    }
    return list((row | {key.replace("_", " "): value for key, value in changed.items()}).values())


@pytest.fixture
def person():
    """Build one plain row."""
    return _person


@pytest.fixture(scope="session")
def headings():
    """The headings of a plain roster."""
    return HEADINGS


@pytest.fixture
def write(tmp_path):
    """Write rows as a workbook; ``fonts`` by cell, as in ``{"C2": ".VnTime"}``; return its path."""

    def write(rows, *, headings=HEADINGS, merges=(), fonts=None):
        book = Workbook()
        sheet = book.active
        for row in ([headings] if headings else []) + list(rows):
            sheet.append(list(row))
        for area in merges:
            sheet.merge_cells(area)
        for cell, font in (fonts or {}).items():
            sheet[cell].font = Font(name=font)
        path = tmp_path / "danh-sach.xlsx"
        book.save(path)
        return path

    return write


@pytest.fixture
def read(write):
    """Write rows as a workbook and read it as a roster."""
    return lambda rows, **layout: read_roster(write(rows, **layout))


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:automatic-styles><style:style style:name="an" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
    "</office:document-content>"
)


def _zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.fixture(scope="session")
def zipped():
    """Make a zip package of parts by name."""
    return _zipped


@pytest.fixture
def ods(tmp_path):
    """Write the tables given in XML as an .ods as LibreOffice writes it; return its path."""

    def write(tables):
        path = tmp_path / "danh-sach.ods"
        path.write_bytes(_zipped(**{"content.xml": _ODS.format(tables)}))
        return path

    return write


@pytest.fixture
def edited(zipped):
    """Replace bytes in one part of a package, in place; return its path."""

    def edited(path, part, old, new):
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)
        path.write_bytes(zipped(**parts))
        return path

    return edited
