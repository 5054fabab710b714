"""Decisions rest on what the gradebook and the records hold, and every one is kept."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from sittings import (
    CLOSES,
    DECIDED_ON,
    act,
    approve,
    decide,
    decide_and_approve,
    form_of,
    grade_all,
    hand_in,
    ids,
    mark_essays,
    single,
    who,
)

from centre.decisions.answer_keys import preview_key, propose_key, review_key
from centre.decisions.board import effective_decisions
from centre.decisions.cases import annul_sitting, close_case, open_case
from centre.decisions.decide import changed_since, content_of, latest
from centre.decisions.evidence import gather
from centre.decisions.models import Decision
from centre.decisions.replay import replay
from centre.ledger.acts import act as ledger_act
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.marks.agreed import write_agreed
from centre.marks.models import Mark
from centre.people.records import enter_earlier
from centre.people.retakes import standings
from centre.sittings.conduct import accommodate
from centre.sittings.frozen import freeze
from centre.sittings.models import SittingRecord
from centre.sittings.sitting import Sitting
from cohort_data.rosters.prior import PriorPass
from courses.foundation.errors import SittingError
from grading.certification.decision import Status
from grading.gradebook.scores import ManualMark, paper_totals, read_scores, write_marks


def evidence_of(sitting, way):
    return next(e for _, e in gather(sitting) if e.trainee == ids(sitting)[way])


def status_of(sitting, way):
    return next(d for d in latest(sitting) if d.enrolment.candidate == ids(sitting)[way])


def opened(sitting, way, reason="tình huống giả định"):
    return act(open_case, "giao-vu", sitting, ids(sitting)[way], reason, now=DECIDED_ON)


def closed(sitting, way, *, upheld):
    words = {"authority": "Quyết định giả định số 7", "now": DECIDED_ON}
    who = ids(sitting)[way]
    return act(close_case, "hoi-dong-1", sitting, who, "kết luận", upheld=upheld, **words)


def test_marks_pass_into_the_evidence_unrounded_with_the_form_they_were_earned_on(decided):
    totals = paper_totals(read_scores(decided.course))
    for _, evidence in gather(decided):
        mine = totals[totals["student"] == evidence.trainee]
        for row in mine.itertuples():
            area = evidence.areas[row.assignment.partition("-")[0]]
            assert area.earned == Decimal(repr(row.score))
            assert area.form_digest == decided.digests[row.assignment]


def test_a_corrected_key_stands_in_the_evidence_of_those_whose_points_it_moved_alone(decided):
    item, key = single(decided)
    row = act(propose_key, "giao-vu", decided, item, key, "Công văn giả định", now=DECIDED_ON)
    seen = preview_key(decided, item, key, DECIDED_ON)
    act(review_key, "truong-cham", decided, row, seen.digest, "", accept=True, now=DECIDED_ON)
    write_agreed(decided)
    [paper] = {f.paper for f in decided.forms().values() if item in {i.id for i in f.items}}
    told = {(e.trainee, area): e.areas[area].keys for _, e in gather(decided) for area in e.areas}
    moved = {(one.candidate, paper) for one in seen.rescored}
    assert 0 < len(moved) < len(told)
    assert told == {where: (row.key_id,) if where in moved else () for where in told}


def test_absent_unreadable_and_unmarked_are_told_apart(graded):
    who = ids(graded)["malformed"]
    hand_in(graded, who, "KM", "all right")
    form = form_of(graded, who, "KM")
    folder = graded.course.path("submitted", who, form.code)
    (folder / f"{form.competencies[0]}.ipynb").write_text("hỏng", "utf-8")
    grade_all(graded)
    areas = evidence_of(graded, "malformed").areas
    assert {code: area.state for code, area in areas.items()} == {
        "QL": "unmarked",
        "KM": "unreadable",
    }
    assert areas["QL"].form_digest == form_of(graded, who, "QL").digest
    decide(graded)
    reasons = content_of(status_of(graded, "malformed"))["reasons"]
    codes = [reason["code"] for reason in reasons]
    assert codes == ["NOT_MARKED", "UNREADABLE", "NOT_SAT", "NOT_SAT"]


def test_an_annulment_and_each_case_stand_in_the_evidence_by_what_they_are(judged):
    opened(judged, "partial", "nghi vấn")
    opened(judged, "blank", "quả tang")
    closed(judged, "blank", upheld=True)
    words = ("Quyết định huỷ số 3", "Lộ đề (giả định)")
    partial, blank = (evidence_of(judged, way) for way in ("partial", "blank"))
    assert (partial.integrity, partial.upheld, partial.annulled) == ("nghi vấn", None, None)
    assert (blank.integrity, blank.upheld) == (None, "quả tang")
    act(annul_sitting, "hoi-dong-1", judged, *words, now=DECIDED_ON)
    assert {one.annulled for _, one in gather(judged)} == {"Quyết định huỷ số 3"}


def test_a_damaged_paper_with_extra_time_is_unreadable_and_does_not_stop_the_marking(sitting):
    who = ids(sitting)["all right"]
    before = CLOSES - timedelta(days=1)
    act(accommodate, "coi-thi", sitting, who, 30, "tình huống giả định", now=before)
    hand_in(sitting, who, "QL", "all right")
    form = form_of(sitting, who, "QL")
    path = sitting.course.path("submitted", who, form.code) / "QL4.tra-loi.json"
    path.write_text("{", "utf-8")
    [outcome] = grade_all(sitting)
    assert outcome.state == "failed"
    assert evidence_of(sitting, "all right").areas["QL"].state == "unreadable"
    assert mark_essays(sitting, "GK1").changed == 0


def test_deciding_again_keeps_nothing_new(decided):
    decisions, lines = Decision.objects.count(), LedgerLine.objects.count()
    again = decide(decided)
    assert (len(again.standing), again.new) == (6, 0)
    assert (Decision.objects.count(), LedgerLine.objects.count()) == (decisions, lines)


def test_deciding_the_same_on_another_day_keeps_nothing_new(decided):
    before = [d.content for d in latest(decided)]
    again = decide(decided, DECIDED_ON + timedelta(days=1))
    assert (again.new, [d.content for d in again.standing]) == (0, before)


def under(sitting, **changes):
    """The sitting as it would stand, had another policy been in force on its day."""
    rule = sitting.policy.model_copy(update={"id": "giả-định", **changes})
    with transaction.atomic(), ledger_act(who("giao-vu"), "tested", "x", DECIDED_ON) as done:
        sitting.record.policy = freeze(done, "policy", rule, DECIDED_ON)
    return Sitting(sitting.centre, sitting.record)


def test_an_area_above_its_cut_with_a_weak_critical_competency_is_not_kept(decided):
    """Kept as passed, its floor would never have to be reached."""
    best = decided.enrolment(ids(decided)["all right"])
    form = form_of(decided, best.candidate, "KT")
    essay = next(item for item in form.items if item.rubric)
    weaker = ManualMark(best.candidate, form.code, essay.competency, essay.id, 5.0)
    write_marks(decided.course, [weaker])
    [floor] = decided.policy.critical
    floor = floor.model_copy(update={"floor_share": Decimal("0.90")})
    other = under(decided, critical=(floor,))
    decide(other)
    content = content_of(status_of(other, "all right"))
    assert [one["code"] for one in content["reasons"]] == ["CRITICAL_FLOOR", "RESIT"]
    assert {a["code"]: a["outcome"] for a in content["areas"]}["KT"] == "passed"
    approve(other)
    opens = CLOSES + timedelta(days=90)
    later = SittingRecord(code="sau", opens=opens, closes=opens + timedelta(days=2))
    stands = standings("cio", [best.person_id], later)[best.person_id]
    assert set(stands.priors) == {"QL", "KM", "CAP"}


def test_another_policy_is_decided_under_anew_beside_what_was_decided(decided):
    """The same evidence under another rule is another decision; the one kept before stays."""
    other = under(decided, max_attempts=1)
    before = {one.enrolment_id: one.id for one in latest(other)}
    assert decide(other).new == 6
    assert all(one.id != before[one.enrolment_id] for one in latest(other))
    assert {one.policy_id for one in latest(other)} == {other.record.policy_id}
    assert decide(other).new == 0
    assert all(replay(one).same for one in Decision.objects.all())


def test_a_pass_kept_from_before_that_expires_after_the_decision_does_not_change_it(graded):
    """What is shown is what is kept: the same evidence on a later day decides nothing anew."""
    who = ids(graded)["late"]
    passes = [PriorPass(who, area, date(2026, 3, 1), Decimal("0.7")) for area in ("KM", "KT")]
    act(enter_earlier, "giao-vu", graded, passes, "Biên bản giả định", now=DECIDED_ON)
    decide(graded)
    kept = status_of(graded, "late").content
    years_later = decide(graded, DECIDED_ON + timedelta(days=4000))
    assert years_later.new == 0
    assert status_of(graded, "late").content == kept
    assert all(replay(one).same for one in latest(graded))


def change_a_mark(sitting, way, points):
    """A person gives an essay other points in nbgrader's own pages."""
    form = form_of(sitting, ids(sitting)[way], "QL")
    item = next(item for item in form.items if item.rubric)
    mark = ManualMark(ids(sitting)[way], form.code, item.competency, item.id, points)
    assert write_marks(sitting.course, [mark]) == 1


def test_a_changed_mark_makes_a_new_revision_and_keeps_the_old(decided):
    before = status_of(decided, "partial")
    change_a_mark(decided, "partial", 8.0)
    assert changed_since(decided) == [ids(decided)["partial"]]
    assert decide(decided).new == 1
    after = status_of(decided, "partial")
    assert after.revision == before.revision + 1
    kept = Decision.objects.get(pk=before.pk)
    assert (kept.status, kept.content) == (before.status, before.content)
    assert check(decided.centre) == []


def test_every_decision_replays_byte_for_byte_from_what_was_frozen(decided):
    change_a_mark(decided, "partial", 8.0)
    decide(decided)
    decisions = Decision.objects.select_related("policy", "evidence")
    assert len(decisions) == 7
    assert all(replay(one).same for one in decisions)


def test_the_status_of_each_way_of_handing_in(decided):
    assert status_of(decided, "all right").status == Status.PASS
    assert status_of(decided, "partial").status == Status.FAIL
    for way in ("all wrong", "blank", "malformed", "late"):
        assert status_of(decided, way).status == Status.INCOMPLETE


def test_an_earlier_pass_counts_for_the_area_that_was_not_sat(decided):
    who = ids(decided)["late"]
    passes = [PriorPass(who, a, date(2026, 3, 1), Decimal("0.7")) for a in ("KM", "KT", "CAP")]
    act(enter_earlier, "giao-vu", decided, passes, "Biên bản giả định", now=DECIDED_ON)
    decide(decided)
    areas = content_of(status_of(decided, "late"))["areas"]
    outcomes = {area["code"]: area["outcome"] for area in areas}
    assert outcomes == {"QL": outcomes["QL"], "KM": "kept", "KT": "kept", "CAP": "kept"}
    assert content_of(status_of(decided, "late"))["attempt"] == 2


def test_an_open_case_makes_the_result_invalid_until_it_is_dismissed(decided):
    first = opened(decided, "all right")
    assert opened(decided, "all right", "lần nữa") == first
    decide(decided)
    assert status_of(decided, "all right").status == Status.INVALID
    closed(decided, "all right", upheld=False)
    decide(decided)
    assert status_of(decided, "all right").status == Status.PASS
    kinds = list(LedgerLine.objects.values_list("kind", flat=True))
    assert kinds.count("case.opened") == kinds.count("case.closed") == 1
    assert check(decided.centre) == []


def test_a_case_that_is_closed_as_upheld_leaves_the_result_invalid(decided):
    opened(decided, "all right")
    closed(decided, "all right", upheld=True)
    decide(decided)
    decision = status_of(decided, "all right")
    assert decision.status == Status.INVALID
    approve(decided)
    assert decision.id in effective_decisions(decided)


def test_a_case_is_closed_by_the_board_with_conclusion_and_authority(decided):
    opened(decided, "all right")
    who = ids(decided)["all right"]
    for conclusion, authority in ((" ", "văn bản"), ("kết luận", " ")):
        with pytest.raises(SittingError, match="phải ghi kết luận và văn bản"):
            act(
                close_case,
                "hoi-dong-1",
                decided,
                who,
                conclusion,
                upheld=False,
                authority=authority,
                now=DECIDED_ON,
            )
    with pytest.raises(SittingError, match="phải ghi nội dung"):
        opened(decided, "partial", "  ")


def test_a_case_against_nobody_and_the_closing_of_none_are_refused(decided):
    with pytest.raises(SittingError, match="không có thí sinh CIO26-999"):
        act(open_case, "giao-vu", decided, "CIO26-999", "nhầm", now=DECIDED_ON)
    with pytest.raises(SittingError, match="không có vụ việc nào đang mở"):
        closed(decided, "partial", upheld=False)


def test_no_name_and_no_birth_date_stands_in_decisions_marks_or_ledger(decided):
    lines = LedgerLine.objects.values_list("subject", "before", "after")
    told = [str(row) for row in [*lines, *Decision.objects.values(), *Mark.objects.values()]]
    text = "\n".join(told)
    for enrolment in decided.enrolments():
        person = enrolment.person
        assert person.full_name not in text
        assert json.dumps(person.full_name) not in text
        assert person.birth_date.isoformat() not in text


def test_the_ledger_holds_every_step_in_an_unbroken_chain(decided):
    assert check(decided.centre) == []
    kinds = set(LedgerLine.objects.values_list("kind", flat=True))
    assert kinds >= {
        *("person.enrolled", "sitting.prepared", "paper.started", "paper.taken"),
        *("essay.marked", "decision.made", "sheet.drawn", "sheet.signed"),
    }


def test_a_whole_round_decides_everyone_on_the_roster(graded):
    decisions = decide_and_approve(graded).standing
    numbers = [one.candidate for one in graded.enrolments()]
    assert [d.enrolment.candidate for d in decisions] == numbers
