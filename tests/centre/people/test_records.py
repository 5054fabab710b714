"""What is entered of persons besides names: each once, each with what proves it."""

from datetime import date
from decimal import Decimal

import pytest
from sittings import OPENS, act, ids

from centre.ledger.models import LedgerLine
from centre.people.models import Agency, Attendance
from centre.people.records import change_agency, enter_attendance, enter_earlier, enter_letter
from cohort_data.rosters.prior import PriorPass
from courses.foundation.errors import CentreError, SittingError

GROUND = "Biên bản giả định số 00/BB"


def passed(sitting, way="partial", area="QL", on=date(2026, 3, 1), share="0.7"):
    return PriorPass(ids(sitting)[way], area, on, Decimal(share))


def earlier(sitting, passes, ground=GROUND):
    return act(enter_earlier, "giao-vu", sitting, passes, ground, now=OPENS)


def test_an_earlier_pass_is_entered_once_and_never_over_another(sitting):
    assert earlier(sitting, [passed(sitting), passed(sitting, area="KM")]) == 2
    lines = LedgerLine.objects.count()
    assert earlier(sitting, [passed(sitting)]) == 0
    with pytest.raises(CentreError, match="không ghi đè"):
        earlier(sitting, [passed(sitting, share="0.9")])
    with pytest.raises(CentreError, match="không ghi đè"):
        earlier(sitting, [passed(sitting, on=date(2026, 4, 1))])
    assert LedgerLine.objects.count() == lines


def test_an_earlier_pass_needs_a_document_and_somebody_at_the_sitting(sitting):
    with pytest.raises(CentreError, match="phải ghi văn bản chứng minh"):
        earlier(sitting, [passed(sitting)], ground=" ")
    with pytest.raises(SittingError, match="không có thí sinh CIO26-999"):
        earlier(sitting, [PriorPass("CIO26-999", "QL", date(2026, 3, 1), Decimal("0.7"))])


def letter(sitting, kind="sends", number="12/CV-SKHCN", dated=date(2026, 9, 1), body="Sở giả định"):
    who = ids(sitting)["partial"]
    return act(enter_letter, "giao-vu", sitting, who, kind, number, dated, body, now=OPENS)


def test_a_letter_has_number_body_and_a_day_that_has_come(sitting):
    row = letter(sitting, kind="authorises")
    assert (row.enrolment.candidate, row.dated) == (ids(sitting)["partial"], date(2026, 9, 1))
    for wrong in ({"kind": "khac"}, {"number": " "}, {"body": " "}, {"dated": date(2030, 1, 1)}):
        with pytest.raises(CentreError):
            letter(sitting, **wrong)


def test_attendance_is_entered_once_a_person(sitting):
    persons = [one.person for one in sitting.enrolments()]

    def attend(some, kind="session", what="Buổi 1"):
        on = date(2026, 9, 5)
        return act(enter_attendance, "giao-vu", some, kind, what, on, now=OPENS)

    assert attend(persons[:4]) == 4
    assert attend(persons) == 2
    assert attend(persons, kind="drill") == 6
    assert Attendance.objects.count() == 12
    for wrong in ({"kind": "khac"}, {"what": " "}):
        with pytest.raises(CentreError):
            attend(persons, **wrong)


def test_agencies_that_merge_go_on_as_one_and_stay_on_record(sitting):
    one, other = Agency.objects.order_by("pk")[:2]
    day = date(2025, 3, 1)

    def change(agency, name="Cơ quan hợp nhất (giả định)", on=day):
        return act(change_agency, "giao-vu", agency, name, on, now=OPENS)

    merged = change(one)
    assert change(other) == merged
    one.refresh_from_db()
    assert (one.valid_to, one.successor, merged.valid_from) == (day, merged, day)
    assert sitting.enrolments()[0].agency.name != merged.name  # as it was then
    with pytest.raises(CentreError, match="đã kết thúc"):
        change(one)
    with pytest.raises(CentreError, match="phải sau ngày bắt đầu"):
        change(merged, name="Tên khác", on=day)
