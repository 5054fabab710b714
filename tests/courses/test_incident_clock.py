"""The clock of an incident against a minute-by-minute count, and the figures that VH1 quotes."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.lesson import LESSONS, read_lesson
from courses.models.incident_clock import FOUND, WAYS, Way, in_office_hours, told

LESSON = read_lesson(LESSONS / "vh1-van-hanh-va-bao-cao.md")
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda n: FOUND + timedelta(minutes=n))
ways = st.builds(
    Way,
    verify=st.integers(30, 600),
    draft=st.integers(1, 240),
    on_duty=st.booleans(),
    authorised=st.booleans(),
    notice_first=st.booleans(),
)


def at_work(at):
    """Whether an office is at work in the minute that begins then."""
    morning = time(7, 30) <= at.time() < time(11, 30)
    return at.weekday() < 5 and (morning or time(13) <= at.time() < time(17))


@given(moments, st.integers(1, 1200))
def test_office_work_ends_after_as_many_office_minutes_as_it_takes(begins, minutes):
    ends, counted, at = in_office_hours(begins, timedelta(minutes=minutes)), 0, begins
    while at < ends:
        counted += at_work(at)
        at += timedelta(minutes=1)
    assert counted == minutes
    assert at_work(ends - timedelta(minutes=1))


@given(moments, ways)
def test_nothing_is_told_before_it_is_found_nor_reported_before_the_notice(found, way):
    out = told(found, way)
    assert found < out.notice <= out.report
    assert (out.notice == out.report) != way.notice_first


@given(moments, ways)
def test_who_may_sign_at_any_hour_never_makes_it_later(found, way):
    kept = {"verify": way.verify, "draft": way.draft, "notice_first": way.notice_first}
    signed, duty = Way(**kept, authorised=True), Way(**kept, on_duty=True, authorised=True)
    assert told(found, signed).notice <= told(found, Way(**kept)).notice
    assert told(found, duty).notice <= told(found, signed).notice


@given(moments)
def test_on_duty_authorised_and_notice_first_meets_both_limits_at_any_hour(found):
    out = told(found, Way(on_duty=True, authorised=True, notice_first=True))
    assert (out.notice_hours < 1.1, out.report_hours < 5) == (True, True)


def test_a_step_takes_time():
    with pytest.raises(ContentError, match="lớn hơn 0"):
        Way(verify=0)


def test_the_lesson_quotes_the_figures_of_the_model():
    usual, night, authorised, first, _ = (told(FOUND, way) for way in WAYS.values())
    assert FOUND.weekday() == 4
    assert usual.notice_hours - night.notice_hours == 2.25
    assert LESSON.block("du-doan").body.exercise.answer == Decimal("2.25")
    assert (usual.notice.hour, usual.notice.minute) == (10, 0)
    assert f"{night.notice:%H:%M}" == "07:45"
    assert (authorised.notice_hours, round(first.notice_hours, 2)) == (4.0, 1.08)
    assert night.notice_hours - 24 > 40
