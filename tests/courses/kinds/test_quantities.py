"""Amounts as short answers: a unit that fails goes to a person, another unit is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.units import contrary, has_kin, qualifier
from courses.kinds.quantities import is_amount, nearly_amount, same_amount

SPANS = ["phút", "giờ", "ngày", "ngày làm việc", "tuần", "tháng", "năm"]
MONEY = ["đồng", "triệu đồng", "tỷ đồng"]
AMOUNTS = st.integers(1, 400)


@given(AMOUNTS, st.sampled_from(SPANS + MONEY))
def test_an_amount_in_its_unit_is_right_and_without_it_a_person_looks(number, unit):
    meaning = f"{number} {unit}"
    assert same_amount(f"trong {meaning}", meaning, "Trong bao lâu?")
    assert not same_amount(f"{number}", meaning, "Trong bao lâu?")
    assert nearly_amount(f"{number}", meaning)


@given(AMOUNTS, st.sampled_from(SPANS + MONEY))
def test_a_number_alone_is_right_where_the_question_says_its_unit(number, unit):
    assert same_amount(f"{number}", f"{number} {unit}", f"Được **bao nhiêu {unit}**?")


@given(AMOUNTS, st.sampled_from(SPANS), st.sampled_from(SPANS))
def test_the_same_number_in_another_unit_of_time_is_never_right(number, one, other):
    answer, meaning = f"{number} {one}", f"{number} {other}"
    assert same_amount(answer, meaning, "") == (one == other)
    if {one, other} == {"ngày", "ngày làm việc"}:
        assert nearly_amount(answer, meaning)
    elif one != other:
        assert not nearly_amount(answer, meaning)


@given(AMOUNTS, st.sampled_from(["lịch", "dương lịch", "theo lịch", "liên tục"]))
def test_days_of_the_calendar_are_no_working_days(number, days):
    answer, meaning = f"{number} ngày {days}", f"{number} ngày làm việc"
    assert not same_amount(answer, meaning, "")
    assert not nearly_amount(answer, meaning)


@given(AMOUNTS, st.sampled_from(["cấp", "hồ sơ", "người", "%"]))
def test_a_count_that_can_be_no_other_amount_needs_no_unit(number, unit):
    assert same_amount(f"{number}", f"{number} {unit}", "")


@pytest.mark.parametrize(
    ("meaning", "is_one"),
    [("72 giờ", True), ("10 ngày làm việc", True), ("14/2014", False), ("mục tiêu", False)],
)
def test_an_amount_is_one_number_with_its_unit(meaning, is_one):
    assert is_amount(meaning) is is_one


def test_what_makes_a_unit_another_one_is_told_of_time_alone():
    assert (qualifier("ngày làm việc"), qualifier("triệu đồng"), qualifier("giờ")) == (
        "lam viec",
        "",
        "",
    )
    assert [has_kin(unit) for unit in ("giờ", "triệu đồng", "hồ sơ", "%")] == [
        *(True, True),
        *(False, False),
    ]


@pytest.mark.parametrize(
    ("typed", "unit", "is_contrary"),
    [
        ("giờ", "ngày", True),
        ("ngày lịch", "ngày làm việc", True),
        ("ngày lịch", "ngày", False),
        ("điểm phần trăm", "%", True),
        ("triệu", "tỷ đồng", True),
        ("h", "giờ", False),
        ("bộ", "hồ sơ", False),
        ("", "giờ", False),
    ],
)
def test_only_what_is_surely_another_unit_is_contrary(typed, unit, is_contrary):
    assert contrary(typed, unit) is is_contrary
