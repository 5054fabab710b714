"""The cohort report says what the records say."""

import pytest
from grading.certification.evidence import latest_of_all
from grading.reporting import cohort_input, report
from openpyxl import load_workbook
from sittings import DECIDED_ON, ids

from courses.foundation.errors import SittingError


def test_the_report_counts_everyone_decided_with_the_decision_kept(decided):
    data = cohort_input(decided, DECIDED_ON)
    with decided.records() as session:
        kept = {decision.trainee_id: decision.status for decision in latest_of_all(session)}
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
    first = [path.read_bytes() for path in report(decided, DECIDED_ON)]
    assert [path.read_bytes() for path in report(decided, DECIDED_ON)] == first
    pdf, xlsx = report(decided, DECIDED_ON)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert load_workbook(xlsx).worksheets


def test_no_name_of_a_trainee_stands_in_the_workbook(decided):
    _, xlsx = report(decided, DECIDED_ON)
    cells = [str(c.value) for page in load_workbook(xlsx) for row in page for c in row if c.value]
    for trainee in decided.trainees():
        assert not any(trainee.full_name in cell for cell in cells)


def test_without_decisions_there_is_no_report(graded):
    with pytest.raises(SittingError, match="chưa có quyết định nào"):
        report(graded, DECIDED_ON)
    assert not (graded.folder / "reports" / "cohort.pdf").exists()
