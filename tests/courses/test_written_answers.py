"""Days, words for numbers, places in a law and bounds are read in every usual spelling."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exercise import EXERCISE, judge, present
from courses.foundation.bounds import without_bound
from courses.foundation.echoes import without_echo, without_lead
from courses.foundation.number_words import in_figures
from courses.foundation.numerals import doubtful, readings
from courses.foundation.units import is_unit
from courses.kinds.abbreviations import written_out
from courses.kinds.articles import places
from courses.kinds.base import Precision
from courses.kinds.days import Day, day_in, speaks_of

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
HUNDRED, THOUSAND = 100, 1000
DAYS = st.dates(date(1990, 1, 1), date(2059, 12, 31))
WAYS = (
    "{d}/{m}/{y}",
    "{d:02}-{m:02}-{y}",
    "{d}.{m}.{y}",
    "{y}-{m:02}-{d:02}",
    "Ngày {d:02} tháng {m:02} năm {y}.",
    "mùng {d} tháng {m}, {y}",
    "muộn nhất là ngày {d}/{m}/{y}",
    "{d} / {m} / {y} (thứ Hai)",
)


def spoken(number):
    """The number in words, by rules that share nothing with the reader's."""
    if number >= THOUSAND:
        low = number % THOUSAND
        rest = f" không trăm linh {DIGITS[low]}" if 0 < low < len(DIGITS) else f" {spoken(low)}"
        return f"{spoken(number // THOUSAND)} nghìn{rest if low else ''}"
    if number >= HUNDRED:
        low = number % HUNDRED
        rest = f" linh {DIGITS[low]}" if 0 < low < len(DIGITS) else f" {spoken(low)}"
        return f"{DIGITS[number // HUNDRED]} trăm{rest if low else ''}"
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    last = {0: "", 5: " lăm", **({1: " mốt", 4: " tư"} if tens > 1 else {})}.get(ones)
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    return head + (f" {DIGITS[ones]}" if last is None else last)


@given(st.integers(1, 999_999))
def test_a_number_said_in_words_is_read_as_it_was_meant(number):
    assert in_figures(f"Khoảng {spoken(number)} hồ sơ") == f"khoảng {number} hồ sơ"


@given(st.integers(1, 999_999))
def test_words_for_a_number_are_never_surely_read_as_another(number):
    said = f"{spoken(number)} hồ sơ"
    assert set(readings(said, "hồ sơ")) <= {number}
    assert number in doubtful(said, "hồ sơ")


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["{} tỷ {:03}", "{}tỷ{:03}"]))
def test_three_figures_after_a_scale_are_of_the_next_one(large, small, way):
    assert readings(way.format(large, small), "triệu đồng") == (large * 1000 + small,)
    assert readings(f"{large} tỷ {small} triệu", "triệu đồng") == (large * 1000 + small,)


@given(st.integers(1, 999), st.integers(1, 9), st.sampled_from(["{} triệu {}", "{}tr{}"]))
def test_one_figure_after_a_scale_is_a_tenth_of_it(large, small, way):
    assert readings(way.format(large, small), "đồng") == (large * 10**6 + small * 10**5,)


@given(st.integers(1, 999), st.integers(10, 99))
def test_two_figures_after_a_scale_may_be_meant_in_two_ways_and_are_for_a_person(large, small):
    said = f"{large} tỷ {small}"
    assert readings(said, "triệu đồng") == ()
    assert {large * 1000 + small, large * 1000 + small * 10} <= set(doubtful(said, "triệu đồng"))


@pytest.mark.parametrize("said", ["hai ba người", "một hai người", "một vài người"])
def test_two_digits_in_a_row_are_a_guess_and_no_number(said):
    assert readings(said, "người") == ()


ASKED = "Mỗi tháng mất 5 giờ. Thuê đắt hơn tự mua bao nhiêu triệu đồng một năm cho cả hệ thống?"
BEFORE, AFTER = ["Thuê", "đắt", "hơn", "tự", "mua"], ["một", "năm", "cho", "cả", "hệ", "thống"]


@given(st.integers(1, 9999), st.data())
def test_words_of_the_question_may_stand_around_a_number_as_they_stand_there(number, data):
    start, end = data.draw(st.integers(0, 3)), data.draw(st.integers(0, 6))
    lead = " ".join(BEFORE[start:])
    said = f"{lead} {number} triệu {' '.join(AFTER[:end])}"
    assert number in readings(without_echo(said, ASKED), "triệu đồng")


@pytest.mark.parametrize(
    "said",
    [
        *("tự mua đắt hơn thuê 5 triệu", "thuê rẻ hơn 5 triệu", "thuê hơn 5 triệu", "hơn 5 triệu"),
        *("không đắt hơn 5 triệu", "> 5 triệu", "mỗi tháng mất 5 triệu", "cho cả hệ thống 5 triệu"),
    ],
)
def test_words_that_turn_or_add_to_the_answer_are_no_echo(said):
    assert readings(without_echo(said, ASKED), "triệu đồng") == ()


def test_a_phrase_may_begin_with_what_leads_up_to_it_in_the_question():
    asked = "Chi được trừ dần. Vướng mắc nằm ở lớp nào? (một từ)"
    assert without_lead("Vướng mắc nằm ở lớp ngữ nghĩa", asked) == "ngữ nghĩa"
    assert without_lead("ở lớp: ngữ nghĩa", asked) == "ngữ nghĩa"
    for whole in ("không nằm ở lớp ngữ nghĩa", "vướng mắc ngữ nghĩa", "trừ dần ngữ nghĩa"):
        assert without_lead(whole, asked) == whole
    assert without_lead("lớp ngữ nghĩa", "Viết tên lớp.") == "lớp ngữ nghĩa"


def test_an_abbreviation_is_written_out_beside_another_word_alone():
    assert written_out("gđ sở") == "giám đốc sở"
    assert written_out("cp") == "cp"


@pytest.mark.parametrize("text", ["không tính được", "phẩy", "hồ sơ", "", "12 hồ sơ"])
def test_what_says_no_number_stays_as_it_is(text):
    assert in_figures(text) == text


@given(DAYS, st.sampled_from(WAYS))
def test_a_day_is_the_same_in_every_way_of_writing_it(day, way):
    written = way.format(d=day.day, m=day.month, y=day.year)
    assert day_in(written) == Day(day.day, day.month, day.year)


@given(DAYS, DAYS)
def test_two_days_together_are_no_answer_but_a_person_may_look(day, other):
    both = f"{day:%d/%m/%Y} hoặc {other:%d/%m/%Y}"
    assert day_in(both) is None
    assert speaks_of(both, Day(day.day, day.month, day.year))


@pytest.mark.parametrize("text", ["20/2013", "1/13", "32/12/2026", "3.5", "QĐ 5/2026", "5/3/26/1"])
def test_what_is_no_day_is_not_taken_for_one(text):
    assert day_in(text) is None


def test_a_bracket_that_takes_back_or_doubts_a_day_is_not_overlooked():
    assert day_in("15/11/2026 (hoặc 19/11/2026)") is None
    assert day_in("15/11/2026 (âm lịch)") is None


@given(st.integers(1, 300), st.integers(1, 30))
def test_a_place_in_a_law_is_the_same_in_either_order_and_never_with_its_numbers_swapped(a, k):
    right = places(f"Điều {a} khoản {k}")
    ways = [f"khoản {k} Điều {a}", f"Khoản {k}, Điều {a}.", f"Điều {a}.{k}", f"k{k} Đ{a}"]
    assert {places(way) for way in ways} == {right}
    assert places(f"tại khoản {k}, điều {a}") == right
    assert a == k or places(f"khoản {a} Điều {k}") != right


LEAST = "Cần ít nhất bao nhiêu người để mức tải không quá 80 %?"
MOST = "Tối đa bao nhiêu lượt để mỗi người có ít nhất 5 phút?"


@pytest.mark.parametrize(
    ("prompt", "same", "other"),
    [
        (LEAST, ["ít nhất 5", "≥ 5", "từ 5 trở lên", "tối thiểu 5"], ["không quá 5", "≤ 5"]),
        (MOST, ["nhiều nhất 5", "tối đa 5", "không quá 5", "<= 5"], ["ít nhất 5", "≥ 5"]),
        ("Là bao nhiêu?", [], ["ít nhất 5", "nhiều nhất 5"]),
    ],
)
def test_a_bound_is_accepted_only_the_way_it_is_asked(prompt, same, other):
    assert [t for t in same if readings(without_bound(t, prompt)) != (5,)] == []
    assert [t for t in other if readings(without_bound(t, prompt))] == []


def test_of_whole_things_only_the_safe_side_is_right():
    assert Precision(decimals=0, rounding="up").accepted(Decimal("3.2")) == {4}
    assert Precision(decimals=0, rounding="down").accepted(Decimal("7.8")) == {7}
    assert Precision(decimals=0, rounding="up").told() == "Làm tròn lên số nguyên."
    assert "cũng được nhận" in Precision(decimals=1, rounding="up").told()


def test_the_whole_key_not_yet_rounded_goes_to_a_person():
    said = {"prompt": "?", "feedback": {"correct": "Đ", "wrong": "S"}, "kind": "numeric"}
    asked = EXERCISE.validate_python(
        {**said, "answer": "3.25", "decimals": 0, "rounding": "up", "unit": "người"}
    )
    question, key = present(asked, "Q1", "x")
    found = {typed: judge(question, key, typed) for typed in ("3,25", "3,3", "3", "4")}
    assert [typed for typed, judged in found.items() if judged.near] == ["3,25", "3,3"]
    assert [typed for typed, judged in found.items() if judged.share] == ["4"]


def test_a_rate_is_counted_by_its_own_unit_of_time():
    assert is_unit("lượt mỗi giờ", "lượt/giờ")
    assert is_unit("lượt", "lượt/giờ")
    assert not is_unit("lượt/ngày", "lượt/giờ")


def test_thousands_of_a_larger_unit_are_not_decimals_of_it():
    assert Decimal(2750) not in readings("2.750 tỷ", "triệu đồng")
    assert readings("2,750 tỷ", "triệu đồng") == (2750,)
    assert Decimal(2750) in doubtful("2.750 tỷ", "triệu đồng")


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("36h45", "giờ", "36.75"),
        ("36 giờ 45 phút", "giờ", "36.75"),
        ("2.760 phút", "giờ", "46"),
        ("1 năm 2 tháng", "tháng", "14"),
        ("46 (bốn mươi sáu) giờ", "giờ", "46"),
        ("280 triệu đồng (hai trăm tám mươi triệu đồng)", "triệu đồng", "280"),
        ("sáu phẩy ba", "", "6.3"),
        ("sáu tỷ rưỡi", "tỷ đồng", "6.5"),
        ("hai tỷ bảy trăm rưỡi", "tỷ đồng", "2.75"),
        ("1tr250k", "đồng", "1250000"),
        ("ba nghìn tám trăm triệu", "tỷ đồng", "3.8"),
        ("hai nghìn tỷ", "tỷ đồng", "2000"),
        ("một giờ hai mươi phút", "phút", "80"),
        ("36 tiếng rưỡi", "giờ", "36.5"),
        ("nửa năm", "tháng", "6"),
        ("½ năm", "tháng", "6"),
        ("năm năm", "năm", "5"),
        ("3180 giây", "phút", "53"),
        ("883 phút, tức 14 giờ 43 phút", "phút", "883"),
        ("hai nghìn một trăm hồ sơ", "hồ sơ", "2100"),
        ("126 HS", "hồ sơ", "126"),
        ("115 triệu đồng chẵn", "triệu đồng", "115"),
        ("$972", "USD", "972"),
        ("O,661", "", "0.661"),
    ],
)
def test_another_way_to_say_the_same_amount_is_read(typed, unit, number):
    assert readings(typed, unit) == (Decimal(number),)


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("3 ngày", "giờ", "72"),
        ("28 ngày", "tuần", "4"),
        ("81 − 28 = 53", "phút", "53"),
        ("53 phút (81 − 28)", "phút", "53"),
        ("1/8", "%", "12.5"),
        ("giảm 1,5 điểm", "điểm", "-1.5"),
        ("bảy trăm sáu", "", "760"),
        ("bảy trăm sáu", "", "706"),
        ("2 tỷ 75", "tỷ đồng", "2.75"),
        ("muoi hai", "", "12"),
        ("-5/3 tỷ", "tỷ đồng", "-1.666666667"),
        ("10 1/6", "", "10.166666667"),
        ("46 (bốn mươi bảy) giờ", "giờ", "46"),
        ("tháng 6", "tháng", "6"),
    ],
)
def test_what_may_be_meant_otherwise_is_for_a_person_alone(typed, unit, number):
    assert Decimal(number) not in readings(typed, unit)
    assert Decimal(number) in doubtful(typed, unit)


def test_a_flood_of_digits_is_judged_like_any_wrong_number():
    said = {"prompt": "?", "feedback": {"correct": "Đ", "wrong": "S"}, "kind": "numeric"}
    asked = EXERCISE.validate_python(
        {**said, "answer": "6.25", "decimals": 1, "unit": "triệu đồng"}
    )
    question, key = present(asked, "Q1", "x")
    assert [judge(question, key, t).share for t in ("1" * 38, "9" * 30 + " tỷ")] == [0, 0]
