"""Cells read as what they are, and doubtful cells are refused."""

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_data.rosters.cells import (
    CellError,
    as_attempt,
    as_birth_date,
    as_id,
    as_name,
    as_sex,
    as_text,
    is_mark,
)
from cohort_data.rosters.legacy_text import legacy_encoding

DATES = st.dates(date(1930, 1, 1), date(2010, 12, 31))


@given(DATES, st.sampled_from(["{0.day:02}/{0.month:02}/{0.year}", "{0.day}/{0.month}/{0.year}"]))
def test_day_comes_before_month(day, form):
    assert as_birth_date(form.format(day)) == day


@pytest.mark.parametrize(
    "typed",
    [
        datetime(1980, 9, 5),  # noqa: DTZ001  Excel dates have no zone
        date(1980, 9, 5),
        " 05/09/1980 ",
        "5-9-1980",
        "5.9.1980",
        "05 / 09 / 1980",
        "1980-09-05",
        "ngày 5 tháng 9 năm 1980",
        unicodedata.normalize("NFD", "Ngày 05 tháng 09 năm 1980"),
    ],
)
def test_every_usual_form_of_a_date_is_read(typed):
    assert as_birth_date(typed) == date(1980, 9, 5)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1980", "chỉ có năm"),
        (1980, "chỉ có năm"),
        (1980.0, "chỉ có năm"),
        ("1980,0", "chỉ có năm"),
        ("5/9/80", "thế kỷ"),
        (29469, "định dạng ô"),
        ("31/02/1980", "lịch"),
        ("12/25/1980", "lịch"),
        ("9/1980", "đủ ngày"),
        ("không rõ", "đủ ngày"),
        ("05/09/1880", "hợp lý"),
        ("05/09/2024", "hợp lý"),
        (True, "ô phải là chữ"),
    ],
)
def test_a_date_that_is_not_certain_is_refused(typed, why):
    with pytest.raises(CellError, match=why):
        as_birth_date(typed)


@pytest.mark.parametrize(
    "typed", ["=cmd|'/c calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", " =1", "#REF!", "a\x00b"]
)
def test_a_formula_or_a_broken_cell_is_never_text(typed):
    with pytest.raises(CellError):
        as_text(typed)


@given(st.text(max_size=40))
def test_text_that_is_read_never_starts_a_formula(typed):
    try:
        text = as_text(typed)
    except CellError:
        return
    assert not text.startswith(("=", "+", "-", "@"))
    assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("typed", ["2", 2, 2.0, "2,0", "2.0", " 2 "])
def test_an_attempt_may_carry_a_zero_decimal_part(typed):
    assert as_attempt(typed) == 2


@pytest.mark.parametrize("typed", ["2,5", 2.5, 0, "-1", "hai", 99, True])
def test_an_attempt_is_a_whole_number_from_one(typed):
    with pytest.raises(CellError, match="lần dự thi"):
        as_attempt(typed)


def test_an_id_is_capitalised_and_typographic_hyphens_become_plain():
    assert as_id("cio26\u2013001") == "CIO26-001"
    assert as_id(1001.0) == "1001"


@pytest.mark.parametrize("typed", ["../../x", "CIO 26", "Ă26-001", "A", "x" * 40])
def test_an_id_that_could_not_name_a_folder_is_refused(typed):
    with pytest.raises(CellError, match="mã học viên"):
        as_id(typed)


@pytest.mark.parametrize("typed", ["H'Hen Niê", "Y Moan Êban", "Tôn Nữ Thị Ninh", "NGUYỄN VĂN AN"])
def test_a_name_stays_as_registered(typed):
    assert as_name(typed) == typed


@pytest.mark.parametrize("typed", ["An", "Nguyễn Văn 2", "Nguyễn <b>"])
def test_a_name_has_two_words_of_letters(typed):
    with pytest.raises(CellError, match="họ và tên"):
        as_name(typed)


def test_sex_is_a_word_and_a_tick_is_a_tick():
    assert (as_sex("NAM"), as_sex(unicodedata.normalize("NFD", "nữ"))) == ("nam", "nữ")
    assert is_mark(" X ")
    for typed in ("0", "M", "Nu"):
        with pytest.raises(CellError):
            as_sex(typed)
    with pytest.raises(CellError):
        is_mark("không")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("NguyÔn V¨n An", "TCVN3"),
        ("TrÇn ThÞ B×nh", "TCVN3"),
        ("Lª Anh", "TCVN3"),
        ("Nguyeãn Vaên An", "VNI"),
        ("Ñaëng Thò Thuøy", "VNI"),
        ("Leâ Hoàng", "VNI"),
    ],
)
def test_legacy_text_is_told_by_its_letters(text, encoding):
    assert legacy_encoding(text) == encoding


@pytest.mark.parametrize(
    "text",
    [
        *("Lê Hoài", "LÊ HOÀNG", "Xuân Toán", "Lê Nguyên", "Phùng Quân", "Hoà Thuê", "Lê Quý"),
        *("Trần Thị Bình", "ĐỖ ĐỨC", "Lê Khoái", "Nguyễn Văn An", "Lan Anh", "Quách Hoè"),
    ],
)
def test_unicode_names_are_not_taken_for_legacy_text(text):
    assert legacy_encoding(text) is None


def test_a_legacy_font_left_on_unicode_text_does_no_harm():
    assert legacy_encoding("Nguyễn Văn An", ".VnTime") is None
    assert legacy_encoding("Lan Anh", ".VnTime") is None


def test_text_that_both_readings_allow_is_doubtful_in_a_legacy_font():
    assert legacy_encoding("Vò Lan", ".VnTime") == "TCVN3"
    assert legacy_encoding("Vò Lan", "VNI-Times") == "VNI"
    assert legacy_encoding("Vò Lan", "Times New Roman") is None
