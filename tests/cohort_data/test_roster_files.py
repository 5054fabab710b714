"""A file that is no roster is refused by name, with row and column where there is one."""

import io
import zipfile
from datetime import datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from cohort_data.rosters.roster import read_roster
from courses.foundation.errors import RosterError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refused(path):
    with pytest.raises(RosterError) as caught:
        read_roster(path)
    assert str(path) in str(caught.value)
    return caught.value


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("trong.xlsx", b"", "tệp rỗng"),
        ("trong.csv", b"\n \n", "tệp rỗng"),
        ("cu.xlsx", OLE, "đổi đuôi"),
        ("cu.doc", OLE, r"chỉ đọc được"),
        ("cu.xls", OLE, r"\.xls hỏng"),
        ("trang-web.xls", b"<html><table></table></html>", r"không phải Excel \.xls"),
        ("mat-khau.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("trang-web.xlsx", b"<html><table></table></html>", "không phải Excel"),
        ("rac.xlsx", b"PK\x03\x04" + bytes(range(256)) * 9, "không phải Excel"),
        ("van-ban.xlsx", zipped(**{"word/document.xml": "<w/>"}), "hỏng hoặc không phải"),
        ("bom.xlsx", zipped(a="0" * 201_000_000), "lớn bất thường"),
        ("utf16.csv", "Mã học viên".encode("utf-16"), "UTF-8"),
        ("cp1258.csv", "Mã học viên, Họ và tên".encode("cp1258", "replace"), "UTF-8"),
        ("la.csv", "một dòng chữ\nhai dòng chữ".encode(), "không tìm thấy dòng tiêu đề"),
    ],
)
def test_another_kind_of_file_is_refused_with_the_remedy(tmp_path, name, content, why):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RosterError, match=why):
        read_roster(path)


def test_a_missing_file_is_refused(tmp_path):
    assert "không mở được" in refused(tmp_path / "khong-co.xlsx").message


def test_a_blank_workbook_is_refused(tmp_path):
    path = tmp_path / "trang.xlsx"
    Workbook().save(path)
    assert "không có nội dung" in refused(path).message


def test_rows_without_a_header_are_refused(write, person):
    assert "dòng tiêu đề" in refused(write([person(1), person(2)], headings=None)).message


def test_a_header_without_people_is_refused(write):
    error = refused(write([]))
    assert error.row == 1


@pytest.mark.parametrize("heading", ["Mã học viên", "Họ và tên", "Ngày sinh", "Chức vụ", "Cơ quan"])
def test_a_missing_required_column_is_named_with_the_header_row(write, person, headings, heading):
    other = ["Ghi chú" if text == heading else text for text in headings]
    error = refused(write([person()], headings=other))
    assert (error.row, heading in error.message) == (1, True)


def test_two_columns_of_one_meaning_are_refused_by_letter(write, person, headings):
    error = refused(write([[*person(), "Bộ Y tế"]], headings=[*headings, "Đơn vị công tác"]))
    assert error.column == "H và J"


def test_two_worksheets_that_are_rosters_are_refused(tmp_path, person, headings):
    book = Workbook()
    for sheet in (book.active, book.create_sheet("Bản cũ")):
        sheet.append(list(headings))
        sheet.append(person())
    path = tmp_path / "hai-trang.xlsx"
    book.save(path)
    assert "“Bản cũ”" in refused(path).message
    book["Bản cũ"].sheet_state = "hidden"
    book.save(path)
    assert len(read_roster(path).trainees) == 1


def test_a_column_typed_in_tcvn3_is_refused_whole(write, person):
    names = ["NguyÔn V¨n An", "TrÇn ThÞ B×nh", "Lan Anh", "Vò Nam"]
    rows = [person(n, Họ_và_tên=name) for n, name in enumerate(names, 1)]
    error = refused(write(rows, fonts={f"C{row}": ".VnTime" for row in range(2, 6)}))
    assert (error.row, error.column) == (2, "C")
    assert "chuyển sang Unicode" in error.message


def test_a_column_typed_in_vni_is_refused_even_in_a_unicode_font(write, person):
    names = ["Nguyeãn Vaên An", "Traàn Thò Bình", "Leâ Hoàng"]
    error = refused(write([person(n, Họ_và_tên=name) for n, name in enumerate(names, 1)]))
    assert "VNI" in error.message


def test_a_header_typed_in_tcvn3_is_recognised_as_the_cause(write):
    rows = [["M· häc viªn", "Hä vµ tªn", "Ngµy sinh"], ["A01", "NguyÔn V¨n An", "05/09/1980"]]
    assert "TCVN3" in refused(write(rows, headings=None)).message


ODD_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        [
            *("x", "Nam", "1980", "05/09/1980", "A01", "Lê An", "Bộ Y tế", "I.", "Tổng số: 2"),
            *("=1/0", "#REF!", "Các bộ, ngành", "Họ và tên", "Lª Anh", "001080000001", "(1)"),
            datetime(1980, 9, 5),  # noqa: DTZ001  Excel dates have no zone
            time(7, 30),
        ]
    ),
)


@settings(deadline=None)  # each example writes a workbook
@given(
    st.lists(st.lists(ODD_CELLS, min_size=9, max_size=9), max_size=6),
    st.sampled_from([[], ["A2:I2"], ["A2:A4"], ["C1:D1", "B3:D5"], ["D1:D3"]]),
)
def test_under_a_good_header_any_cells_are_read_or_refused(
    tmp_path_factory, headings, rows, merges
):
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    for area in merges:
        book.active.merge_cells(area)
    path = tmp_path_factory.mktemp("odd") / "danh-sach.xlsx"
    book.save(path)
    try:
        roster = read_roster(path)
    except RosterError:
        return
    assert len(roster.trainees) <= len(rows)
    assert all(1 < problem.row <= len(rows) + 1 for problem in roster.problems)
