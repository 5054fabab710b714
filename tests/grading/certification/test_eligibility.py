"""Who is admitted to the specialist track, and every reason why not, by row and column."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_data.rosters.schema import STANDING, Standing, Trainee
from grading.certification.eligibility import explained, reasons_against
from grading.certification.policy import Policy, policy_on

ON = date(2026, 11, 14)
POLICY = policy_on(ON, "chuyen-trach")
RULE = POLICY.eligibility
FIT = Standing(
    row=7,
    labels={key: f"{letter} ({key})" for letter, key in zip("HIJKLMN", STANDING, strict=True)},
    degree="Đại học",
    subject="Công nghệ thông tin",
    study_mode="Vừa làm vừa học",
    post="Văn phòng Sở",
    letter="12/QĐ-STP",
    letter_date=date(2026, 3, 2),
)
CIO = ("cio", date(2026, 11, 14))


def codes(standing, rule=RULE, on=ON):
    return [reason.code for reason in reasons_against(standing, rule, on)]


def test_whoever_meets_every_condition_is_admitted():
    assert codes(FIT) == []


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({"degree": "Cao đẳng"}, ["DEGREE_LEVEL"]),
        ({"degree": ""}, ["UNSTATED"]),
        ({"subject": "Luật"}, ["DEGREE_SUBJECT"]),
        ({"subject": "Công nghệ thông tin và nghề cá"}, ["DEGREE_SUBJECT"]),
        ({"post": "Phòng Kế hoạch"}, ["POST"]),
        ({"it_unit": "Trung tâm CNTT"}, ["POST"]),
        ({"post": ""}, ["UNSTATED"]),
        ({"letter": ""}, ["LETTER"]),
        ({"letter": "x" * 65}, ["LETTER"]),
        ({"letter_date": None}, ["LETTER_DATE"]),
        ({"letter_date": ON + timedelta(days=1)}, ["LETTER_DATE"]),
        ({"degree": "Trung cấp", "post": "Phòng Kế hoạch"}, ["DEGREE_LEVEL", "POST"]),
    ],
)
def test_each_condition_that_is_not_met_is_a_reason(changed, reasons):
    assert codes(replace(FIT, **changed)) == reasons


@pytest.mark.parametrize(
    "changed",
    [
        {"degree": "ĐẠI HỌC", "subject": "tin  học"},
        {"subject": "An toàn thông tin"},
        {"post": "Phòng Văn hóa - Xã hội"},
        {"post": "Trung tâm CNTT", "it_unit": "Trung tâm CNTT"},
        {"letter_date": ON},
    ],
)
def test_spelling_and_what_the_rule_does_not_ask_for_keep_nobody_out(changed):
    assert codes(replace(FIT, **changed)) == []


def test_a_rule_that_asks_for_full_time_study_as_in_2013_refuses_another_mode():
    strict = RULE.model_copy(update={"modes": ("chính quy",)})
    assert codes(FIT, strict) == ["DEGREE_MODE"]
    assert codes(replace(FIT, study_mode="Chính quy"), strict) == []
    assert codes(replace(FIT, study_mode=""), strict) == ["UNSTATED"]


def test_a_reason_names_row_column_and_code_and_a_missing_column_by_its_title():
    labels = {key: label for key, label in FIT.labels.items() if key != "letter"}
    unfit = replace(FIT, degree="Cao đẳng", letter="", labels=labels)
    born, kind = date(1990, 1, 1), "tỉnh, thành phố"
    person = Trainee("CT-01", "Nguyễn Văn An", born, "", "Sở A", kind, None, unfit)
    (told,) = explained([person], RULE, ON).values()
    assert told[0].startswith("dòng 7, cột H (degree): trình độ “Cao đẳng” không thuộc")
    assert told[0].endswith("[DEGREE_LEVEL]")
    assert told[1] == (
        "dòng 7, cột “Văn bản phân công” (chưa có): chưa có văn bản phân công [LETTER]"
    )


def test_a_roster_that_says_nothing_of_it_admits_nobody():
    assert codes(None) == ["UNSTATED"]


@given(st.builds(Standing, row=st.just(2), labels=st.just({}), degree=st.text(), post=st.text()))
def test_whatever_is_written_nobody_is_admitted_without_subject_and_letter(standing):
    assert {"UNSTATED", "LETTER"} <= set(codes(standing))


def test_a_policy_of_before_keeps_its_digest_and_asks_for_nothing():
    cio = policy_on(CIO[1], CIO[0])
    assert cio.eligibility is None
    assert "eligibility" not in cio.model_dump_json()
    assert Policy.model_validate_json(POLICY.model_dump_json()) == POLICY
