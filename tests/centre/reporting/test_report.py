"""Reports say what the records say, go to whom they may, and that they left is on record."""

from __future__ import annotations

import hashlib
import json

import pytest
from openpyxl import load_workbook
from sittings import CODE, DECIDED_ON, act, ids, who

from centre.accounts.actors import Actor
from centre.accounts.permissions import Role
from centre.decisions.decide import latest
from centre.ledger.models import LedgerLine
from centre.people.privacy import erase
from centre.reporting.cohort import cohort_input
from centre.reporting.editions import KINDS, editions, publish_all, usual_folder
from centre.reporting.editions import report as write_report
from centre.reporting.periods import period_edition, read_period
from centre.reporting.publishing import publish
from courses.foundation.errors import DeniedError, SittingError
from grading.reports.model import Table
from grading.reports.renderers import FORMATS

BY = {"items": "truong-cham", "technical": "kiem-toan"}


def report(sitting, by="giao-vu"):
    return write_report(who(by), sitting, now=DECIDED_ON)


def made(sitting, kind, about="", by=None):
    return editions(who(by or BY.get(kind, "giao-vu")), sitting, kind, about, now=DECIDED_ON)


def texts(report):
    found = [str(getattr(block, "text", "")) for block in report.blocks]
    for table in report.tables:
        found += [str(value) for row in table.rows for value in row]
    return found


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


def test_every_format_is_written_once_and_is_on_record_by_its_digest(decided):
    first = report(decided)
    contents = [path.read_bytes() for path in first]
    assert [path.suffix[1:] for path in first] == list(FORMATS)
    stamps = [path.stat().st_mtime_ns for path in first]
    again = report(decided)
    assert [path.stat().st_mtime_ns for path in again] == stamps
    [line] = LedgerLine.objects.filter(kind="report.written")
    assert all(hashlib.sha256(content).hexdigest() in line.after for content in contents)


def test_a_file_that_was_changed_or_lost_is_written_anew_and_told_again(decided):
    pdf, docx, *_ = report(decided)
    kept = docx.read_bytes()
    docx.unlink()
    pdf.write_bytes(b"%PDF-da-sua")
    report(decided)
    assert docx.read_bytes() == kept
    assert pdf.read_bytes() != b"%PDF-da-sua"
    assert LedgerLine.objects.filter(kind="report.written").count() == 2


def test_no_name_of_a_trainee_stands_in_the_workbook(decided):
    xlsx = next(path for path in report(decided) if path.suffix == ".xlsx")
    cells = [str(c.value) for page in load_workbook(xlsx) for row in page for c in row if c.value]
    for enrolment in decided.enrolments():
        assert not any(enrolment.person.full_name in cell for cell in cells)


@pytest.mark.parametrize("kind", ["cohort", "technical", "candidate", "agency"])
def test_without_decisions_there_is_no_report(graded, kind):
    with pytest.raises(SittingError, match="chưa có quyết định nào"):
        made(graded, kind)
    assert not (graded.centre.folder / "reports").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_not_report_is_told_nothing(decided, kind):
    with pytest.raises(DeniedError):
        made(decided, kind, by="GK1")
    assert not (decided.centre.folder / "reports").exists()


def test_interrupted_work_goes_on_where_it_stopped(decided, tmp_path):
    slips = made(decided, "candidate")
    begun = publish_all(who("giao-vu"), slips, tmp_path / "phieu", now=DECIDED_ON)
    next(begun)
    begun.close()
    told = list(publish_all(who("giao-vu"), slips, tmp_path / "phieu", now=DECIDED_ON))
    assert [one.new for one in told] == [False] + [True] * (len(slips) - 1)
    assert len(list((tmp_path / "phieu").iterdir())) == len(slips) * len(FORMATS)


def test_a_slip_is_about_one_person_and_says_what_was_decided(decided):
    name = {e.candidate: e.person.full_name for e in decided.enrolments()}
    slips = made(decided, "candidate")
    assert [slip.stem for slip in slips] == [f"candidate-{candidate}" for candidate in name]
    for slip, (candidate, own) in zip(slips, name.items(), strict=True):
        said = texts(slip.report)
        assert own in said
        assert candidate in said
        assert not any(other in text for other in set(name.values()) - {own} for text in said)


def test_a_candidate_may_have_the_own_slip_and_no_other(decided):
    mine, other = decided.enrolments()[:2]
    me = Actor("toi", frozenset({Role.TRAINEE}), mine.person_id)
    [slip] = editions(me, decided, "candidate", mine.candidate, now=DECIDED_ON)
    assert slip.owner == mine.person_id
    with pytest.raises(DeniedError):
        editions(me, decided, "candidate", other.candidate, now=DECIDED_ON)
    with pytest.raises(DeniedError):
        editions(me, decided, "candidate", now=DECIDED_ON)


def test_the_own_slip_can_be_handed_out_by_its_owner_and_is_on_record(decided, tmp_path):
    mine, other = decided.enrolments()[:2]
    me = Actor("toi", frozenset({Role.TRAINEE}), mine.person_id)
    [slip] = made(decided, "candidate", mine.candidate)
    assert publish(me, slip, tmp_path / "phieu", now=DECIDED_ON).new
    line = LedgerLine.objects.get(kind="report.written")
    assert line.subject == f"{CODE}/candidate-{mine.candidate}"
    assert mine.person.full_name not in line.after
    [foreign] = made(decided, "candidate", other.candidate)
    with pytest.raises(DeniedError):
        publish(me, foreign, tmp_path / "phieu", now=DECIDED_ON)
    assert len(list((tmp_path / "phieu").iterdir())) == len(FORMATS)


def test_an_agency_is_told_of_its_own_people_alone_and_of_no_score(decided):
    people = {e.agency.name: set() for e in decided.enrolments()}
    for enrolment in decided.enrolments():
        people[enrolment.agency.name].add(enrolment.candidate)
    notices = made(decided, "agency")
    assert len(notices) == len(people)
    for notice in notices:
        [table] = [b for b in notice.report.blocks if isinstance(b, Table)]
        own = next(names for agency, names in people.items() if agency in notice.report.subject)
        assert {row[0] for row in table.rows} == own
        assert not any("%" in text for text in texts(notice.report))


def test_who_is_erased_is_told_of_nowhere_and_their_files_are_gone(decided):
    gone = decided.enrolments()[0]
    for kind in ("candidate", "agency"):
        folder = usual_folder(decided)
        list(publish_all(who("giao-vu"), made(decided, kind), folder, now=DECIDED_ON))
    act(erase, "giao-vu", gone.person, "Đơn giả định số 00", now=DECIDED_ON)
    left = {path.stem for path in folder.iterdir()}
    assert not {f"candidate-{gone.candidate}", f"agency-{gone.agency_id}"} & left
    assert len([stem for stem in left if stem.startswith("candidate-")]) == 5
    assert f"candidate-{gone.candidate}" not in {one.stem for one in made(decided, "candidate")}
    told = [text for notice in made(decided, "agency") for text in texts(notice.report)]
    assert gone.candidate not in told


def test_nobody_of_an_unknown_agency_or_number_is_reported_on(decided):
    with pytest.raises(SittingError, match="không có người nào của"):
        made(decided, "agency", "Cơ quan không có")
    with pytest.raises(SittingError, match="về CIO99-999"):
        made(decided, "candidate", "CIO99-999")


def test_items_and_appendix_rest_on_the_gradebook(decided):
    [items] = made(decided, "items")
    asked = {item.id for form in decided.forms().values() for item in form.items}
    assert {row[0] for table in items.report.tables for row in table.rows} == asked
    [technical] = made(decided, "technical")
    said = texts(technical.report)
    assert set(decided.digests.values()) < set(said)
    assert decided.record.policy_id in said


@pytest.mark.parametrize(
    ("code", "first", "after"),
    [("2026", (2026, 1, 1), (2027, 1, 1)), ("2026-1", (2026, 1, 1), (2026, 7, 1)),
     ("2026-2", (2026, 7, 1), (2027, 1, 1))],
)  # fmt: skip
def test_a_period_is_a_year_or_half_of_one(code, first, after):
    period = read_period(code)
    assert (period.since.timetuple()[:3], period.until.timetuple()[:3]) == (first, after)


@pytest.mark.parametrize("code", ["", "26", "2026-3", "2026-01", "0000", "2026-1-1"])
def test_another_period_is_refused_with_an_example(code):
    with pytest.raises(SittingError, match="2026-1"):
        read_period(code)


def test_a_period_counts_each_sitting_in_which_decisions_were_made(decided):
    year = str(decided.record.closes.year)
    edition = period_edition(who("giao-vu"), decided.centre, year, DECIDED_ON)
    assert decided.record.name in texts(edition.report)
    with pytest.raises(SittingError, match="không có kỳ sát hạch nào"):
        period_edition(who("giao-vu"), decided.centre, "1999", DECIDED_ON)


def test_the_record_names_the_report_it_was_made_from(decided):
    report(decided)
    told = json.loads(LedgerLine.objects.get(kind="report.written").after)["detail"]
    assert set(told) == {"model", *(f"cohort.{form}" for form in FORMATS)}
