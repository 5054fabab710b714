"""The staffing model: the 20-unit roster against QĐ 445, routes, and the time of reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.staffing import (
    ARTICLES,
    DISTRICTS_END,
    LEVELS,
    PROVINCE,
    ROSTER,
    Degree,
    Pace,
    Province,
    Unit,
    best_clusters,
    elapsed,
    most_communes,
    receiving_office,
    required_place,
    review,
    route,
    tally,
    three_tiers,
    two_tiers,
    years_to_fill,
)
from courses.widgets.simulations.staffing import view

BEFORE = date(2024, 6, 30)
PACE = Pace(sign=8, collate=1, staff=2)
CNTT = Degree("đại học", "CNTT", "chính quy")
MODEL_UNIT = Unit("Sở Mẫu", "sở", CNTT, "Văn phòng", "đã gửi Sở")

DEGREES = st.builds(
    Degree,
    level=st.sampled_from(LEVELS),
    field=st.sampled_from(["CNTT", "tin học", "kinh tế"]),
    mode=st.sampled_from(["chính quy", "tại chức", "từ xa"]),
)
UNITS = st.builds(
    Unit,
    name=st.uuids().map(str),
    tier=st.sampled_from(["sở", "huyện", "xã"]),
    degree=st.none() | DEGREES,
    place=st.sampled_from(["Văn phòng", "Phòng Văn hóa và Thông tin", "Phòng CNTT"]),
    letter=st.sampled_from(["đã gửi Sở", "đã ký, chưa gửi", "chưa có"]),
    it_unit=st.none(),
)
DAYS = st.dates(date(2013, 9, 13), date(2030, 12, 31))
PROVINCES = st.builds(
    Province,
    departments=st.integers(0, 25),
    districts=st.integers(1, 30),
    communes_per_district=st.integers(1, 30),
    communes=st.integers(1, 120),
)
HOURS = st.integers(1, 80).map(lambda quarters: quarters / 4)
PACES = st.builds(Pace, sign=HOURS, collate=HOURS, staff=st.integers(1, 6))


def articles(unit, on=BEFORE):
    return [finding.article for finding in review(unit, on)]


def test_the_roster_of_the_lesson_has_20_units_of_which_8_meet_all_three_articles():
    counts = tally(ROSTER, BEFORE)
    assert len(ROSTER) == 20
    assert (counts["đạt"], [counts[article] for article in ARTICLES]) == (8, [5, 4, 6])


def test_the_units_of_the_roster_that_meet_everything_are_the_ones_counted_by_hand():
    good = [number for number, unit in enumerate(ROSTER, start=1) if not review(unit, BEFORE)]
    assert good == [1, 2, 4, 8, 11, 13, 16, 20]


def test_one_department_breaks_all_three_articles_at_once():
    assert [unit.name for unit in ROSTER if len(review(unit, BEFORE)) == 3] == ["Sở Công Thương"]


def test_the_end_of_districts_takes_eight_units_out_of_the_rule_and_none_before_that_day():
    eve = DISTRICTS_END - timedelta(days=1)
    assert tally(ROSTER, eve)["ngoài quy định"] == 0
    after = tally(ROSTER, DISTRICTS_END)
    assert (after["ngoài quy định"], after["đạt"]) == (8, 5)


@pytest.mark.parametrize(
    "degree",
    [
        Degree("cao đẳng", "CNTT", "chính quy"),
        Degree("đại học", "kinh tế", "chính quy"),
        Degree("đại học", "CNTT", "tại chức"),
        Degree("đại học", "CNTT", "từ xa"),
    ],
)
def test_level_field_and_mode_of_study_are_each_required(degree):
    assert articles(replace(MODEL_UNIT, degree=degree)) == ["Điều 4"]


@pytest.mark.parametrize(("level", "field"), [("thạc sĩ", "CNTT"), ("đại học", "tin học")])
def test_a_full_time_it_degree_of_a_university_or_above_qualifies(level, field):
    assert Degree(level, field, "chính quy").qualifies


def test_an_unknown_level_of_degree_is_refused_by_its_name():
    with pytest.raises(ContentError, match="CCNA"):
        Degree("CCNA", "CNTT", "chính quy")


def test_a_department_with_an_it_room_must_use_it_and_not_its_office():
    unit = replace(MODEL_UNIT, it_unit="Phòng CNTT")
    assert articles(unit) == ["Điều 5"]
    assert not review(replace(unit, place="Phòng CNTT"), BEFORE)


def test_a_district_officer_belongs_to_the_culture_and_information_room():
    unit = replace(MODEL_UNIT, tier="huyện")
    assert articles(unit) == ["Điều 5"]
    assert required_place(unit) == "Phòng Văn hóa và Thông tin"


def test_the_rule_names_no_place_in_a_commune():
    with pytest.raises(ContentError, match="cấp xã"):
        required_place(replace(MODEL_UNIT, tier="xã"))


@pytest.mark.parametrize("letter", ["đã ký, chưa gửi", "chưa có"])
def test_a_letter_that_did_not_reach_the_office_breaks_10_2a(letter):
    assert articles(replace(MODEL_UNIT, letter=letter)) == ["Điều 10.2a"]


def test_where_nobody_is_assigned_only_the_assignment_is_missing():
    assert articles(replace(MODEL_UNIT, degree=None, place="")) == ["Điều 10.2a"]


@pytest.mark.parametrize("on", [BEFORE, DISTRICTS_END])
def test_a_commune_is_outside_the_rule_on_any_day(on):
    assert articles(replace(MODEL_UNIT, tier="xã"), on) == ["ngoài quy định"]


@given(UNITS, DAYS)
def test_no_article_is_found_twice_in_one_unit(unit, on):
    found = articles(unit, on)
    assert len(found) == len(set(found))


@given(UNITS)
def test_putting_every_finding_right_leaves_none(unit):
    unit = replace(unit, tier="sở", degree=unit.degree or CNTT)
    mended = {
        "Điều 4": {"degree": CNTT},
        "Điều 5": {"place": required_place(unit)},
        "Điều 10.2a": {"letter": "đã gửi Sở"},
    }
    for article in articles(unit):
        unit = replace(unit, **mended[article])
    assert not review(unit, BEFORE)


@given(st.lists(UNITS, max_size=20), DAYS)
def test_the_tally_counts_every_unit_once_as_met_or_as_found_wanting(roster, on):
    wanting = sum(bool(review(unit, on)) for unit in roster)
    assert tally(roster, on)["đạt"] + wanting == len(roster)


def test_reports_go_from_officer_to_head_to_the_office_of_their_day():
    assert route("sở", BEFORE) == (
        "Chuyên trách CNTT",
        "Thủ trưởng sở, cơ quan",
        "Sở Thông tin và Truyền thông",
    )
    assert route("huyện", BEFORE)[1] == "Chủ tịch UBND huyện"
    assert route("xã", DISTRICTS_END)[1:] == ("Chủ tịch UBND xã", "Sở Khoa học và Công nghệ")


def test_the_receiving_office_changes_its_name_on_the_first_of_march_2025():
    assert receiving_office(date(2025, 2, 28)) == "Sở Thông tin và Truyền thông"
    assert receiving_office(date(2025, 3, 1)) == "Sở Khoa học và Công nghệ"


def test_there_is_no_route_through_a_district_from_the_first_of_july_2025():
    with pytest.raises(ContentError, match="kết thúc"):
        route("huyện", DISTRICTS_END)


def test_before_that_day_a_commune_has_no_route_of_its_own():
    with pytest.raises(ContentError, match=r"6\.2b"):
        route("xã", DISTRICTS_END - timedelta(days=1))


def test_the_time_of_a_route_is_what_everyone_but_the_receiver_keeps():
    chain = route("xã", DISTRICTS_END)
    assert elapsed(chain, {"Chuyên trách CNTT": 20, "Chủ tịch UBND xã": 45}) == 65


def test_a_holder_without_a_wait_is_refused_by_name():
    with pytest.raises(ContentError, match="Chủ tịch UBND xã"):
        elapsed(route("xã", DISTRICTS_END), {"Chuyên trách CNTT": 20})


def test_three_tiers_of_the_lesson_take_41_hours_and_two_tiers_44():
    old = three_tiers(PROVINCE, PACE)
    assert (old.commune, old.between, old.office, old.total) == (8, 15 + 8, 10, 41)
    assert two_tiers(PROVINCE, PACE).total == 8 + 36


def test_two_tiers_keep_up_until_54_communes_and_not_at_55():
    assert most_communes(PROVINCE, PACE) == 54
    assert two_tiers(replace(PROVINCE, communes=54), PACE).total == 41
    assert two_tiers(replace(PROVINCE, communes=55), PACE).total == 42


def test_ten_clusters_are_the_fewest_that_bring_the_lesson_to_25_hours():
    assert best_clusters(PROVINCE, PACE) == 10
    assert two_tiers(PROVINCE, PACE, 10).total == 8 + 6 + 11


def test_with_many_collators_at_the_office_clusters_do_not_help():
    assert best_clusters(replace(PROVINCE, communes=4), replace(PACE, staff=20)) == 0


@given(PROVINCES, PACES)
def test_two_tiers_are_no_slower_exactly_up_to_the_break_even(province, pace):
    old = three_tiers(province, pace).total
    most = most_communes(province, pace)
    if most:
        assert two_tiers(replace(province, communes=most), pace).total <= old
        assert two_tiers(replace(province, communes=most + 1), pace).total > old


@given(PROVINCES, PACES, st.integers(1, 120))
def test_no_number_of_clusters_is_faster_than_the_best(province, pace, clusters):
    best = two_tiers(province, pace, best_clusters(province, pace)).total
    assert best <= two_tiers(province, pace, clusters).total + 1e-6


@given(PROVINCES, PACES, st.integers(0, 30), st.integers(1, 40))
def test_more_communes_never_make_the_report_faster(province, pace, clusters, more):
    grown = replace(province, communes=province.communes + more)
    assert two_tiers(grown, pace, clusters).total >= two_tiers(province, pace, clusters).total


@given(PROVINCES, PACES)
def test_one_more_collator_at_the_office_never_slows_any_arrangement(province, pace):
    helped = replace(pace, staff=pace.staff + 1)
    assert three_tiers(province, helped).total <= three_tiers(province, pace).total
    assert two_tiers(province, helped).total <= two_tiers(province, pace).total


@given(PROVINCES, PACES)
def test_an_hour_more_to_sign_costs_three_tiers_twice_and_two_tiers_once(province, pace):
    slower = replace(pace, sign=pace.sign + 1)
    added = three_tiers(province, slower).total - three_tiers(province, pace).total
    assert added == pytest.approx(2)
    added = two_tiers(province, slower).total - two_tiers(province, pace).total
    assert added == pytest.approx(1)


@pytest.mark.parametrize(("sign", "collate", "staff"), [(0, 1, 1), (8, 0, 1), (8, 1, 0)])
def test_a_pace_without_hours_or_people_is_refused(sign, collate, staff):
    with pytest.raises(ContentError, match="lớn hơn 0"):
        Pace(sign, collate, staff)


def test_posts_fill_by_what_hiring_leaves_after_those_who_go():
    assert years_to_fill(need=20, qualified=11, hired=5, leaving=1) == 3
    assert years_to_fill(need=10, qualified=11, hired=0, leaving=0) == 0


def test_posts_that_nobody_can_fill_are_refused():
    with pytest.raises(ContentError, match="không bao giờ"):
        years_to_fill(need=20, qualified=11, hired=2, leaving=2)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 20))
def test_the_last_year_is_needed_and_enough(need, qualified, hired):
    years = years_to_fill(need, qualified, hired, leaving=0)
    assert qualified + years * hired >= need
    assert years == 0 or qualified + (years - 1) * hired < need


def test_moving_the_clusters_redraws_chart_and_table_alike():
    screen = view()
    clusters, result = screen.children[4], screen.children[5]
    assert "có cụm hỗ trợ: 44,00" in result.children[0].value
    clusters.value = 10
    picture, numbers = (child.value for child in result.children)
    assert "có cụm hỗ trợ: 25,00 giờ" in picture
    assert "<td>8,00</td><td>6,00</td><td>11,00</td><td>25,00</td>" in numbers
    assert "không quá 54 xã" in numbers


def test_the_view_shows_the_roster_on_both_sides_of_the_first_of_july():
    rows = view().children[6].value
    assert "<td>8</td><td>5</td><td>4</td><td>6</td><td>0</td>" in rows
    assert "<td>5</td><td>3</td><td>2</td><td>4</td><td>8</td>" in rows
