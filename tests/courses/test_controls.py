"""Tables of simulations: words start at the left, figures end at the right; all is escaped."""

from datetime import date

import pytest

from courses.foundation.numerals import short_date
from courses.widgets.controls import table


@pytest.mark.parametrize("figure", ["3.653", "-1,50", "+2", "8/8", "12,0–24,0", "98,213", "5 %"])
def test_a_column_with_a_figure_is_set_to_the_right_even_where_a_cell_is_a_word(figure):
    html = table(("Việc", "Số"), [("A", figure), ("B", "không")], "Bảng").value
    assert f"<td>{figure}</td>" in html
    assert "<td>không</td>" in html


@pytest.mark.parametrize("word", ["còn hiệu lực", "N1, N3", "NĐ 64/2007/NĐ-CP", "", "D1 (từ 01/7)"])
def test_a_column_of_words_starts_at_the_left(word):
    html = table(("Việc", "Tình trạng"), [("A", word)], "Bảng").value
    assert f'<td class="text">{word}</td>' in html


def test_what_a_table_shows_is_never_read_as_markup():
    html = table(("<b>",), [("<i>",)], "a & b").value
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html
    assert "a &amp; b" in html


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2025, 7, 1), "01/7/2025"),
        (date(2025, 2, 19), "19/02/2025"),
        (date(2025, 12, 31), "31/12/2025"),
        (date(2016, 1, 1), "01/01/2016"),
    ],
)
def test_days_under_ten_and_the_first_two_months_are_padded(day, written):
    assert short_date(day) == written
