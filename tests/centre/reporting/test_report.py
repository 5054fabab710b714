"""The cohort report says what the records say, and that it left the centre is on record."""

import hashlib

import pytest
from openpyxl import load_workbook
from sittings import DECIDED_ON, ids, who

from centre.decisions.decide import latest
from centre.ledger.models import LedgerLine
from centre.reporting.cohort import cohort_input
from centre.reporting.cohort import report as write_report
from courses.foundation.errors import DeniedError, SittingError


def report(sitting, by="giao-vu"):
    return write_report(who(by), sitting, now=DECIDED_ON)


def test_the_report_counts_everyone_decided_with_the_decision_kept(decided):
    data = cohort_input(decided, DECIDED_ON)
    kept = {decision.enrolment.candidate: decision.status for decision in latest(decided)}
    assert dict(zip(data.trainees["trainee_id"], data.trainees["status"], strict=True)) == kept


def test_an_area_that_was_not_sat_has_no_share_and_is_neither_passed_nor_failed(decided):
    areas = cohort_input(decided, DECIDED_ON).areas.set_index(["trainee_id", "area"])
    blank = areas.loc[(ids(decided)["blank"], "KT")]
    assert blank.isna()[["share", "passed"]].all()
    assert areas.loc[(ids(decided)["all right"], "QL"), "passed"]


def test_the_capstone_is_an_area_and_no_competency(decided):
    data = cohort_input(decided, DECIDED_ON)
    assert "CAP" in set(data.areas["area"])
    assert set(data.competencies["competency"]) == {"QL4", "KM2", "KT1"}


def test_report_and_workbook_are_written_and_written_again_byte_for_byte(decided):
    first = [path.read_bytes() for path in report(decided)]
    pdf, xlsx = report(decided)
    assert [path.read_bytes() for path in (pdf, xlsx)] == first
    assert pdf.read_bytes().startswith(b"%PDF")
    assert load_workbook(xlsx).worksheets
    [line] = LedgerLine.objects.filter(kind="report.written")
    assert all(hashlib.sha256(content).hexdigest() in line.after for content in first)


def test_no_name_of_a_trainee_stands_in_the_workbook(decided):
    _, xlsx = report(decided)
    cells = [str(c.value) for page in load_workbook(xlsx) for row in page for c in row if c.value]
    for enrolment in decided.enrolments():
        assert not any(enrolment.person.full_name in cell for cell in cells)


def test_without_decisions_there_is_no_report(graded):
    with pytest.raises(SittingError, match="chưa có quyết định nào"):
        report(graded)
    assert not (graded.centre.folder / "reports").exists()


def test_who_may_not_report_writes_no_file(decided):
    with pytest.raises(DeniedError):
        report(decided, by="GK1")
    assert not (decided.centre.folder / "reports").exists()
