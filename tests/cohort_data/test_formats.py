"""Each file format is read into the same sheets: values, dates, merges, and what is hidden."""

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from cohort_data.rosters.formats.reading import read_sheets
from cohort_data.rosters.roster import read_roster
from courses.foundation.errors import RosterError

# Written once by xlwt: a title over seven columns, a header in row 3, four people, of whom the
# third stands in a hidden row and the fourth has a formula; column G and a worksheet are hidden.
XLS = Path(__file__).parent / "files" / "danh-sach.xls"
HEADINGS = ("STT", "Mã học viên", "Họ và tên", "Ngày sinh", "Chức vụ", "Cơ quan")


def row(*cells, **attributes):
    of = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row{of}>{''.join(map(cell, cells))}</table:table-row>"


def cell(text):
    if text.startswith("<"):
        return text
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def table(*rows, name="Danh sách", style="", columns=""):
    of = f' table:style-name="{style}"' if style else ""
    return f'<table:table table:name="{name}"{of}>{columns}{"".join(rows)}</table:table>'


def person(number, **attributes):
    born = '<table:table-cell office:value-type="date" office:date-value="1980-09-05"/>'
    return row("1", f"A0{number}", "Lê Văn Ân", born, "Giám đốc", "Bộ Y tế", **attributes)


def test_an_ods_is_read_like_a_workbook(ods):
    title = (
        '<table:table-cell table:number-columns-spanned="6" office:value-type="string">'
        "<text:p>DANH <text:span>SÁCH</text:span></text:p></table:table-cell>"
        '<table:covered-table-cell table:number-columns-repeated="5"/>'
    )
    blank = row('<table:table-cell table:number-columns-repeated="16384"/>')
    roster = read_roster(
        ods(
            table(
                row(title),
                row(*HEADINGS),
                person(1),
                person(2),
                blank.replace(
                    "<table:table-row>", '<table:table-row table:number-rows-repeated="1048572">'
                ),
            )
        )
    )
    assert [(t.id, t.full_name, t.birth_date) for t in roster.trainees] == [
        ("A01", "Lê Văn Ân", date(1980, 9, 5)),
        ("A02", "Lê Văn Ân", date(1980, 9, 5)),
    ]


def test_an_ods_cell_is_its_text_without_comments_and_with_its_blanks(ods):
    cells = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>xem lại</text:p>'
        "</office:annotation><text:p>Lê<text:s/>Văn</text:p><text:p>Ân</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="2"><text:p>2</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="2" '
        'office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
    )
    [sheet] = read_sheets(ods(table(row(cells), row("b", number_rows_repeated="2"))))
    values = {at: cell.value for at, cell in sheet.cells.items()}
    assert values == {
        (1, 1): "Lê Văn\nÂn",
        (1, 2): 2,
        (1, 3): True,
        (1, 4): True,
        (1, 5): "=",
        (2, 1): "b",
        (3, 1): "b",
    }


def test_hidden_parts_of_an_ods_are_known(ods):
    columns = (
        "<table:table-column/>"
        '<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    )
    hidden, shown = read_sheets(
        ods(
            table(row("x"), name="Cũ", style="an")
            + table(
                row("a", "b"),
                row("c", visibility="filter", number_rows_repeated="2"),
                columns=columns,
            )
        )
    )
    assert (hidden.hidden, shown.hidden) == (True, False)
    assert (shown.hidden_rows, shown.hidden_columns) == ({2, 3}, {2, 3})


def test_an_xls_is_read_with_dates_merges_formulas_and_what_is_hidden():
    old, shown = read_sheets(XLS)[1], read_sheets(XLS)[0]
    assert shown.cells[4, 4].value == datetime(1980, 9, 5)  # noqa: DTZ001  Excel dates have no zone
    assert shown.cells[7, 5].value == "="
    assert shown.merges == ((1, 1, 1, 7),)
    assert (shown.hidden_rows, shown.hidden_columns, old.hidden) == ({6}, {7}, True)
    roster = read_roster(XLS)
    assert [(t.id, t.attempt) for t in roster.trainees] == [("A01", 1), ("A02", 2)]
    assert roster.left_out == {"A03", "A04"}


@settings(max_examples=6, deadline=None)  # each example starts a process
@given(st.lists(st.tuples(st.integers(0, 5631), st.integers(0, 255)), min_size=1, max_size=40))
def test_a_damaged_xls_is_read_or_refused(tmp_path_factory, changes):
    content = bytearray(XLS.read_bytes())
    for at, byte in changes:
        content[at] = byte
    path = tmp_path_factory.mktemp("xls") / "hong.xls"
    path.write_bytes(content)
    try:
        read_roster(path)
    except RosterError as error:
        assert error.path == path  # noqa: PT017 - most examples end here, some read well


VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9),
    st.booleans(),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    ),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
)


@settings(max_examples=20, deadline=None)  # each example writes a workbook
@given(st.dictionaries(st.tuples(st.integers(1, 30), st.integers(1, 30)), VALUES, max_size=12))
def test_a_workbook_is_read_as_openpyxl_reads_it(tmp_path_factory, cells):
    book = Workbook()
    for (at_row, column), value in cells.items():
        book.active.cell(at_row, column, value)
    path = tmp_path_factory.mktemp("like") / "so.xlsx"
    book.save(path)
    expected = {
        (c.row, c.column): "=" if c.data_type == "f" else c.value
        for line in load_workbook(path).active.iter_rows()
        for c in line
        if c.value is not None and str(c.value).strip()
    }
    [sheet] = read_sheets(path)
    assert {at: cell.value for at, cell in sheet.cells.items()} == expected


def test_rich_text_is_read_whole_and_phonetic_readings_are_not(tmp_path, edited, person, headings):
    path = tmp_path / "giau.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        sheet.write_row(1, 0, person())
        sheet.write_rich_string(1, 2, "Lê ", book.add_format({"bold": True}), "An_x0020_")
    phonetic = b"<rPh sb='0' eb='1'><t>xx</t></rPh></si>"
    escaped = edited(path, "xl/sharedStrings.xml", b"_x005F", b"")
    read = read_roster(edited(escaped, "xl/sharedStrings.xml", b"</si>", phonetic))
    assert read.trainees[0].full_name == "Lê An"


def test_a_workbook_may_keep_its_parts_elsewhere_and_prefix_its_names(
    tmp_path, zipped, write, person
):
    with zipfile.ZipFile(write([person(1)])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    moved = {
        name.replace("xl/workbook.xml", "xl/so.xml").replace("workbook.xml.rels", "so.xml.rels"): (
            part.replace(b"xl/workbook.xml", b"xl/so.xml")
        )
        for name, part in parts.items()
    }
    sheet = moved["xl/worksheets/sheet1.xml"]
    moved["xl/worksheets/sheet1.xml"] = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", sheet).replace(
        b"xmlns=", b"xmlns:x="
    )
    (tmp_path / "khac.xlsx").write_bytes(zipped(**moved))
    assert len(read_roster(tmp_path / "khac.xlsx").trainees) == 1


@pytest.mark.parametrize("suffix", [".ods", ".xlsx"])
def test_a_package_of_the_other_kind_is_refused(tmp_path, ods, write, person, suffix):
    other = ods(table(row(*HEADINGS))) if suffix == ".xlsx" else write([person()])
    path = other.rename(tmp_path / f"doi-duoi{suffix}")
    with pytest.raises(RosterError, match="không phải"):
        read_roster(path)
