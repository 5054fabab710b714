"""The decision rule: every status, its reasons, and what must never happen."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.digests import canonical, digest_of
from courses.foundation.errors import ContentError
from grading.certification.decision import (
    AreaScore,
    Evidence,
    Prior,
    Reason,
    Status,
    add_months,
    decide,
    percent,
    read_evidence,
)
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


def test_half_of_the_scale_is_enough_where_the_cut_is_lower_and_a_hair_less_is_not():
    low = tuple(a.model_copy(update={"cut_share": Decimal("0.40")}) for a in POLICY.areas)
    policy = POLICY.model_copy(update={"areas": low})
    assert decide(evidence(QL=marked(10)), policy, ON).status is Status.PASS
    assert decide(evidence(QL=marked("9.9999")), policy, ON).status is Status.REVIEW


def test_a_misspelt_key_in_a_policy_is_refused_by_name(tmp_path):
    text = next(iter(sorted((POLICIES_FOLDER).glob("*.toml")))).read_text(encoding="utf-8")
    (tmp_path / "odd.toml").write_text(
        text.replace("max_attempts", "max_atempts"), encoding="utf-8"
    )
    with pytest.raises(ContentError) as refused:
        read_policies(tmp_path)
    assert refused.value.key in ("max_attempts", "max_atempts")


WORDS = {
    "PASS": "Tất cả các lĩnh vực đều đạt điểm cắt.",
    "QL": "Năng lực quản lý: 50,0 % thang điểm, dưới điểm cắt 60,0 %.",
    "KM": (
        "Kỹ năng mềm: 57,5 % thang điểm, dưới điểm cắt 60,0 % nhưng trong một sai số chuẩn "
        "(5,0 %); rà soát đáp án và chấm độc lập lần hai trước khi hội đồng kết luận."
    ),
    "ABSENT": "Bài tổng hợp: chưa dự thi. Vắng mặt không tính là 0 điểm.",
    "FLOOR": "Năng lực trọng yếu KT1: 49,9 % thang điểm, dưới điểm sàn 50,0 %.",
    "RESIT": (
        "Được thi lại lĩnh vực chưa đạt từ ngày 08/02/2027, với đề tương đương khác; lĩnh vực đã "
        "đạt được bảo lưu 24 tháng."
    ),
}


def told(decision):
    return {reason.code: reason.text for reason in decision.reasons}


def test_each_reason_says_what_and_by_how_much():
    weak = replace(
        evidence(QL=marked(10), KM=marked("11.5")), competencies={"KT1": Decimal(".4999")}
    )
    assert told(decide(weak, POLICY, ON)) == {
        "BELOW_CUT": WORDS["QL"],
        "BORDERLINE": WORDS["KM"],
        "CRITICAL_FLOOR": WORDS["FLOOR"],
        "RESIT": WORDS["RESIT"],
    }
    assert told(decide(evidence(), POLICY, ON)) == {"ALL_AREAS_PASSED": WORDS["PASS"]}
    assert told(decide(evidence(CAP=None), POLICY, ON)) == {"NOT_SAT": WORDS["ABSENT"]}
    unmarked = evidence(QL=AreaScore("unmarked"), KM=AreaScore("unreadable"))
    assert told(decide(unmarked, POLICY, ON)) == {
        "NOT_MARKED": "Năng lực quản lý: phần tự luận chưa được chấm xong.",
        "UNREADABLE": (
            "Kỹ năng mềm: bài nộp bị hỏng hoặc thiếu tệp, chưa chấm được; trung tâm đang khôi phục."
        ),
    }
    last = decide(replace(evidence(QL=marked(3)), attempt=3), POLICY, ON)
    assert told(last)["NO_ATTEMPT_LEFT"] == "Đã dự thi đủ 3 lần."


def test_what_invalidates_comes_first_and_says_by_what():
    case = replace(
        evidence(QL=marked(3)), integrity="mang tài liệu", upheld="QĐ 7", annulled="QĐ 9"
    )
    decision = decide(case, POLICY, ON)
    assert decision.status is Status.INVALID
    assert decision.reasons[:3] == (
        Reason("ANNULLED", "Kỳ sát hạch đã bị huỷ kết quả: QĐ 9"),
        Reason("UPHELD", "Đã kết luận vi phạm quy chế: QĐ 7"),
        Reason("INTEGRITY", "Đang xử lý vi phạm quy chế: mang tài liệu"),
    )
    for one in ("integrity", "upheld", "annulled"):
        assert decide(replace(evidence(), **{one: "x"}), POLICY, ON).status is Status.INVALID


def test_a_decision_records_everything_it_rests_on():
    prior = {"KM": Prior(date(2026, 3, 1), Decimal("0.7"))}
    given_scores = replace(evidence(KM=marked(3), QL=marked(13)), priors=prior, attempt=2)
    record = decide(given_scores, POLICY, ON).record()
    assert json.loads(canonical(record)) == record
    areas = {area.pop("code"): area for area in record.pop("areas")}
    assert record == {
        "trainee": "CIO26-001",
        "attempt": 2,
        "status": "PASS",
        "reasons": [{"code": "ALL_AREAS_PASSED", "text": WORDS["PASS"]}],
        "decided_on": "2026-12-10",
        "resit_from": None,
        "policy_id": "cio-2026-01",
        "policy_digest": POLICY.digest,
        "evidence_digest": digest_of(given_scores.record()),
    }
    assert areas["QL"] == {
        "name": "Năng lực quản lý",
        "outcome": "passed",
        "share": "0.65",
        "cut": "0.60",
        "sem": "0.05",
        "form_digest": "f" * 64,
    }
    assert (areas["KM"]["outcome"], areas["KM"]["share"]) == ("kept", "0.7")
    assert (areas["KT"]["outcome"], areas["KT"]["share"]) == ("passed", "0.8")


@given(
    st.dictionaries(st.sampled_from(CODES), points, min_size=1),
    st.sampled_from([None, "vụ việc"]),
    st.sampled_from([None, "văn bản"]),
    st.sampled_from([None, "quyết định"]),
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)
def test_evidence_read_again_is_the_same_to_the_byte(scores, integrity, upheld, annulled, day):
    whole = replace(
        evidence(**{code: marked(score) for code, score in scores.items()}),
        attempt=2,
        competencies={"KT1": Decimal("0.123456789")},
        priors={"KM": Prior(day, Decimal("0.6789"))},
        integrity=integrity,
        upheld=upheld,
        annulled=annulled,
    )
    assert read_evidence(json.loads(whole.text())) == whole
    assert read_evidence(json.loads(whole.text())).text() == whole.text()


def test_evidence_frozen_before_later_facts_were_known_keeps_its_digest():
    plain = evidence().record()
    assert "upheld" not in plain
    assert "annulled" not in plain
    assert plain["integrity"] is None
    proven = replace(evidence(), upheld="QĐ 7").record()
    assert (proven["upheld"], "annulled" in proven) == ("QĐ 7", False)


def test_a_pass_is_kept_to_its_last_day_and_not_a_day_longer():
    kept = replace(evidence(QL=None), priors={"QL": Prior(date(2024, 12, 10), Decimal("0.7"))})
    assert decide(kept, POLICY, date(2026, 12, 10)).status is Status.PASS
    late = decide(kept, POLICY, date(2026, 12, 11))
    assert (late.status, codes(late)) == (Status.INCOMPLETE, ["PRIOR_EXPIRED"])
    words = "Năng lực quản lý: kết quả đạt trước đây đã hết thời gian bảo lưu."
    assert told(late)["PRIOR_EXPIRED"] == words


def test_an_expired_pass_does_not_hide_what_was_sat_since():
    old = {"QL": Prior(date(2020, 1, 1), Decimal("0.9"))}
    failed = decide(replace(evidence(QL=marked(3)), priors=old), POLICY, ON)
    assert codes(failed) == ["BELOW_CUT", "RESIT"]
    unmarked = decide(replace(evidence(QL=AreaScore("unmarked")), priors=old), POLICY, ON)
    assert codes(unmarked) == ["NOT_MARKED"]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), 11, date(2026, 12, 15)),
        (date(2026, 3, 31), 24, date(2028, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 13, date(2027, 9, 30)),
    ],
)
def test_so_many_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, then):
    assert add_months(day, months) == then


def test_a_better_pass_of_today_stands_before_an_old_one():
    again = replace(evidence(QL=marked(18)), priors={"QL": Prior(date(2026, 3, 1), Decimal("0.7"))})
    [ql] = [area for area in decide(again, POLICY, ON).areas if area.code == "QL"]
    assert (ql.outcome, ql.share) == ("passed", Decimal("0.9"))


def test_a_competency_exactly_at_its_floor_has_reached_it():
    at = replace(evidence(), competencies={"KT1": Decimal("0.50")})
    assert decide(at, POLICY, ON).status is Status.PASS


def test_a_floor_is_looked_at_in_an_area_that_is_borderline_too_and_fail_outweighs_review():
    weak = replace(evidence(KT=marked("11.5")), competencies={"KT1": Decimal("0.4")})
    decision = decide(weak, POLICY, ON)
    assert (decision.status, codes(decision)) == (
        Status.FAIL,
        ["BORDERLINE", "CRITICAL_FLOOR", "RESIT"],
    )


def test_a_kept_pass_is_not_lost_by_passing_the_area_again_with_a_weak_competency():
    prior = {"KT": Prior(date(2026, 3, 1), Decimal("0.7"))}
    for earned in (3, 11, 12, 20):
        again = replace(evidence(KT=marked(earned)), priors=prior, competencies={"KT1": Decimal(0)})
        assert decide(again, POLICY, ON).status is Status.PASS


def test_a_resit_is_offered_to_who_failed_alone_and_from_the_day_that_the_policy_says():
    for other in (evidence(), evidence(KM=marked("11.5")), evidence(QL=None)):
        assert decide(other, POLICY, ON).resit_from is None


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (None, "–"),
        (Decimal("0.5996"), "59,9 %"),
        (Decimal(1), "100,0 %"),
        (Decimal("0.0009"), "0,0 %"),
        (Decimal("0.5"), "50,0 %"),
    ],
)
def test_a_share_is_shown_truncated_to_a_tenth(share, shown):
    assert percent(share) == shown


ORDER = [Status.FAIL, Status.REVIEW, Status.PASS]
shares = st.decimals(0, 1, places=3)
priors = st.dictionaries(
    st.sampled_from(CODES),
    st.builds(Prior, st.dates(date(2024, 6, 1), date(2026, 12, 1)), shares),
)


@given(
    st.fixed_dictionaries(dict.fromkeys(CODES, points)),
    shares,
    priors,
    st.sampled_from(CODES),
    points,
    st.decimals(0, 1, places=3),
)
def test_raising_a_mark_never_lowers_a_result(scores, critical, kept, code, gain, more):
    """Neither an area's points nor the share of a critical competency, with passes kept or not."""

    def status(given_scores, share):
        whole = evidence(**{c: marked(s) for c, s in given_scores.items()})
        whole = replace(whole, competencies={"KT1": share}, priors=kept)
        return ORDER.index(decide(whole, POLICY, ON).status)

    better = scores | {code: min(Decimal(20), scores[code] + gain)}
    assert status(better, critical) >= status(scores, critical)
    assert status(scores, min(Decimal(1), critical + more)) >= status(scores, critical)


SCORES = st.one_of(
    st.sampled_from([None, AreaScore("unmarked"), AreaScore("unreadable")]),
    points.map(marked),
)
GROUNDS = {
    Status.INVALID: {"INTEGRITY", "UPHELD", "ANNULLED"},
    Status.INCOMPLETE: {"NOT_SAT", "UNREADABLE", "NOT_MARKED", "PRIOR_EXPIRED"},
    Status.FAIL: {"BELOW_CUT", "CRITICAL_FLOOR"},
    Status.REVIEW: {"BORDERLINE"},
}


OUTCOMES = {
    "BELOW_CUT": "failed",
    "BORDERLINE": "borderline",
    "NOT_SAT": "absent",
    "UNREADABLE": "unreadable",
    "NOT_MARKED": "unmarked",
    "PRIOR_EXPIRED": "expired",
}


def mended(whole, grounds):
    """The evidence without what gave rise to any reason in ``grounds``."""
    decision = decide(whole, POLICY, ON)
    outcomes = {OUTCOMES[ground] for ground in grounds if ground in OUTCOMES}
    areas = dict(whole.areas)
    for area in decision.areas:
        if area.outcome in outcomes:
            areas[area.code] = marked(20)
    whole = replace(whole, areas=areas)
    if "CRITICAL_FLOOR" in grounds:
        whole = replace(whole, competencies={})
    if "INTEGRITY" in grounds:
        whole = replace(whole, integrity=None, upheld=None, annulled=None)
    return whole


@given(
    st.fixed_dictionaries(dict.fromkeys(CODES, SCORES)),
    shares,
    st.sampled_from([None, "vụ việc"]),
    st.sampled_from([None, "văn bản"]),
    st.sampled_from([None, "quyết định"]),
)
def test_removing_the_cause_of_the_gravest_reasons_changes_the_status(
    scores, critical, integrity, upheld, annulled
):
    whole = replace(
        evidence(**scores),
        competencies={"KT1": critical},
        integrity=integrity,
        upheld=upheld,
        annulled=annulled,
    )
    before = decide(whole, POLICY, ON)
    if before.status is Status.PASS:
        assert codes(before) == ["ALL_AREAS_PASSED"]
        return
    assert GROUNDS[before.status] & set(codes(before))
    after = decide(mended(whole, GROUNDS[before.status]), POLICY, ON)
    assert after.status is not before.status
    graver = list(GROUNDS)[: list(GROUNDS).index(before.status)]
    assert not any(GROUNDS[status] & set(codes(before)) for status in graver)
