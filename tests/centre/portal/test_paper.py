"""Sitting a paper in the portal: what is acknowledged is taken, and the page says what stands."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from exam_room import desk_of, open_centre_now
from sittings import act, people

from assessments.handing_in.answers import answers_path, read_answers
from assessments.handing_in.work import digest_of_work
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.sittings.answering import the_paper
from centre.sittings.conduct import accommodate, pause, resume
from centre.sittings.deliver import deliver, lay_out
from centre.sittings.models import Delivery, ReceiptRecord
from centre.sittings.sitting import open_sitting
from centre.sittings.take import papers_open

CANDIDATE, OTHER = "CIO26-001", "CIO26-002"


@pytest.fixture
def hall(tmp_path):
    """A sitting that is open now, of two candidates who are users."""
    return open_centre_now(tmp_path / "trung-tam", people(2))


@pytest.fixture
def desk(hall):
    """The first candidate's browser, the paper started by its own button."""
    desk = desk_of(hall, CANDIDATE)
    assert "Đã đến giờ: có thể bắt đầu" in desk.get().content.decode()
    assert desk.post("bat-dau/").status_code == 302
    return desk


def found(hall, candidate=CANDIDATE):
    return the_paper(hall.enrolment(candidate).person_id, hall.code, "KT")


def essay(hall):
    return next(item.id for item in found(hall).form.items if item.rubric)


def submitted(hall, candidate=CANDIDATE):
    paper = found(hall, candidate)
    folder = hall.course.path("submitted", candidate, paper.form.code)
    [competency] = paper.form.competencies
    return folder, read_answers(folder, competency, paper.form.digest)


def end_time(hall, ago=timedelta(seconds=1), candidate=CANDIDATE):
    """Let a candidate's time have run out: the paper was started that long ago."""
    paper = found(hall, candidate)
    moved = datetime.now(UTC) - ago
    row = Delivery.objects.filter(pk=paper.delivery.pk)
    super(type(row), row).update(due_at=moved)


def test_a_paper_goes_from_the_waiting_room_to_nbgraders_submission(hall, desk):
    page = desk.get()
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    reply = desk.save(essay(hall), "Kính trình.")
    assert (reply["type"], reply["revision"]) == ("saved", 1)
    handed = desk.send("nop/")
    assert (handed["state"], "Đã nộp bài, lúc" in handed["words"]) == ("locked", True)
    folder, answers = submitted(hall)
    assert answers == {essay(hall): "Kính trình."}
    assert ReceiptRecord.objects.get().sha256 == digest_of_work(folder)
    assert ReceiptRecord.objects.get().sha256 in desk.get("bien-nhan/").content.decode()
    assert ReceiptRecord.objects.get().sha256 in desk.get("bien-nhan/tep/").content.decode()
    assert check(hall.centre) == []
