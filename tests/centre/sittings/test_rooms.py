"""Rooms: who sits where, and a clock that stands still for one room alone."""

from datetime import timedelta

import pytest
from django.db import transaction
from sittings import CLOSES, ids, start, who

from centre.sittings.conduct import assign_room, pause, resume
from centre.sittings.models import Delivery
from courses.foundation.errors import SittingError

AT = CLOSES - timedelta(hours=3)
LATER = AT + timedelta(minutes=20)


def seated(sitting):
    """Two candidates at work, the first in room P1."""
    one, other = list(ids(sitting).values())[:2]
    for candidate in (one, other):
        start(sitting, candidate, "QL", AT)
    with transaction.atomic():
        assert assign_room(who("coi-thi"), sitting, "P1", [one], now=AT) == 1
    return one, other


def due(candidate):
    return Delivery.objects.get(enrolment__candidate=candidate).due_at


def test_a_pause_moves_the_time_of_its_room_alone(sitting):
    one, other = seated(sitting)
    before = due(one), due(other)
    with transaction.atomic():
        pause(who("coi-thi"), sitting, "P1", "mất điện", now=AT)
    with transaction.atomic():
        assert resume(who("coi-thi"), sitting, "P1", now=LATER) == 1
    assert (due(one) - before[0], due(other) - before[1]) == (timedelta(minutes=20), timedelta())


def test_a_room_that_stands_still_with_the_whole_sitting_is_not_credited_twice(sitting):
    seated(sitting)
    with transaction.atomic():
        pause(who("coi-thi"), sitting, "", "báo cháy", now=AT)
    with pytest.raises(SittingError, match="cả kỳ thi đang tạm dừng"), transaction.atomic():
        pause(who("coi-thi"), sitting, "P1", "mất điện", now=AT)


def test_seating_somebody_where_they_sit_changes_nothing(sitting):
    one, _ = seated(sitting)
    with transaction.atomic():
        assert assign_room(who("coi-thi"), sitting, "P1", [one], now=AT) == 0


def test_nobody_is_moved_while_a_clock_stands_still(sitting):
    one, _ = seated(sitting)
    with transaction.atomic():
        pause(who("coi-thi"), sitting, "P1", "mất điện", now=AT)
    with pytest.raises(SittingError, match="đang có phòng tạm dừng"), transaction.atomic():
        assign_room(who("coi-thi"), sitting, "P2", [one], now=AT)
