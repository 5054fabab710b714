"""Sitting a paper in the portal: what is acknowledged is taken, and the page says what stands."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from browser.every_kind import IDS, build_form, right_answers
from django.http import QueryDict
from exam_room import desk_of, end_time
from sittings import act

from assessments.forms.form import Form
from assessments.handing_in.answers import answers_path, read_answers
from assessments.handing_in.work import digest_of_work
from centre.ledger.check import check
from centre.portal.paper.plain import answer_in, fields
from centre.sittings.answering import the_paper
from centre.sittings.conduct import accommodate, pause, resume
from centre.sittings.models import Delivery, ReceiptRecord
from centre.sittings.take import papers_open

CANDIDATE, OTHER = "CIO26-001", "CIO26-002"


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


def test_trial_items_are_told_of_in_the_waiting_room_and_on_both_papers(hall, monkeypatch):
    monkeypatch.setattr(Form, "notice", "Có 2 câu hỏi thử nghiệm.")
    desk = desk_of(hall, CANDIDATE)
    assert Form.notice in desk.get().content.decode()
    desk.post("bat-dau/")
    assert Form.notice in desk.get().content.decode()
    assert Form.notice in desk.get("don-gian/").content.decode()
    monkeypatch.undo()
    assert "thử nghiệm" not in desk.get().content.decode()


def test_a_paper_goes_from_the_waiting_room_to_nbgraders_submission(hall, desk):
    page = desk.get()
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    reply = desk.save(essay(hall), "Kính trình.")
    assert (reply["type"], reply["revision"]) == ("saved", 1)
    handed = desk.send("nop/")
    assert (handed["state"], "Đã nộp bài lúc" in handed["words"]) == ("locked", True)
    folder, answers = submitted(hall)
    assert answers == {essay(hall): "Kính trình."}
    assert ReceiptRecord.objects.get().sha256 == digest_of_work(folder)
    assert ReceiptRecord.objects.get().sha256 in desk.get("bien-nhan/").content.decode()
    assert ReceiptRecord.objects.get().sha256 in desk.get("bien-nhan/tep/").content.decode()
    assert check(hall.centre) == []


def test_a_save_sent_again_is_found_stored_and_an_older_page_overwrites_nothing(hall, desk):
    first = desk.save(essay(hall), "một")
    again = desk.save(essay(hall), "một")
    assert (again["type"], again["revision"]) == (first["type"], first["revision"])
    other = desk_of(hall, CANDIDATE, page="trang-hai")
    refused = other.save(essay(hall), "hai", revision=0)
    assert (refused["type"], refused["stored"]["value"]) == ("failed", "một")
    assert other.save(essay(hall), "hai", revision=1)["revision"] == 2
    assert desk.save(essay(hall), "ba", revision=1)["stored"]["value"] == "hai"


def test_a_second_page_is_told_of_the_first(hall, desk):
    assert not desk.send("nhip/")["elsewhere"]
    assert desk_of(hall, CANDIDATE, page="trang-hai").send("nhip/")["elsewhere"]
    assert desk.send("nhip/")["elsewhere"]
    desk.save(essay(hall), "một")
    assert desk_of(hall, CANDIDATE, page="trang-hai").send("nhip/")["kept"] == [essay(hall)]


def test_a_handed_in_paper_is_locked_and_pressing_again_changes_nothing(hall, desk):
    desk.save(essay(hall), "một")
    words = {desk.send("nop/")["words"] for _ in range(13)}
    assert (len(words), ReceiptRecord.objects.count()) == (1, 1)
    refused = desk.save(essay(hall), "hai", revision=1)
    assert (refused["type"], "đã nộp" in refused["message"]) == ("failed", True)
    assert submitted(hall)[1] == {essay(hall): "một"}


def test_what_is_changed_after_handing_in_is_said_and_taken_when_the_time_ends(hall, desk):
    desk.save(essay(hall), "một")
    desk.send("nop/")
    assert "chưa có gì khác" in desk.send("lam-tiep/")["words"]
    desk.save(essay(hall), "hai", revision=1)
    standing = desk.send("nhip/")
    assert (standing["state"], "đã sửa 1 câu" in standing["words"]) == ("open", True)
    assert submitted(hall)[1] == {essay(hall): "một"}
    [form] = {one.form.code for one in Delivery.objects.select_related("form")}
    assert papers_open(hall) == [(CANDIDATE, form)]
    end_time(CANDIDATE)
    over = desk.send("nhip/")
    assert (over["state"], "thu khi hết giờ" in over["words"]) == ("over", True)
    folder, answers = submitted(hall)
    assert answers == {essay(hall): "hai"}
    assert ReceiptRecord.objects.order_by("pk").last().sha256 == digest_of_work(folder)
    assert papers_open(hall) == []


def test_after_the_end_nothing_is_saved_reopened_or_handed_in_and_the_page_shows_no_question(
    hall, desk
):
    desk.save(essay(hall), "kịp giờ")
    end_time(CANDIDATE, timedelta(minutes=3))
    assert "hết giờ" in desk.save(essay(hall), "muộn", revision=1)["message"]
    page = desk.get().content.decode()
    assert ("Đã hết giờ" in page, "paper-data" in page) == (True, False)
    assert submitted(hall)[1] == {essay(hall): "kịp giờ"}
    assert "đã hết giờ" in desk.post("lam-tiep/").content.decode()
    assert ReceiptRecord.objects.count() == 1


def test_a_paused_room_saves_nothing_ends_nothing_and_goes_on_with_the_time_it_had(hall, desk):
    at = datetime.now(UTC)
    act(pause, "coi-thi", hall, "", "mất điện giả định", now=at)
    assert desk.send("nhip/")["state"] == "stopped"
    assert "tạm dừng" in desk.save(essay(hall), "một")["message"]
    due = desk.send("nhip/")["due"]
    act(resume, "coi-thi", hall, "", now=at + timedelta(minutes=5))
    told = desk.send("nhip/")
    assert (told["state"], round((told["due"] - due) / 1000)) == ("open", 300)
    assert desk.save(essay(hall), "một")["type"] == "saved"


def test_extra_time_reaches_an_open_page_with_its_next_word(hall, desk):
    due = desk.save(essay(hall), "một")["due"]
    act(accommodate, "coi-thi", hall, CANDIDATE, 10, "căn cứ giả định", now=datetime.now(UTC))
    assert desk.save(essay(hall), "hai", revision=1)["due"] == due + 600_000
    assert desk.send("nhip/")["due"] == due + 600_000


@pytest.mark.parametrize("what", ["", "don-gian/", "bien-nhan/", "bien-nhan/tep/"])
def test_nobody_opens_anybody_elses_paper(hall, desk, browse_as, what):
    assert desk.get(what).status_code == 200
    stranger = browse_as("coi-thi").get(desk.at(what))
    assert stranger.status_code == 403
    other = desk_of(hall, OTHER).get(what)
    assert desk.candidate not in other.content.decode()


@pytest.mark.usefixtures("desk")
def test_a_page_of_somebody_else_in_the_same_browser_saves_nothing(hall):
    other = desk_of(hall, OTHER)
    other.post("bat-dau/")
    other.candidate = CANDIDATE  # the page was opened by the first, then the other signed in
    assert "người khác" in other.save(essay(hall), "lẫn")["message"]
    assert found(hall, OTHER).answers() == {}


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '"x"', '{"revision": "0"}', '{"revision": true}', "[" * 5000]
)
def test_what_is_no_save_is_refused_in_words(desk, body):
    answer = desk.client.post(desk.at("luu/"), body, "application/json")
    assert (answer.status_code, "không đọc được" in answer.json()["message"]) == (400, True)


def test_a_question_of_no_paper_of_ones_own_is_not_saved(desk):
    assert "không thuộc bài thi" in desk.save("../../QL4-M99", "x")["message"]


def test_the_page_holds_the_candidates_own_questions_and_no_key(hall, desk):
    page, form = desk.get().content.decode(), found(hall).form
    text = re.search(r'id="paper-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1]
    questions = json.loads(text)["questions"]
    assert [one["question_id"] for one in questions] == [item.id for item in form.items]
    assert not re.search(
        r'"(correct|credit|key|tolerances|feedback_[a-z]+)"', json.dumps(questions)
    )


def test_started_again_after_a_crash_the_paper_is_there_with_its_answers(hall, desk):
    desk.save(essay(hall), "một")
    folder = found(hall).folder
    for path in folder.glob("*.ipynb"):
        path.unlink()
    (folder / "de-thi.json").unlink()
    assert desk.get().status_code == 200
    assert (folder / "de-thi.json").exists()
    assert {p.suffix for p in folder.iterdir()} >= {".ipynb", ".json"}
    assert found(hall).answers()[essay(hall)].value == "một"


def test_a_damaged_answers_file_is_put_aside_named_and_keeps_nobody_from_working(hall, desk):
    desk.save(essay(hall), "một")
    paper = found(hall)
    [competency] = paper.form.competencies
    answers_path(paper.folder, competency).write_text("{")
    assert desk.get().status_code == 200
    assert "TỆP TRẢ LỜI HỎNG" in desk.send("nhip/")["words"]
    assert desk.save(essay(hall), "hai")["type"] == "saved"
    assert [path.read_text() for path in paper.folder.glob("*.hong-*")] == ["{"]


FORM = build_form()


@pytest.mark.parametrize("kind", IDS)
def test_a_plain_form_gives_the_answer_that_the_script_would(kind):
    question, answer = FORM.item(IDS[kind]).variant(0).question, right_answers(FORM)[kind]
    sent = QueryDict(mutable=True)
    for field in fields(question, answer):
        values = field.value if isinstance(field.value, list) else [field.value]
        sent.setlist(field.name, values)
    assert answer_in(question, sent) == answer
    assert question.parse(answer_in(question, sent)) == question.parse(answer)
    assert fields(question, None)
