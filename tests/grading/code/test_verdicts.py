"""What two verdicts come to, and what they may never come to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.code.verdicts import rule
from grading.gradebook.remarks import CODES

POINTS = st.floats(0, 10)
TROUBLES = st.sampled_from(
    ["", "form", "changed", "effects", "long", "opaque", "gone", "late", "stop"]
)


@given(POINTS, st.none() | POINTS, TROUBLES, st.booleans(), st.booleans())
def test_nobody_gets_more_than_stock_and_nobody_less_without_a_reason(
    stock, outside, trouble, hostile, proven
):
    outside = None if trouble else outside
    ruling = rule(stock, outside, trouble, hostile=hostile, proven=proven)
    assert ruling.points <= stock
    assert ruling.points == pytest.approx(stock) or ruling.code
    assert not ruling.code or ruling.code in CODES


@given(POINTS.filter(bool), TROUBLES.filter(bool))
def test_an_answer_that_prevents_a_verdict_where_a_right_one_need_not_goes_to_a_person(
    stock, trouble
):
    assert rule(stock, None, trouble, hostile=False, proven=True).code


@given(POINTS.filter(bool))
def test_a_test_that_is_not_split_is_told_in_a_hostile_course_alone(stock):
    assert rule(stock, None, "", hostile=True, proven=True).code == "not-split"
    assert rule(stock, None, "", hostile=False, proven=True).code == ""
