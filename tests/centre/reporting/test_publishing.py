"""What leaves the centre is judged with all that left it, on record, and refused if it tells."""

import json
from datetime import timedelta

import pytest
from databases import fresh, server
from published_cohort import REPEATERS, conclude, decided_cohort
from sittings import DECIDED_ON, act, approve, found_centre, reopen, who

from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.register.holding import foreseen
from centre.register.issue import enrol_key, issue_all, the_signer
from centre.register.models import Entry
from centre.reporting.editions import editions, usual_folder
from centre.reporting.log import head, history
from centre.reporting.models import Publication, PublishedFigure
from centre.reporting.periods import period_edition
from centre.reporting.publishing import cleared, publish, record
from centre.reporting.tidy import Audience, export_tidy
from courses.foundation.errors import DisclosureError
from grading.reports.renderers import FORMATS

LATER = DECIDED_ON + timedelta(days=10)
# Of 36 that sit for the first time 29 pass; of five that sit again, three.
STATUSES = ["PASS", "PASS", "FAIL", "PASS"] * 7 + ["PASS"] * 8
STATUSES += ["PASS", "FAIL", "PASS", "FAIL", "PASS"]


@pytest.fixture(scope="module")
def address():
    """A PostgreSQL server of this module's own."""
    with server() as at:
        yield at


@pytest.fixture(scope="module")
def cohort_folder(tmp_path_factory):
    """A decided cohort; never changed."""
    place = tmp_path_factory.mktemp("mau") / "trung-tam"
    return decided_cohort(found_centre(place), STATUSES).centre.folder


@pytest.fixture
def cohort(cohort_folder, tmp_path):
    """A decided cohort of one's own."""
    return reopen(cohort_folder, tmp_path / "trung-tam")


@pytest.mark.proof
def test_both_databases_keep_the_log_and_refuse_alike(address, tmp_path):
    database = fresh(address, tmp_path.name)
    told = hand_out(decided_cohort(found_centre(tmp_path / "trung-tam", database), STATUSES))
    assert told.withheld
    assert [one.kind for one in foreseen(DECIDED_ON)] == ["report", "register"]


def cohort_edition(sitting, now=DECIDED_ON):
    [edition] = editions(who("giao-vu"), sitting, "cohort", now=now)
    return edition


def hand_out(sitting, now=DECIDED_ON):
    return publish(who("giao-vu"), cohort_edition(sitting, now), usual_folder(sitting), now=now)


def figures(name="cohort"):
    """What the log says of the last edition: (group, fact) → (low, high)."""
    last = Publication.objects.filter(name__endswith=name).order_by("pk").last()
    return {(f.group, f.fact): (f.low, f.high) for f in last.figures.all()}


def test_serials_to_come_would_give_back_the_retakers_so_the_report_leaves_the_passes_out(cohort):
    """32 certificates less 29 first passes are three of five: the issue that started this."""
    assert STATUSES.count("PASS") == 32
    assert STATUSES[:-REPEATERS].count("PASS") == 29
    told = hand_out(cohort)
    assert "Số người theo kết quả – người thi lần đầu, đạt" in told.withheld
    assert any("người thi lại (n = 5)" in why and "sổ gốc" in why for why in told.why)
    assert ("người thi lần đầu", "PASS") not in figures()
    assert figures()["người thi lần đầu", "decided"] == (36, 36)
    html = next(path for path in told.paths if path.suffix == ".html").read_text("utf-8")
    found = [number for number in ("29/36", ">29<", "80,6") if number in html]
    assert found == []


def test_twice_the_same_changes_nothing_and_says_again_what_was_left_out(cohort):
    first = hand_out(cohort)
    lines, rows = LedgerLine.objects.count(), PublishedFigure.objects.count()
    again = hand_out(cohort)
    assert (again.new, again.withheld, again.why) == (False, first.withheld, first.why)
    assert (LedgerLine.objects.count(), PublishedFigure.objects.count()) == (lines, rows)


def test_an_edition_after_a_review_is_judged_with_the_one_before_it(cohort):
    waiting = [*STATUSES]
    waiting[3] = "REVIEW"
    conclude(cohort, waiting)
    hand_out(cohort)
    conclude(cohort, STATUSES, at=LATER)
    hand_out(cohort, LATER)
    names = [told.id for told in history()]
    assert sum("cohort (lần" in name for name in names) == 2
    assert check(cohort.centre) == []


def test_every_printed_count_of_people_is_in_the_log_with_its_line(cohort):
    told = hand_out(cohort)
    publication = Publication.objects.get()
    assert publication.public
    line = LedgerLine.objects.get(kind="report.written")
    assert f"publication/{publication.pk}" in line.after
    assert publication.figures.count() == len(json.loads(line.after)["rows"]) - 1
    assert len(told.paths) == len(FORMATS)


def test_what_goes_to_whoever_has_the_right_to_know_is_on_record_and_no_constraint(cohort):
    approve(cohort)
    [notice, *_] = editions(who("giao-vu"), cohort, "agency", now=DECIDED_ON)
    publish(who("giao-vu"), notice, usual_folder(cohort), now=DECIDED_ON)
    assert not Publication.objects.get().public
    assert history() == []


def test_what_was_judged_by_a_log_that_has_grown_since_is_refused(cohort):
    _, leaving = cleared(cohort_edition(cohort), "mã", DECIDED_ON)
    hand_out(cohort)
    assert leaving.seen != head()
    with pytest.raises(DisclosureError, match="chạy lại"):
        act(record, "giao-vu", "", "tên", {}, leaving, now=DECIDED_ON)
    assert Publication.objects.count() == 1


def test_out_of_time_publishes_nothing(cohort, monkeypatch):
    monkeypatch.setattr("grading.disclosure.clock.SECONDS", 0.0)
    with pytest.raises(DisclosureError, match="chưa xét xong"):
        hand_out(cohort)
    assert not usual_folder(cohort).exists()
    assert not Publication.objects.exists()


def test_numbers_that_would_give_back_what_a_report_hides_wait_until_the_board_accepts(cohort):
    """The report tells of 29; three of the five who sit again make the last number 32."""
    conclude(cohort, [*STATUSES[:-REPEATERS], *["INCOMPLETE"] * REPEATERS])
    hand_out(cohort)
    assert figures()["người thi lần đầu", "PASS"] == (29, 29)
    conclude(cohort, STATUSES, at=LATER)
    approve(cohort, LATER)
    signer = the_signer(cohort.centre, LATER)
    act(enrol_key, "van-thu", signer, now=LATER)
    with pytest.raises(DisclosureError, match=r"người thi lại \(n = 5\) lộ qua: .*cohort.*sổ gốc"):
        next(issue_all(who("van-thu"), cohort, signer, now=LATER))
    assert not Entry.objects.exists()
    first = next(issue_all(who("van-thu"), cohort, signer, now=LATER, accepted="NQ 12/2026"))
    assert first.new
    assert "NQ 12/2026" in LedgerLine.objects.get(kind="certificate.issued").after


def test_a_period_report_after_the_cohort_report_tells_no_more(cohort):
    hand_out(cohort)
    year = str(cohort.record.closes.year)
    edition = period_edition(who("giao-vu"), cohort.centre, year, DECIDED_ON)
    told = publish(who("giao-vu"), edition, usual_folder(cohort), now=DECIDED_ON)
    assert "Tỷ lệ đạt trong kỳ báo cáo – Thi lần đầu, đạt" in told.withheld
    assert ("Thi lần đầu", "PASS") not in figures("period")


def test_a_package_for_outside_that_tells_the_retakers_with_what_is_out_is_refused(
    cohort, tmp_path
):
    conclude(cohort, [*STATUSES[:-REPEATERS], *["INCOMPLETE"] * REPEATERS])
    hand_out(cohort)
    conclude(cohort, STATUSES, at=LATER)
    approve(cohort, LATER)
    with pytest.raises(DisclosureError, match=r"\(n = 5\) lộ qua: .*hãy hoãn công bố"):
        export_tidy(who("giao-vu"), [cohort], Audience.RESEARCH, tmp_path / "goi", now=LATER)
    assert not (tmp_path / "goi").exists()
    export_tidy(who("giao-vu"), [cohort], Audience.CENTRE, tmp_path / "goi", now=LATER)
    assert not Publication.objects.get(kind="tidy").public


def test_a_package_for_outside_is_logged_once_and_is_a_constraint(cohort, tmp_path):
    conclude(cohort, STATUSES, [1] * len(STATUSES))
    approve(cohort)
    for _ in range(2):
        export_tidy(who("giao-vu"), [cohort], Audience.RESEARCH, tmp_path / "goi", now=DECIDED_ON)
    assert Publication.objects.get().public
    [told] = history()
    assert sum(f.low for f in told.figures if f.fact == "PASS") == STATUSES.count("PASS")
    assert LedgerLine.objects.filter(kind="data.exported").count() == 1


def test_the_command_says_what_was_left_out_and_why(cohort, at):
    status, out, err = at(cohort, "report", "cohort")
    assert status == 0
    assert out.count("cohort.") == len(FORMATS)
    assert "người thi lần đầu, đạt" in err
    assert "người thi lại (n = 5) lộ qua" in err
