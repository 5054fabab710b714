"""Decisions rest on what the gradebook and the records hold, and every one is kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from grading.certification.evidence import (
    approve,
    close_case,
    decide_all,
    gather,
    latest,
    latest_of_all,
    open_case,
)
from grading.delivery import accommodate
from grading.marking.scripts import write_agreed
from grading.records.ledger import broken_lines
from grading.records.schema import BoardApproval, DecisionRecord, LedgerEntry, PriorPassRecord
from sittings import (
    CLOSES,
    DECIDED_ON,
    decide_and_approve,
    form_of,
    grade_all,
    hand_in,
    ids,
    mark_essays,
)
from sqlalchemy import func, select

from courses.foundation.errors import SittingError
from grading.certification.decision import Status
from grading.gradebook.scores import paper_totals, read_scores


def evidence_of(sitting, way):
    return next(e for e in gather(sitting) if e.trainee == ids(sitting)[way])


def status_of(sitting, way):
    with sitting.records() as session:
        return latest(session, ids(sitting)[way])


def count(sitting, table):
    with sitting.records() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_marks_pass_into_the_evidence_unrounded_with_the_form_they_were_earned_on(decided):
    totals = paper_totals(read_scores(decided.course))
    for evidence in gather(decided):
        mine = totals[totals["student"] == evidence.trainee]
        for row in mine.itertuples():
            area = evidence.areas[row.assignment.partition("-")[0]]
            assert area.earned == Decimal(repr(row.score))
            assert area.form_digest == decided.forms()[row.assignment].digest


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
    decide_all(graded, DECIDED_ON)
    codes = [reason["code"] for reason in status_of(graded, "malformed").content["reasons"]]
    assert codes == ["NOT_MARKED", "UNREADABLE", "NOT_SAT", "NOT_SAT"]


def test_a_damaged_paper_with_extra_time_is_unreadable_and_does_not_stop_the_marking(sitting):
    who = ids(sitting)["all right"]
    accommodate(sitting, who, 30, "tình huống giả định", CLOSES - timedelta(days=1))
    hand_in(sitting, who, "QL", "all right")
    form = form_of(sitting, who, "QL")
    path = sitting.course.path("submitted", who, form.code) / "QL4.tra-loi.json"
    path.write_text("{", "utf-8")
    [outcome] = grade_all(sitting)
    assert outcome.state == "failed"
    assert evidence_of(sitting, "all right").areas["QL"].state == "unreadable"
    assert mark_essays(sitting, "GK1") == 0


def test_deciding_again_keeps_nothing_new(decided):
    decisions, lines = count(decided, DecisionRecord), count(decided, LedgerEntry)
    again, new = decide_all(decided, DECIDED_ON)
    assert (len(again), new) == (6, 0)
    assert (count(decided, DecisionRecord), count(decided, LedgerEntry)) == (decisions, lines)


def test_deciding_the_same_on_another_day_keeps_nothing_new(decided):
    assert decide_all(decided, DECIDED_ON + timedelta(days=1))[1] == 0


def test_a_changed_mark_makes_a_new_revision_and_keeps_the_old(decided):
    before = status_of(decided, "partial")
    for marker in decided.settings.marking.markers:
        mark_essays(decided, marker)
    write_agreed(decided)
    assert decide_all(decided, DECIDED_ON)[1] > 0
    after = status_of(decided, "partial")
    assert after.revision == before.revision + 1
    with decided.records() as session:
        kept = session.get_one(DecisionRecord, before.id)
        assert (kept.status, kept.content) == (before.status, before.content)
        assert broken_lines(session) == []


def test_the_status_of_each_way_of_handing_in(decided):
    assert status_of(decided, "all right").status == Status.PASS
    assert status_of(decided, "partial").status == Status.FAIL
    for way in ("all wrong", "blank", "malformed", "late"):
        assert status_of(decided, way).status == Status.INCOMPLETE


def test_an_earlier_pass_counts_for_the_area_that_was_not_sat(decided):
    with decided.records.begin() as session:
        session.add_all(
            PriorPassRecord(
                trainee_id=ids(decided)["late"], area=area, passed_on=date(2026, 3, 1), share=0.7
            )
            for area in ("KM", "KT", "CAP")
        )
    decide_all(decided, DECIDED_ON)
    record = status_of(decided, "late")
    outcomes = {area["code"]: area["outcome"] for area in record.content["areas"]}
    assert outcomes == {"QL": outcomes["QL"], "KM": "kept", "KT": "kept", "CAP": "kept"}


def test_the_board_approves_each_latest_decision_once(decided):
    assert approve(decided, DECIDED_ON) == 0
    assert count(decided, BoardApproval) == 6


def test_a_new_revision_waits_for_the_board_again(decided):
    open_case(decided, ids(decided)["partial"], "tình huống giả định", DECIDED_ON)
    decide_all(decided, DECIDED_ON)
    assert approve(decided, DECIDED_ON) == 1


def test_an_open_case_makes_the_result_invalid_until_it_is_closed(decided):
    who = ids(decided)["all right"]
    open_case(decided, who, "tình huống giả định", DECIDED_ON)
    open_case(decided, who, "lần nữa", DECIDED_ON)
    decide_all(decided, DECIDED_ON)
    assert status_of(decided, "all right").status == Status.INVALID
    close_case(decided, who, "không có căn cứ", DECIDED_ON)
    decide_all(decided, DECIDED_ON)
    assert status_of(decided, "all right").status == Status.PASS
    with decided.records() as session:
        kinds = list(session.scalars(select(LedgerEntry.kind)))
        assert kinds.count("case.opened") == kinds.count("case.closed") == 1
        assert broken_lines(session) == []


def test_a_case_against_nobody_and_the_closing_of_none_are_refused(decided):
    with pytest.raises(SittingError, match="không có học viên CIO26-999"):
        open_case(decided, "CIO26-999", "nhầm", DECIDED_ON)
    with pytest.raises(SittingError, match="không có vụ việc nào đang mở"):
        close_case(decided, ids(decided)["partial"], "nhầm", DECIDED_ON)


def test_no_name_and_no_birth_date_stands_in_decisions_marks_or_ledger(decided):
    with decided.records() as session:
        people = decided.trainees()
        text = "\n".join(
            [str(d.content) for d in latest_of_all(session)]
            + [f"{line.subject} {line.detail}" for line in session.scalars(select(LedgerEntry))]
        )
    for person in people:
        assert person.full_name not in text
        assert person.birth_date.isoformat() not in text


def test_the_ledger_holds_every_step_in_an_unbroken_chain(decided):
    with decided.records() as session:
        assert broken_lines(session) == []
        kinds = set(session.scalars(select(LedgerEntry.kind)))
    assert kinds >= {
        *("roster.entered", "form.frozen", "paper.started", "paper.taken"),
        *("essay.marked", "decision.made", "decision.approved"),
    }


def test_one_altered_line_of_the_ledger_is_found(decided):
    with decided.records.begin() as session:
        line = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "paper.taken")).first()
        line.detail = line.detail | {"late": True}
        number = line.number
    with decided.records() as session:
        assert broken_lines(session) == [number]


def test_a_whole_round_decides_everyone_on_the_roster(graded):
    decisions = decide_and_approve(graded)
    assert [d.trainee for d in decisions] == [t.id for t in graded.trainees()]
