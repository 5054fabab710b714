"""The decision rule: every status, its reasons, and what must never happen."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from grading.certification.decision import AreaScore, Evidence, Prior, Status, decide
from grading.certification.policy import POLICIES as POLICIES_FOLDER
from grading.certification.policy import policy_on, read_policies

ON = date(2026, 12, 10)
POLICY = policy_on(ON, "cio")
CODES = [area.code for area in POLICY.areas]
points = st.decimals(0, 20, places=4)


def marked(earned):
    return AreaScore("marked", Decimal(earned), Decimal(20), "f" * 64)


def evidence(**areas):
    scores = {code: marked(16) for code in CODES} | areas
    return Evidence("CIO26-001", 1, {code: score for code, score in scores.items() if score})


def codes(decision):
    return [reason.code for reason in decision.reasons]


def test_all_areas_at_their_cut_is_a_pass():
    at_cut = {area.code: marked(POLICY.cut(area) * 20) for area in POLICY.areas}
    decision = decide(evidence(**at_cut), POLICY, ON)
    assert (decision.status, codes(decision)) == (Status.PASS, ["ALL_AREAS_PASSED"])


def test_one_area_below_its_cut_fails_however_good_the_others_are():
    decision = decide(evidence(QL=marked(10), KM=marked(20), KT=marked(20)), POLICY, ON)
    assert (decision.status, codes(decision)) == (Status.FAIL, ["BELOW_CUT", "RESIT"])
    assert decision.resit_from == date(2027, 2, 8)


def test_within_one_standard_error_below_the_cut_goes_to_review():
    decision = decide(evidence(KM=marked("11.5")), POLICY, ON)
    assert (decision.status, codes(decision)) == (Status.REVIEW, ["BORDERLINE"])


def test_exactly_one_standard_error_below_the_cut_has_failed():
    assert decide(evidence(KM=marked(11)), POLICY, ON).status is Status.FAIL


def test_a_hair_below_the_cut_is_not_rounded_up():
    decision = decide(evidence(KM=marked("11.9999999999")), POLICY, ON)
    assert decision.status is Status.REVIEW
    assert "59,9 %" in decision.reasons[0].text


@pytest.mark.parametrize(
    ("score", "code"),
    [
        (None, "NOT_SAT"),
        (AreaScore("unmarked"), "NOT_MARKED"),
        (AreaScore("unreadable"), "UNREADABLE"),
    ],
)
def test_what_is_missing_is_incomplete_and_never_zero(score, code):
    decision = decide(evidence(QL=score, KM=marked(2)), POLICY, ON)
    assert decision.status is Status.INCOMPLETE
    assert code in codes(decision)
    assert next(area for area in decision.areas if area.code == "QL").share is None


def test_an_open_integrity_case_outweighs_everything():
    decision = decide(replace(evidence(QL=None), integrity="mang tài liệu"), POLICY, ON)
    assert (decision.status, codes(decision)[0]) == (Status.INVALID, "INTEGRITY")


def test_a_critical_competency_below_its_floor_fails_although_the_area_is_passed():
    weak = replace(evidence(), competencies={"KT1": Decimal("0.49")})
    decision = decide(weak, POLICY, ON)
    assert (decision.status, codes(decision)) == (Status.FAIL, ["CRITICAL_FLOOR", "RESIT"])


def test_an_area_passed_earlier_counts_while_it_is_kept():
    kept = replace(evidence(QL=None), priors={"QL": Prior(date(2025, 3, 1), Decimal("0.7"))})
    assert decide(kept, POLICY, ON).status is Status.PASS


def test_an_area_passed_too_long_ago_no_longer_counts():
    old = replace(evidence(QL=None), priors={"QL": Prior(date(2024, 12, 9), Decimal("0.7"))})
    decision = decide(old, POLICY, ON)
    assert (decision.status, codes(decision)) == (Status.INCOMPLETE, ["PRIOR_EXPIRED"])


def test_a_kept_pass_is_not_lost_by_sitting_the_area_again():
    again = replace(evidence(QL=marked(3)), priors={"QL": Prior(date(2026, 3, 1), Decimal("0.7"))})
    assert decide(again, POLICY, ON).status is Status.PASS


def test_after_the_last_attempt_no_resit_is_offered():
    decision = decide(replace(evidence(QL=marked(3)), attempt=3), POLICY, ON)
    assert codes(decision) == ["BELOW_CUT", "NO_ATTEMPT_LEFT"]
    assert decision.resit_from is None


@given(st.dictionaries(st.sampled_from(CODES), points, min_size=4))
def test_replaying_a_decision_gives_the_same_record(scores):
    given_scores = evidence(**{code: marked(score) for code, score in scores.items()})
    assert decide(given_scores, POLICY, ON).record() == decide(given_scores, POLICY, ON).record()


@given(st.dictionaries(st.sampled_from(CODES), points, min_size=4), st.sampled_from(CODES), points)
def test_more_points_never_turn_a_pass_into_anything_else(scores, code, gain):
    before = decide(evidence(**{c: marked(s) for c, s in scores.items()}), POLICY, ON)
    better = scores | {code: min(Decimal(20), scores[code] + gain)}
    after = decide(evidence(**{c: marked(s) for c, s in better.items()}), POLICY, ON)
    order = [Status.FAIL, Status.REVIEW, Status.PASS]
    assert order.index(after.status) >= order.index(before.status)


@given(st.dictionaries(st.sampled_from(CODES), points, min_size=4))
def test_pass_means_every_area_at_or_above_cut_and_half_of_its_scale(scores):
    decision = decide(
        evidence(**{code: marked(score) for code, score in scores.items()}), POLICY, ON
    )
    if decision.status is Status.PASS:
        assert all(area.share >= max(area.cut, Decimal("0.5")) for area in decision.areas)


def test_evidence_that_differs_has_another_digest():
    one, other = (decide(evidence(QL=marked(p)), POLICY, ON) for p in (15, 16))
    assert one.evidence_digest != other.evidence_digest


def test_before_the_first_policy_nothing_can_be_decided():
    with pytest.raises(ContentError, match="chưa có chính sách"):
        policy_on(date(2025, 12, 31), "cio")


def test_a_cut_below_half_of_the_scale_is_lifted_to_half(tmp_path):
    text = next(iter(sorted((POLICIES_FOLDER).glob("*.toml")))).read_text(encoding="utf-8")
    (tmp_path / "low.toml").write_text(text.replace('"0.60"', '"0.40"'), encoding="utf-8")
    [policy] = read_policies(tmp_path)
    assert policy.cut(policy.areas[0]) == Decimal("0.50")


def test_a_misspelt_key_in_a_policy_is_refused_by_name(tmp_path):
    text = next(iter(sorted((POLICIES_FOLDER).glob("*.toml")))).read_text(encoding="utf-8")
    (tmp_path / "odd.toml").write_text(
        text.replace("max_attempts", "max_atempts"), encoding="utf-8"
    )
    with pytest.raises(ContentError) as refused:
        read_policies(tmp_path)
    assert refused.value.key in ("max_attempts", "max_atempts")
