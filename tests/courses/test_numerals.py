"""Dates and numbers are read and written in one place, day before month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.dates import padded_date, read_date, read_ordinal, read_whole
from courses.foundation.numerals import NumeralError


@given(st.dates(date(1000, 1, 1)))
def test_a_date_that_is_written_is_read_back(day):
    written = padded_date(day)
    assert len(written) == len("dd/mm/yyyy")
    assert read_date(written) == day
    assert read_date(f"Ngày {day.day} tháng {day.month} năm {day.year}") == day


def test_the_day_comes_first():
    assert read_date("1/2/1980") == date(1980, 2, 1)
    assert padded_date(date(1980, 2, 1)) == "01/02/1980"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1980", "chỉ có năm"),
        ("1/2/80", "thế kỷ"),
        ("31/2/1980", "lịch"),
        ("12/25/1980", "lịch"),
        ("", "đủ ngày"),
        ("٠١/٠٢/١٩٨٠", "đủ ngày"),
    ],
)
def test_an_incomplete_date_is_refused(typed, why):
    with pytest.raises(NumeralError, match=why):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *(("1", 1), ("2,0", 2), ("Lần 1", 1), ("lần đầu", 1), ("lần đầu tiên", 1)),
        *(
            ("lần thứ nhất", 1),
            ("LẦN THỨ HAI", 2),
            ("thứ ba", 3),
            ("lần thứ tư", 4),
            ("Lần III", 3),
        ),
        *(("hai", None), ("lần", None), ("lần 2,5", None), ("thi lại", None), ("", None)),
    ],
)
def test_an_ordinal_is_read_in_figures_or_in_words(typed, number):
    assert read_ordinal(typed) == number


@given(st.integers(0, 10**17))
def test_a_whole_number_may_carry_noughts_behind_the_comma(number):
    assert read_whole(f" {number},00 ") == number
    assert read_whole(f"{number},5") is None
