"""A lesson as an outline: every activity in one section, and minutes that go down as it is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import LESSONS

from courses.outline import is_done, minutes_left, outline


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.head.code)
def test_every_activity_stands_in_one_section_and_the_minutes_are_the_lessons(lesson):
    sections = outline(lesson)
    names = [name for section in sections for name in section.activities]
    assert names == [block.name for block in lesson.blocks if block.kind != "simulation"]
    assert sum(section.minutes for section in sections) == lesson.head.minutes
    assert all(section.title and "phút" not in section.title for section in sections)


@given(st.sampled_from(LESSONS), st.data())
def test_minutes_left_never_grow_when_more_is_done(lesson, data):
    sections = outline(lesson)
    names = [name for section in sections for name in section.activities]
    some = data.draw(st.sets(st.sampled_from(names)))
    more = some | data.draw(st.sets(st.sampled_from(names)))
    assert 0 <= minutes_left(sections, more) <= minutes_left(sections, some)
    assert minutes_left(sections, some) <= sum(section.minutes for section in sections)
    assert minutes_left(sections, ()) == sum(section.minutes for section in sections)
    assert minutes_left(sections, names) == 0


def test_a_case_is_done_at_an_end_and_not_at_its_first_decision():
    lesson = next(one for one in LESSONS if any(b.kind == "case" for b in one.blocks))
    case = next(block for block in lesson.blocks if block.kind == "case")
    assert not is_done(case, {f"{case.name}-{case.body.start}"})
    end = next(
        name
        for name, step in case.body.steps.items()
        if any(option.next is None for option in step.options)
    )
    assert is_done(case, {f"{case.name}-{end}"})
