"""The figures of a cohort: denominators, attempts apart, gates on n."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import DecisionError
from grading.certification.decision import STATUS_NAMES
from grading.reports.cohort import summarise
from grading.reports.figures import Rate, histogram
from grading.reports.remarks import findings, proposals
from grading.reports.tables import agency_table, rate_table, status_table
from grading.reports.wording import place_and_date, unbroken
from grading.statistics.proportions import funnel_limits


def test_the_pass_rate_counts_pass_and_fail_of_first_takers_alone(cohort):
    first = cohort.trainees[cohort.trainees["attempt"] == 1]["status"]
    rate = summarise(cohort).first.rate
    assert rate.n == first.isin(["PASS", "FAIL"]).sum()
    assert rate.passed == (first == "PASS").sum()


def test_people_without_a_decision_are_counted_and_not_dropped(cohort):
    first = summarise(cohort).first
    assert first.n == first.rate.n + first.pending
    assert ("Chưa có kết luận", first.pending, 0) in status_table(summarise(cohort)).rows


def test_five_repeaters_are_too_few_to_have_a_rate(cohort):
    row = rate_table(summarise(cohort)).rows[1]
    assert "chưa đủ số liệu" in row[3]
    assert "5" in row[3]


def test_fewer_than_ten_in_an_undecided_status_are_printed_only_as_a_sum(cohort):
    statuses = summarise(cohort).first.statuses
    assert statuses["INVALID"] is None
    assert statuses["REVIEW"] is None


def test_wilson_of_seven_in_ten_is_point_40_to_point_89():
    low, high = Rate(10, 7).interval
    assert (round(low, 2), round(high, 2)) == (0.40, 0.89)


@given(st.integers(10, 200), st.data(), st.floats(0.05, 0.95))
def test_a_point_is_outside_the_funnel_when_its_wilson_interval_misses_the_centre(n, data, centre):
    passed = data.draw(st.integers(1, n - 1))
    low, high = Rate(n, passed).interval
    limits = funnel_limits(centre, n, 0.95)
    if min(abs(low - centre), abs(high - centre)) > 1e-9:
        assert (passed / n in limits) == (low <= centre <= high)


@given(st.lists(st.floats(0, 1), min_size=20, max_size=120), st.floats(0.3, 0.8))
def test_bins_hold_everybody_and_only_a_thin_side_of_the_cut_is_under_ten(shares, cut):
    bins = histogram(shares, cut)
    assert sum(bar.n for bar in bins) == len(shares)
    below = sum(share < cut for share in shares)
    for bar in bins:
        assert bar.n >= 10 or bar.n in (below, len(shares) - below)


def test_when_everybody_passes_neither_rate_nor_count_nor_distribution_is_printed(
    cohort, everybody_passes
):
    report = summarise(everybody_passes(cohort))
    assert report.first.rate.passed is None
    assert report.first.statuses["PASS"] is None
    assert all(area.first.passed is None and area.bins == () for area in report.areas)
    assert report.funnel.points == ()
    assert "không công bố" in rate_table(report).rows[0][3]


@pytest.mark.parametrize("n", [1, 9])
def test_a_cohort_of_fewer_than_ten_prints_no_result_at_all(n, build):
    report = summarise(build([(f"Cơ quan {i}", "Sở", 1) for i in range(n)], repeaters=0))
    assert report.first.rate.passed is None
    assert report.funnel.points == ()
    assert all(row.total.value is None and row.joined is None for row in report.competencies)


def test_an_area_nobody_sat_says_n_0_and_keeps_its_place(cohort):
    areas = cohort.areas.copy()
    areas.loc[areas["area"] == "CAP", ["share", "passed"]] = [np.nan, pd.NA]
    area = summarise(replace(cohort, areas=areas)).areas[3]
    assert (area.code, area.first.n, area.first.passed) == ("CAP", 0, None)


def test_absent_is_not_zero(cohort):
    areas = cohort.areas.copy()
    absent = areas["area"].eq("QL") & areas["trainee_id"].eq("HV0000")
    areas.loc[absent, ["share", "passed"]] = [np.nan, pd.NA]
    before = summarise(cohort).areas[0].first.n
    assert summarise(replace(cohort, areas=areas)).areas[0].first.n == before - 1


def test_people_under_review_are_in_the_rate_and_the_histogram_of_their_area(cohort):
    trainees, areas = cohort.trainees.copy(), cohort.areas.copy()
    near = areas["area"].eq("KM") & areas["trainee_id"].eq("HV0001")
    areas.loc[near, "share"], areas["passed"] = 0.56, areas["passed"].astype("boolean")
    areas.loc[near, "passed"] = pd.NA
    trainees.loc[trainees["trainee_id"] == "HV0001", "status"] = "REVIEW"
    area = summarise(replace(cohort, trainees=trainees, areas=areas)).areas[1]
    scored = areas[areas["area"].eq("KM") & areas["share"].notna()].merge(trainees)
    scored = scored[(scored["attempt"] == 1) & (scored["status"] != "INVALID")]
    assert area.first.n == len(scored) == sum(bar.n for bar in area.bins)
    assert area.first.passed == scored["passed"].fillna(value=False).sum()


def test_no_line_breaks_between_a_number_and_its_per_cent_sign():
    assert (
        unbroken("(95 %, n = 12)")
        == "(95\N{NO-BREAK SPACE}%, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}12)"
    )
    assert unbroken("đến dưới 10 người") == "đến dưới 10 người"


def test_a_status_has_the_name_it_has_everywhere(cohort):
    names = {str(row[0]).removeprefix("– ") for row in status_table(summarise(cohort)).rows}
    assert set(STATUS_NAMES.values()) < names


def test_scores_of_an_integrity_case_are_in_no_figure(cohort):
    areas = summarise(cohort).areas
    assert areas[0].first.n == 42  # 43 first-takers, one of them not recognised


def test_agencies_of_one_person_are_only_ever_joined(build):
    report = summarise(build([(f"Cơ quan {i:02d}", "Sở", 1) for i in range(40)]))
    assert all(point.agencies > 1 for point in report.funnel.points)


def test_agencies_stand_in_order_of_name_and_not_of_rate(large):
    names = [point.label for point in summarise(large).funnel.points if point.agencies == 1]
    assert len(names) > 5
    assert names == sorted(names)
    assert all(row[3] >= 10 for row in agency_table(summarise(large)).rows)


def test_funnel_points_add_up_to_the_pass_rate_of_first_takers(large):
    report = summarise(large)
    assert sum(p.rate.passed for p in report.funnel.points) == report.first.rate.passed
    assert sum(p.rate.n for p in report.funnel.points) == report.first.rate.n


def test_cells_of_a_competency_row_give_back_its_total_and_no_smaller_cell(cohort):
    for row in summarise(cohort).competencies:
        parts = [m for m in [*row.cells.values(), row.joined] if m and m.value is not None]
        assert sum(m.n for m in parts) == row.total.n
        assert all(m.n >= 10 for m in parts)
        whole = sum(m.n * m.value for m in parts) / row.total.n
        assert whole == pytest.approx(row.total.value)


def test_remarks_do_not_name_an_agency_and_do_not_claim_a_difference_intervals_deny(cohort):
    report = summarise(cohort)
    text = " ".join(said.text for said in (*findings(report), *proposals(report)))
    assert "giả định" not in text
    assert "chưa đủ căn cứ" in text


@pytest.mark.parametrize(
    ("table", "column", "value", "row"),
    [
        ("trainees", "status", "ĐẠT", 3),
        ("trainees", "attempt", 0, 1),
        ("areas", "share", 1.2, 5),
        ("competencies", "share", -0.1, 2),
        ("areas", "trainee_id", "không có", 4),
    ],
)
def test_a_wrong_value_is_refused_with_table_row_and_column(cohort, table, column, value, row):
    frame = getattr(cohort, table).copy()
    frame.loc[row - 1, column] = value
    with pytest.raises(DecisionError) as caught:
        summarise(replace(cohort, **{table: frame}))
    assert (caught.value.path, caught.value.row, caught.value.column) == (table, row, column)


def test_a_person_listed_twice_is_refused(cohort):
    twice = pd.concat([cohort.trainees, cohort.trainees.head(1)], ignore_index=True)
    with pytest.raises(DecisionError, match="hai lần"):
        summarise(replace(cohort, trainees=twice))


def test_a_missing_column_is_refused_by_name(cohort):
    with pytest.raises(DecisionError) as caught:
        summarise(replace(cohort, areas=cohort.areas.drop(columns="sem")))
    assert caught.value.column == "sem"


def test_days_under_ten_and_january_and_february_take_a_zero(cohort):
    day = cohort.letterhead.day
    assert place_and_date("Hà Nội", day) == "Hà Nội, ngày 05 tháng 02 năm 2026"
    assert place_and_date("Huế", day.replace(month=3, day=12)) == "Huế, ngày 12 tháng 3 năm 2026"


def test_the_sample_has_sixteen_agencies_and_forty_eight_people(cohort):
    report = summarise(cohort)
    assert (report.n, report.agencies) == (48, 16)
