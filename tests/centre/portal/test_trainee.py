"""A trainee sees their own affairs, nobody else's, and no result before the board has signed."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from served import behind_the_portal
from sittings import DECIDED_ON, decide, ids, reopen, who

from centre.accounts.models import User
from centre.accounts.users import actor_of
from centre.decisions.models import Appeal, Decision
from centre.demo_accounts import demo_accounts
from centre.ledger.models import LedgerLine
from centre.people.own import rounds
from centre.register.models import Entry
from centre.sittings.models import ReceiptRecord
from courses.foundation.errors import DeniedError


@pytest.fixture
def decided(welcoming_folder, tmp_path):
    """A sitting of one's own, whose candidates have accounts."""
    return reopen(welcoming_folder, tmp_path / "trung-tam")


@pytest.fixture
def open_as(browse):
    """A browser of one of the candidates, by what the demonstration lets in."""
    return browse


def decision_of(candidate):
    return Decision.objects.filter(enrolment__candidate=candidate).latest("revision")


@pytest.fixture
def passed(portal):
    return ids(portal)["all right"]


@pytest.fixture
def failed(portal):
    return ids(portal)["partial"]


def test_the_first_page_names_sitting_papers_receipts_and_the_result(open_as, portal, passed):
    page = open_as(passed).get("/hoc-vien/").content.decode()
    assert portal.record.name in page
    assert all(form.name in page for form in portal.forms().values())
    assert f"/hoc-vien/ket-qua/{decision_of(passed).pk}/" in page
    taken = ReceiptRecord.objects.filter(delivery__enrolment__candidate=passed)
    assert all(f"/hoc-vien/bien-nhan/{one.pk}/" in page for one in taken)


def test_a_result_is_told_with_its_reasons_once_the_board_has_signed(open_as, failed):
    page = open_as(failed).get(f"/hoc-vien/ket-qua/{decision_of(failed).pk}/")
    assert page.status_code == 200
    reasons = json.loads(decision_of(failed).content)["reasons"]
    assert all(reason["text"] in page.content.decode() for reason in reasons)


def test_no_result_is_released_before_the_boards_sheet_is_signed(graded_folder, tmp_path, browse):
    sitting = behind_the_portal(reopen(graded_folder, tmp_path / "chua-ky"))
    decide(sitting)
    demo_accounts(sitting.centre, DECIDED_ON)
    one = User.objects.exclude(person=None).first()
    made = Decision.objects.get(enrolment__person=one.person)
    client = browse(one.username)
    assert "Chưa công bố" in client.get("/hoc-vien/").content.decode()
    for where in ("", "phuc-khao/"):
        assert client.get(f"/hoc-vien/ket-qua/{made.pk}/{where}").status_code == 409


def test_anothers_result_receipt_and_certificate_are_as_ones_there_are_not(
    certified_folder, tmp_path, browse, passed, failed
):
    sitting = behind_the_portal(reopen(certified_folder, tmp_path / "da-cap"))
    demo_accounts(sitting.centre, DECIDED_ON)
    serial = Entry.objects.get().pk
    receipt = ReceiptRecord.objects.filter(delivery__enrolment__candidate=passed).first()
    client = browse(failed)
    pairs = [
        (f"/hoc-vien/ket-qua/{decision_of(passed).pk}/", "/hoc-vien/ket-qua/khong-co/"),
        (f"/hoc-vien/bien-nhan/{receipt.pk}/", "/hoc-vien/bien-nhan/999999/"),
        (f"/hoc-vien/chung-chi/{serial}/", "/hoc-vien/chung-chi/CIO-1999-00001/"),
    ]
    for theirs, nobodys in pairs:
        one, other = client.get(theirs), client.get(nobodys)
        assert (one.status_code, one.content) == (other.status_code, other.content)
        assert one.status_code == 409
    own = browse(passed)
    assert own.get(f"/hoc-vien/bien-nhan/{receipt.pk}/").status_code == 200
    answer = own.get(f"/hoc-vien/chung-chi/{serial}/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_another_trainees_rounds_are_refused_by_the_room_itself(open_as, portal, passed, failed):
    open_as(passed)
    actor = actor_of(User.objects.get(username=passed))
    other = portal.enrolment(failed).person_id
    with pytest.raises(DeniedError):
        rounds(actor, portal.centre, other)
    with pytest.raises(DeniedError):
        rounds(who("giao-vu"), portal.centre, other)


def test_staff_have_no_trainees_desk(open_as):
    for name in ("giao-vu", "hoi-dong-1", "kiem-toan"):
        assert open_as(name).get("/hoc-vien/").status_code == 403


def test_an_appeal_is_numbered_and_only_one_waits(open_as, failed):
    client, where = open_as(failed), f"/hoc-vien/ket-qua/{decision_of(failed).pk}/"
    empty = client.post(f"{where}phuc-khao/", {"text": " "})
    assert empty.status_code == 422
    assert (
        client.post(f"{where}phuc-khao/", {"text": "Xin xem lại <b>câu 3</b>."}).status_code == 302
    )
    appeal = Appeal.objects.get()
    page = client.get(where).content.decode()
    assert appeal.number in page
    assert "&lt;b&gt;câu 3" in page
    assert client.post(f"{where}phuc-khao/", {"text": "Lần nữa."}).status_code == 422
    assert LedgerLine.objects.filter(kind="appeal.filed", actor=failed).count() == 1


def test_my_data_are_asked_for_and_that_is_recorded(open_as, portal, passed):
    client = open_as(passed)
    assert client.get("/hoc-vien/du-lieu/").status_code == 200
    assert not LedgerLine.objects.filter(kind="person.exported").exists()
    told = json.loads(client.post("/hoc-vien/du-lieu/").content)
    assert told["person"][0]["number"] == portal.enrolment(passed).person_id
    assert LedgerLine.objects.filter(kind="person.exported", actor=passed).count() == 1


def test_a_paper_is_open_between_its_hours_alone(portal, open_as, passed):
    open_as(passed)
    actor = actor_of(User.objects.get(username=passed))
    (one,) = rounds(actor, portal.centre, actor.person)
    paper = one.papers[0]
    assert paper.state(paper.opens) == "handed in"
    fresh = replace(paper, delivery=None, receipts=())
    second = timedelta(seconds=1)
    assert fresh.state(paper.opens - second) == "to come"
    assert fresh.state(paper.opens) == "open"
    assert fresh.state(paper.closes - second) == "open"
    assert fresh.state(paper.closes) == "over"
