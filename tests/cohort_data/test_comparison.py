"""A roster is compared with what is known before anything of it is entered."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_data.rosters.comparison import Change, difference, near_duplicates
from cohort_data.rosters.roster import Roster
from cohort_data.rosters.schema import Trainee

AN = Trainee("A01", "Lê Văn An", date(1980, 9, 5), "Giám đốc", "Bộ Y tế", "bộ, ngành", 1)
BA = replace(AN, id="A02", full_name="Trần Thị Ba")


def roster(*trainees, left_out=()):
    return Roster("DS", trainees, (), frozenset(left_out))


def test_added_unchanged_changed_and_missing_are_told_apart():
    cu = replace(AN, id="A03", full_name="Đỗ Cư")
    renamed = replace(BA, full_name="Trần Thị Bà", birth_date=date(1981, 9, 5))
    found = difference([AN, BA, cu], roster(renamed, AN, replace(AN, id="A04")))
    assert [trainee.id for trainee in found.added] == ["A04"]
    assert found.unchanged == ("A01",)
    assert found.changed == (
        Change("A02", "full_name", "Trần Thị Ba", "Trần Thị Bà"),
        Change("A02", "birth_date", date(1980, 9, 5), date(1981, 9, 5)),
    )
    assert (found.missing, found.unread) == (("A03",), ())


def test_a_row_with_an_error_is_not_missing():
    found = difference([AN, BA], roster(AN, left_out=["A02", "A09"]))
    assert (found.missing, found.unread) == ((), ("A02",))


def test_an_office_that_claims_no_attempt_changes_none():
    assert difference([replace(AN, attempt=2)], roster(replace(AN, attempt=None))).changed == ()
    [change] = difference([AN], roster(replace(AN, attempt=2))).changed
    assert (change.field, change.before, change.after) == ("attempt", 1, 2)


IDS = st.lists(st.sampled_from(["A01", "A02", "A03", "A04"]), unique=True)


@given(IDS, IDS)
def test_every_id_is_told_once(known, listed):
    found = difference(
        [replace(AN, id=one) for one in known], roster(*(replace(AN, id=one) for one in listed))
    )
    told = [*(t.id for t in found.added), *found.unchanged, *found.missing]
    assert sorted(told) == sorted({*known, *listed})


@pytest.mark.parametrize(
    ("name", "born", "reason"),
    [
        ("LÊ VĂN AN", date(1980, 9, 5), "cùng họ tên và ngày sinh"),
        ("Lê Văn An", date(1980, 9, 6), "lệch một chữ số"),
        ("Lê Văn An", date(1990, 9, 5), "lệch một chữ số"),
        ("Lê Văn An", date(1908, 9, 5), "đảo chữ số"),
        ("Lê Văn An", date(1980, 5, 9), "đảo"),
        ("Le Van An", date(1980, 9, 5), "chỉ khác dấu"),
        ("Lê Văn Ân", date(1980, 9, 5), "chỉ khác dấu"),
        ("An Lê Văn", date(1980, 9, 5), "thứ tự"),
    ],
)
def test_one_person_under_two_spellings_is_shown_with_the_reason(name, born, reason):
    [pair] = near_duplicates([AN], [replace(AN, id="C-7", full_name=name, birth_date=born)])
    assert (pair.one.id, pair.other.id) == ("A01", "C-7")
    assert reason in pair.reason


@pytest.mark.parametrize(
    ("name", "born"),
    [
        ("Lê Văn An", date(1981, 8, 5)),
        ("Lê Văn Bình", date(1980, 9, 5)),
        ("Le Van An", date(1980, 9, 6)),
    ],
)
def test_two_people_who_differ_in_more_are_not_paired(name, born):
    assert near_duplicates([AN], [replace(AN, id="C-7", full_name=name, birth_date=born)]) == ()


def test_thousands_born_on_one_day_are_compared_in_linear_time():
    names = [f"Lê {chr(97 + n % 24) * (n // 24 + 1)}" for n in range(1000)]
    many = [replace(AN, id=str(n), full_name=name) for n, name in enumerate(names)]
    assert len(near_duplicates(many, many[::-1])) == 1000


def test_a_roster_file_is_compared_after_it_is_read(read, person):
    first = read([person(1), person(2)])
    second = read([person(1), person(2, Ngày_sinh="1980")])
    assert difference(first.trainees, second).unread == ("CIO26-002",)
