"""Short answers compared as an examiner would: what is right, what is near, what is neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.kinds.phrases import accepted, comparable, comparable_words, nearly, unmarked

AROUND = ("lớp", "của dữ liệu", "về")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà giải", "hòa giải"),
        ("kỹ  thuật", "KĨ THUẬT"),
        ("quý", "quí"),
        ("Ðịnh mức", "định mức"),
        ("“định-mức” (năm)", "định mức năm"),
        ("thu/chi", "thu chi"),
        ("định\u200b mức", "định mức"),
        ("Ａ b", "a b"),
    ],
)
def test_spelling_does_not_tell_two_texts_apart(one, other):
    assert comparable(one) == comparable(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoá giải", "hoà giải"), ("tay", "tai"), ("thu chi", "thuchi"), ("1-2", "1 2"), ("a", "b")],
)
def test_what_reads_differently_stays_apart(one, other):
    assert comparable(one) != comparable(other)


def test_a_syllable_is_compared_with_its_tone_after_it():
    assert comparable("Thuý (kỹ)") == "thuy\u0301 ki\u0303"


def test_words_are_found_by_their_usual_spelling():
    assert comparable_words("  Đáp   án: LÀ “A”, ") == "đáp án là a"
    assert unmarked("Đường Ðối ngoại") == "duong doi ngoai"


@pytest.mark.parametrize(
    "answer",
    [
        "ngữ nghĩa",
        "Đó là lớp ngữ nghĩa",
        "Đáp án: ngữ nghĩa",
        "kết quả ngữ nghĩa",
        "ngữ nghĩa (semantic)",
        "ngữ nghĩa (nghĩa ngữ)",
        "(semantic) ngữ nghĩa",
        "ngữ nghĩa, nghĩa ngữ",
        "ngữ nghĩa tức là nghĩa ngữ",
        "ngữ nghĩa; nghĩa ngữ = lớp ngữ nghĩa",
        "ngữnghĩa",
        "ngu nghia",
        "lop ngunghia cua du lieu",
        "ngữ nghĩa của dữ liệu",
    ],
)
def test_a_meaning_is_read_in_it_however_it_is_put(answer):
    assert accepted(answer, ("ngữ nghĩa", "nghĩa ngữ"), AROUND)


@pytest.mark.parametrize(
    "answer",
    [
        "không phải là ngữ nghĩa",
        "chưa là ngữ nghĩa",
        "ngữ nghĩa (kỹ thuật)",
        "ngữ nghĩa (or)",
        "kỹ thuật (ngữ nghĩa)",
        "kỹ thuật (semantic)",
        "ngữ nghĩa, kỹ thuật",
        "kỹ thuật; ngữ nghĩa",
        "ngư nghĩa",
        "lớp",
        "lớp kỹ thuật",
        "",
        ",",
    ],
)
def test_what_says_something_else_too_is_not_right(answer):
    assert not accepted(answer, ("ngữ nghĩa", "nghĩa ngữ"), AROUND)


def test_words_around_are_left_out_only_beside_something_else():
    assert accepted("lớp", ("lớp",), AROUND)
    assert not accepted("về", ("lớp",), AROUND)
    assert not accepted("lớp về", ("",), AROUND)


DATES = [
    ("01/7/2026", True),
    ("1-7-2026", True),
    ("2026-07-01", True),
    ("1/7/26", True),
    ("ngày 1 tháng bảy năm 2026", True),
    ("mùng 1 tháng 7, 2026", True),
    ("1/VII/2026", True),
    ("1—7—2026", True),
    ("1.7.2026;", True),
    ("2/7/2026", False),
    ("1/6/2026", False),
    ("1/7/2025", False),
    ("2026-01-07", False),
    ("7/1/2026", False),
]


@pytest.mark.parametrize(("answer", "right"), DATES)
def test_a_date_is_right_in_every_way_to_write_it(answer, right):
    assert accepted(answer, ("01/7/2026",)) is right


@pytest.mark.parametrize(
    ("month", "number"),
    [
        *(("giêng", 1), ("một", 1), ("tư", 4), ("bốn", 4), ("mười", 10), ("mười một", 11)),
        *(("mười hai", 12), ("chạp", 12), ("i", 1), ("iv", 4), ("xii", 12), ("09", 9)),
    ],
)
def test_a_month_may_be_written_in_words_or_roman_figures(month, number):
    assert accepted(f"5 tháng {month} năm 2025", (f"05/{number}/2025",))
    assert not accepted(f"5 tháng {month} năm 2025", (f"05/{number % 12 + 1}/2025",))


def test_a_year_of_two_figures_is_of_this_century_and_one_of_four_stands():
    assert accepted("1/7/99", ("01/7/2099",))
    assert accepted("01/7/1999", ("1/7/1999",))
    assert not accepted("1/7/99", ("01/7/1999",))


@pytest.mark.parametrize(
    ("answer", "right", "near"),
    [
        ("72 giờ", True, None),
        ("72h", True, None),
        ("72", False, True),
        ("khoảng 72 giờ", False, True),
        ("72 ngày", False, False),
        ("24 giờ", False, False),
        ("khoảng 24 giờ", False, False),
    ],
)
def test_a_quantity_is_read_as_a_number_in_its_unit(answer, right, near):
    assert accepted(answer, ("72 giờ",)) is right
    if near is not None:
        assert nearly(answer, "72 giờ") is near


@pytest.mark.parametrize(
    ("answer", "meaning", "near"),
    [
        ("số 14", "14/2014/NĐ-CP", True),
        ("số 15", "14/2014/NĐ-CP", False),
        ("01/7", "01/7/2026", True),
        (" 1-7 ", "01/7/2026", True),
        ("02/7", "01/7/2026", False),
        ("cơ hội chi phí", "chi phí cơ hội", True),
        ("một chi phí cơ hội nữa", "chi phí cơ hội", True),
        ("phí cơ hội", "chi phí cơ hội", True),
        ("cơ hội", "chi phí cơ hội", False),
        ("chi phi co hol", "chi phí cơ hội", True),
        ("chi phi cohoi", "chi phí cơ hội", True),
        ("ci phi co hoi", "chi phí cơ hội", True),
        ("chi phi coh oi", "chi phí cơ hội", True),
        ("chi phi co hioo", "chi phí cơ hội", False),
        ("lớp chi phí cơ hộy", "chi phí cơ hội", True),
        ("", "chi phí", False),
        (" . ", "chi phí", False),
        ("không biết", "chi phí", False),
    ],
)
def test_a_person_looks_at_what_is_nearly_right(answer, meaning, near):
    assert nearly(answer, meaning, AROUND) is near


@pytest.mark.parametrize(
    ("slip", "near"),
    [
        ("abcdefgh", True),
        ("abcdefg", True),  # one dropped
        ("abcdefghi", True),  # one more
        ("abcdxfgh", True),  # one changed
        ("bacdefgh", True),  # the first two swapped
        ("abcdefhg", True),  # the last two swapped
        ("abcfedgh", False),  # two changed
        ("abcdef", False),
        ("abcdefghij", False),
        ("bcdefgha", False),
    ],
)
def test_of_eight_letters_one_may_slip(slip, near):
    assert nearly(slip, "abcdefgh") is near


def test_of_sixteen_letters_two_may_slip_and_of_fifteen_one():
    assert nearly("xbcdefghijklmnoy", "abcdefghijklmnop")
    assert not nearly("xbcdefghxjklmnoy", "abcdefghijklmnop")
    assert nearly("xbcdefghijklmno", "abcdefghijklmno")
    assert not nearly("xbcdefghijklmny", "abcdefghijklmno")
    assert nearly("abx", "abc")
    assert not nearly("axx", "abc")


MEANINGS = ("phương án tự đi", "chi phí cơ hội", "cơ quan chủ quản dữ liệu", "xung đột lợi ích")


@given(st.sampled_from(MEANINGS), st.integers(0, 31))
def test_a_syllable_typed_without_its_marks_is_read_as_it_was_meant(meaning, which):
    words = meaning.split()
    typed = [unmarked(word) if which >> at & 1 else word for at, word in enumerate(words)]
    assert accepted(" ".join(typed), (meaning,))


@pytest.mark.parametrize(
    "answer", ["phương án tư đi", "phương án tử đi", "phướng án tự đi", "phương ăn tự đi"]
)
def test_a_syllable_with_another_mark_is_for_a_person(answer):
    assert not accepted(answer, ("phương án tự đi",))
    assert nearly(answer, "phương án tự đi")


@pytest.mark.parametrize("answer", ["phuơng án tự đi", "phưong án tự đi", "PHƯỜNG án"])
def test_a_horn_on_one_letter_of_two_is_a_slip_of_the_keyboard(answer):
    assert accepted(answer, ("phương án tự đi",)) is not answer.startswith("PHƯỜNG")


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("116/2025/QH15 (Luật An ninh mạng)", True),
        ("116/2025/QH15 (Luật An toàn thông tin)", False),
        ("Luật An ninh mạng năm 2025 số 116/2025/QH15", True),
        ("Luật An ninh mạng năm 2018 số 116/2025/QH15", False),
    ],
)
def test_what_stands_beside_a_number_must_agree_with_a_meaning(answer, right):
    meanings = ("Luật 116/2025/QH15", "Luật An ninh mạng số 116/2025/QH15 ngày 10/12/2025")
    assert accepted(answer, meanings) is right
