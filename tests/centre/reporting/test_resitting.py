"""Who sits again did not pass before: known from the roster of the later sitting alone."""

from datetime import timedelta

import pytest
from published_cohort import decided_cohort
from sittings import DECIDED_ON, OPENS, found_centre, people, prepare_sitting

from centre.reporting.log import history
from centre.reporting.resitting import RESIT, enrolments_before, known_to_resit
from grading.disclosure.people import DECIDED

STATUSES = ["PASS", "PASS", "FAIL", "FAIL", "REVIEW", "PASS"]
LATER = timedelta(days=150)


@pytest.fixture
def twice(tmp_path):
    """A decided sitting, and a later one with two who failed, one under review, and a new one."""
    first = decided_cohort(found_centre(tmp_path / "trung-tam"), STATUSES, repeaters=0)
    everybody = people(len(STATUSES) + 1)
    again = [everybody[place] for place in (2, 3, 4, 6)]
    second = prepare_sitting(
        first.centre, again, code="ky-hai", papers=("QL",),
        opens=OPENS + LATER, closes=OPENS + LATER + timedelta(days=2),
    )  # fmt: skip
    return first, second


def by_person(sitting):
    return {one.person_id: str(one.pk) for one in sitting.enrolments()}


def test_nobody_is_known_to_sit_again_before_there_is_a_second_sitting(tmp_path):
    first = decided_cohort(found_centre(tmp_path / "trung-tam"), STATUSES, repeaters=0)
    assert known_to_resit() == []
    assert enrolments_before(first.code) == {}


def test_the_roster_of_the_later_sitting_says_who_did_not_pass_the_earlier(twice):
    first, second = twice
    before, after = by_person(first), by_person(second)
    came_again = frozenset(before[person] for person in before.keys() & after.keys())
    [told] = known_to_resit()
    [figure] = told.figures
    assert (told.kind, told.on) == (RESIT, second.record.opens.date())
    assert (figure.who, figure.fact, figure.low, figure.high) == (came_again, "PASS", 0, 0)
    assert len(came_again) == 3
    assert not told.facts["PASS"]
    assert len(told.facts["FAIL"]) == len(told.facts[DECIDED]) == 2
    assert len(told.facts["REVIEW"]) == 1


def test_each_later_enrolment_is_tied_to_the_one_before_it_and_a_new_one_to_none(twice):
    first, second = twice
    before, after = by_person(first), by_person(second)
    ties = enrolments_before(second.code)
    assert ties == {after[one]: before[one] for one in after if one in before}
    assert len(ties) == len(after) - 1
    assert enrolments_before(first.code) == {}


def test_the_list_of_who_sits_again_stands_in_what_the_public_knows(twice):
    _, second = twice
    assert second.record.opens > DECIDED_ON
    assert [told.id for told in history()] == [f"danh sách dự thi kỳ {second.code}"]
