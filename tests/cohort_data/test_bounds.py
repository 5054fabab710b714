"""Reading any file ends soon, in little memory, with a refusal that names it."""

import io
import os
import subprocess
import sys
import time
import zipfile

import pytest
import xlsxwriter

from cohort_data.rosters.formats import limits, reading, xls
from cohort_data.rosters.prior import read_prior
from cohort_data.rosters.roster import read_roster
from courses.foundation.errors import RosterError

SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
BILLION = (
    '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def refused(path, why, reader=read_roster):
    began = time.process_time()
    with pytest.raises(RosterError, match=why) as caught:
        reader(path)
    assert caught.value.path == path
    assert time.process_time() - began < 5


@pytest.fixture
def swollen(write, person, zipped):
    """A good workbook whose named part is replaced; returns its path."""

    def swollen(part, content):
        path = write([person()])
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        path.write_bytes(zipped(**(parts | {part: content})))
        return path

    return swollen


def test_a_sheet_of_millions_of_tiny_cells_is_refused_at_once(swollen):
    cells = "<row><c><v>1</v></c></row>" * 2_000_000
    began = time.process_time()
    refused(swollen(SHEET, f"{HEAD}{cells}</sheetData></worksheet>"), "thẻ XML")
    assert time.process_time() - began < 5


def test_a_sheet_that_unpacks_to_hundreds_of_megabytes_is_refused(swollen):
    refused(swollen(SHEET, HEAD + " " * 65_000_000), "sheet1.xml quá lớn")


def test_more_filled_cells_or_letters_than_any_roster_are_refused(write, person, monkeypatch):
    path = write([person(n) for n in range(1, 12)])
    for limit, why in (({"cells": 99}, "ô"), ({"characters": 999}, "ký tự")):
        monkeypatch.setattr(reading, "Budget", lambda path, of=limit: limits.Budget(path, **of))
        refused(path, rf"hơn \d+ {why}")


@pytest.mark.parametrize(
    ("merges", "why"),
    [
        ('<mergeCell ref="A1:XFD1048576"/>', "ô gộp"),
        ('<mergeCell ref="A1:CV100"/>' * 60, "ô gộp"),
        ('<mergeCell ref="A1:ZZZ1"/>', "hỏng"),
        ('<mergeCell ref="A0:B2"/>', "hỏng"),
    ],
)
def test_merges_over_the_whole_sheet_or_out_of_it_are_refused(write, person, edited, merges, why):
    path = write([person()])
    ends = f"</sheetData><mergeCells>{merges}</mergeCells>".encode()
    refused(edited(path, SHEET, b"</sheetData>", ends), why)


def test_hidden_columns_without_end_are_refused(write, person, edited):
    path = write([person()])
    columns = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 20 + b"</cols><sheetData>"
    refused(edited(path, SHEET, b"<sheetData>", columns), "cột ẩn")


@pytest.mark.parametrize("declaration", [BILLION, "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>"])
def test_a_document_type_is_refused_whatever_it_declares(swollen, declaration):
    refused(swollen("xl/workbook.xml", f"{declaration}<workbook>&c;</workbook>"), "hỏng")


def test_one_long_text_shown_in_every_cell_costs_no_more_than_itself(tmp_path, edited, headings):
    path = tmp_path / "dai.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        for row in range(1, 100):
            sheet.write_row(row, 0, ["@@@"] * 9)
    long = ("а ngày tháng " * 100_000).encode()  # its first letter is Cyrillic
    began = time.process_time()
    roster = read_roster(edited(path, "xl/sharedStrings.xml", b"@@@", long))
    assert roster.trainees == ()
    assert time.process_time() - began < 10


REPEATED_CELLS = (
    '<table:table table:name="x"><table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell table:number-columns-repeated="1000" office:value-type="string">'
    "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
)
REPEATED_HIDING = (
    '<table:table table:name="x"><table:table-column table:visibility="collapse" '
    'table:number-columns-repeated="16000"/>'
    '<table:table-row table:visibility="collapse" table:number-rows-repeated="900000"/>'
    "</table:table>"
)


@pytest.mark.parametrize("tables", [REPEATED_CELLS, REPEATED_HIDING])
def test_an_ods_that_repeats_without_end_is_refused(ods, tables):
    refused(ods(tables), "lớn bất thường")


def test_an_ods_with_a_flood_of_blanks_in_one_cell_is_cut(ods):
    cell = '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="999999999"/>b'
    refused(
        ods(
            f'<table:table table:name="x"><table:table-row>{cell}</text:p></table:table-cell>'
            "</table:table-row></table:table>"
        ),
        "tiêu đề",
    )


NESTED = (
    '<table:table table:name="x"><table:table-row><table:table-cell><text:p>a<table:table-cell>b'
    "</table:table-cell>c</text:p></table:table-cell></table:table-row></table:table>"
)


BACKWARDS = (
    '<table:table table:name="x"><table:table-row table:number-rows-repeated="-1"/></table:table>'
)
NO_NUMBER = (
    '<table:table table:name="x"><table:table-row><table:table-cell office:value="x" '
    'office:value-type="float"/></table:table-row></table:table>'
)


@pytest.mark.parametrize("tables", [NESTED, BACKWARDS, NO_NUMBER, "<text:p>x</text:p>"])
def test_an_ods_that_is_no_document_is_refused(ods, tables):
    refused(ods(tables), "hỏng|tiêu đề")


def test_a_csv_of_commas_alone_is_refused(tmp_path):
    path = tmp_path / "phay.csv"
    path.write_bytes(b"a" + b"," * 5_000_000)
    refused(path, "hơn 400000 ô")


def test_a_package_with_another_compression_or_a_password_is_refused(tmp_path):
    path = tmp_path / "lzma.xlsx"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    path.write_bytes(file.getvalue())
    refused(path, "không phải Excel")
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    refused(path, "mật khẩu")


def test_a_package_that_lies_about_its_size_is_refused(swollen):
    path = swollen(SHEET, HEAD + " " * 3_000_000)
    content = bytearray(path.read_bytes())
    real = (len(HEAD) + 3_000_000).to_bytes(4, "little")
    assert content.count(real) == 2
    path.write_bytes(content.replace(real, (1000).to_bytes(4, "little")))
    refused(path, "hỏng")


def test_a_file_larger_than_any_roster_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr("cohort_data.rosters.formats.reading.LARGEST_FILE", 1_000_000)
    path = tmp_path / "lon.csv"
    path.write_bytes(b"x" * 1_000_001)
    refused(path, "lớn quá 1 MB")


def test_an_xls_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(xls, "SECONDS", 0.01)
    path = tmp_path / "cham.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    refused(path, "giây")


@pytest.mark.parametrize("reader", [read_roster, read_prior])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_is_no_file_is_refused_without_waiting(tmp_path, reader, suffix):
    names = {kind: tmp_path / f"{kind}{suffix}" for kind in ("ống", "vòng", "khác", "gốc", "ổ")}
    os.mkfifo(names["ống"])
    names["vòng"].symlink_to(names["khác"])
    names["khác"].symlink_to(names["vòng"])
    names["gốc"].mkdir()
    names["ổ"].symlink_to("/dev/zero")
    for path in names.values():
        refused(path, "không (mở được tệp|phải tệp thường)", reader)


# Measured in a process of its own, for the most that this one has held never falls.
_MEASURED = """
import resource, sys
from pathlib import Path
import cohort_data.rosters.roster as rosters
from courses.foundation.errors import RosterError
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    rosters.read_roster(Path(sys.argv[1]))
except RosterError:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_bomb_is_refused_in_little_memory(swollen):
    path = swollen(SHEET, HEAD + "<row><c><v>1</v></c></row>" * 2_000_000)
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, path], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 30_000  # KiB
