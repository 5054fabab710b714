"""The committed sample is what the generator writes, and reads without a problem."""

from collections import Counter
from datetime import date

from openpyxl import load_workbook

from cohort_data.agencies import MINISTRIES
from cohort_data.rosters.prior import read_prior
from cohort_data.rosters.roster import read_roster
from cohort_data.simulated.sample_layout import write_roster
from cohort_data.simulated.sample_roster import (
    PRIOR,
    ROSTER,
    sample_rows,
    write_prior,
)

SITTING = date(2026, 12, 1)
TWO_YEARS_BEFORE = date(2024, 12, 1)


def cells(path):
    sheet = load_workbook(path).active
    looks = {
        cell.coordinate: (cell.value, cell.number_format, cell.font.name, cell.font.b)
        for row in sheet.iter_rows()
        for cell in row
    }
    return looks, sorted(map(str, sheet.merged_cells.ranges)), sheet.page_setup.orientation


def test_the_committed_roster_is_what_the_generator_writes(tmp_path):
    write_roster(sample_rows(), tmp_path / "lai.xlsx")
    assert cells(tmp_path / "lai.xlsx") == cells(ROSTER)


def test_writing_twice_gives_the_same_bytes(tmp_path):
    for name in ("mot.xlsx", "hai.xlsx"):
        write_roster(sample_rows(), tmp_path / name)
    assert (tmp_path / "mot.xlsx").read_bytes() == (tmp_path / "hai.xlsx").read_bytes()


def test_another_seed_gives_other_people():
    assert sample_rows(1) != sample_rows(2)
    assert sample_rows(1) == sample_rows(1)


def test_the_sample_reads_without_a_problem():
    roster = read_roster(ROSTER)
    assert roster.problems == ()
    assert roster.trainees == tuple(row.trainee for row in sample_rows())
    assert [trainee.id for trainee in roster.trainees] == [f"CIO26-{n:03}" for n in range(1, 49)]


def test_the_sample_spans_ministries_and_provinces():
    trainees = read_roster(ROSTER).trainees
    kinds = Counter(trainee.agency_type for trainee in trainees)
    sizes = Counter(trainee.agency for trainee in trainees)
    assert kinds == {"bộ, ngành": 20, "tỉnh, thành phố": 28}
    assert len(sizes) >= 15
    assert max(sizes.values()) <= 6
    assert {t.agency for t in trainees if t.agency_type == "bộ, ngành"} <= set(MINISTRIES)


def test_the_sample_says_that_it_is_simulated():
    sheet = load_workbook(ROSTER).active
    assert "DỮ LIỆU MÔ PHỎNG" in sheet["A5"].value
    assert sheet.page_setup.orientation == "landscape"
    numbers = [row[7].value for row in sheet.iter_rows(min_row=10) if row[9].value]
    assert len(numbers) == 48
    assert all(number.startswith("999") for number in numbers)


def test_dates_of_birth_come_in_both_forms():
    sheet = load_workbook(ROSTER).active
    kinds = {type(row[4].value).__name__ for row in sheet.iter_rows(min_row=10) if row[9].value}
    assert kinds == {"datetime", "str"}


def test_the_committed_prior_results_are_what_the_generator_writes(tmp_path):
    write_prior(sample_rows(), tmp_path / "truoc.csv")
    assert (tmp_path / "truoc.csv").read_bytes() == PRIOR.read_bytes()


def test_repeaters_have_prior_passes_and_exactly_one_has_expired():
    repeaters = {t.id for t in read_roster(ROSTER).trainees if t.attempt == 2}
    passes = read_prior(PRIOR)
    expired = {one.trainee_id for one in passes if one.passed_on < TWO_YEARS_BEFORE}
    assert {one.trainee_id for one in passes} == repeaters
    assert len(repeaters) == 5
    assert len(expired) == 1
    assert all(one.passed_on < SITTING for one in passes)
    assert max(Counter(one.trainee_id for one in passes).values()) < 4
