"""A sitting under way: starts, extra time, requests, receipts and the end of time."""

import shutil
from datetime import timedelta

import pytest
from django.db import transaction
from sittings import CLOSES, OPENS, act, form_of, take_paper, who
from sittings import start as deliver

from assessments.forms.form import TraineePaper
from assessments.handing_in.answers import PAPER_FILE, answers_path
from assessments.handing_in.work import (
    RECEIPT_FILE,
    START_REQUEST,
    SUBMIT_REQUEST,
    ask,
    digest_of_work,
    read_receipt,
)
from centre.accounts.actors import Actor
from centre.accounts.permissions import Role
from centre.sittings.clock import end_papers, sittings_due
from centre.sittings.conduct import accommodate, note_incident, pause, resume
from centre.sittings.deliver import open_room, work_folder
from centre.sittings.models import Delivery
from centre.sittings.take import MARGIN, handed_in, reopen
from centre.sittings.watch import sweep
from courses.answer_sheet import AnswerSheet
from courses.foundation.errors import AnswerError, SittingError

TRAINEE = "CIO26-001"


MINUTE = timedelta(minutes=1)


def start(sitting, at=OPENS, trainee=TRAINEE, paper="KT"):
    return form_of(sitting, trainee, paper), deliver(sitting, trainee, paper, at)


def sweep_once(sitting, at, shown=None):
    shown = {} if shown is None else shown
    return list(sweep(who("coi-thi"), sitting, sitting.forms(), shown, at))


def events(sitting, at, shown=None):
    return [(e.kind, e.candidate) for e in sweep_once(sitting, at, shown)]


def give(sitting, minutes, at, ground="căn cứ giả định", candidate=TRAINEE):
    return act(accommodate, "coi-thi", sitting, candidate, minutes, ground, now=at)


def due(sitting):
    return Delivery.objects.get(enrolment=sitting.enrolment(TRAINEE)).due_at


def write(folder, form, at, value="bản nháp"):
    [competency] = form.competencies
    sheet = AnswerSheet(answers_path(folder, competency), form.digest)
    item = form.items[-1].id
    saved = sheet.get(item)
    sheet.save(item, value, saved.revision if saved else 0, at)


@pytest.mark.parametrize("at", [OPENS - MINUTE, CLOSES, CLOSES + MINUTE])
def test_no_paper_is_handed_out_outside_the_hours_of_the_sitting(sitting, at):
    with pytest.raises(SittingError, match="ngoài giờ thi"):
        start(sitting, at)
    assert not work_folder(sitting, TRAINEE, form_of(sitting, TRAINEE, "KT").code).exists()


def test_in_the_waiting_room_there_are_no_questions(sitting):
    form = form_of(sitting, TRAINEE, "KT")
    folder = work_folder(sitting, TRAINEE, form.code)
    open_room(sitting, form, folder)
    assert [path.suffix for path in folder.iterdir()] == [".ipynb"]


def test_asking_to_start_brings_the_questions_and_the_end_of_the_own_time(sitting):
    form = form_of(sitting, TRAINEE, "KT")
    folder = work_folder(sitting, TRAINEE, form.code)
    open_room(sitting, form, folder)
    ask(folder, START_REQUEST)
    assert events(sitting, OPENS) == [("started", TRAINEE)]
    paper = TraineePaper.model_validate_json((folder / PAPER_FILE).read_bytes())
    assert paper == form.paper_for(TRAINEE, OPENS + form.minutes * MINUTE)
    assert not (folder / START_REQUEST).exists()


def test_asking_again_or_removing_the_paper_does_not_start_the_time_anew(sitting):
    _form, folder = start(sitting)
    first = (folder / PAPER_FILE).read_bytes()
    (folder / PAPER_FILE).unlink()
    ask(folder, START_REQUEST)
    events(sitting, OPENS + 30 * MINUTE)
    assert (folder / PAPER_FILE).read_bytes() == first


def test_a_request_before_the_opening_is_refused_and_said(sitting):
    form = form_of(sitting, TRAINEE, "KT")
    folder = work_folder(sitting, TRAINEE, form.code)
    open_room(sitting, form, folder)
    ask(folder, START_REQUEST)
    assert events(sitting, OPENS - MINUTE) == [("refused", TRAINEE)]
    assert not (folder / PAPER_FILE).exists()


def test_handing_in_brings_a_receipt_for_exactly_what_is_in_the_folder(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    ask(folder, SUBMIT_REQUEST)
    assert events(sitting, OPENS + MINUTE) == [("taken", TRAINEE)]
    receipt = read_receipt(folder)
    assert receipt.sha256 == digest_of_work(folder)
    assert (receipt.trainee, receipt.form, receipt.digest) == (TRAINEE, form.code, form.digest)
    assert receipt.taken_at == OPENS + MINUTE
    write(folder, form, OPENS + MINUTE, "sửa sau khi nộp")
    assert read_receipt(folder).sha256 != digest_of_work(folder)


def test_what_was_saved_is_taken_when_the_own_time_ends(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    due = OPENS + form.minutes * MINUTE
    assert events(sitting, due) == []  # the page itself hands in within the margin
    assert events(sitting, due + MARGIN) == [("time over", TRAINEE)]
    assert read_receipt(folder).taken_at == due
    assert events(sitting, due + 2 * MARGIN) == []


def test_the_house_itself_takes_what_was_saved_when_nobody_watches(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    due, refused = OPENS + form.minutes * MINUTE, set()
    assert (sittings_due(due), list(end_papers(sitting, refused, due))) == ([], [])
    assert sittings_due(due + MARGIN) == [sitting.code]
    [event] = end_papers(sitting, refused, due + MARGIN)
    assert (event.kind, event.candidate, event.form) == ("time over", TRAINEE, form.code)
    assert read_receipt(folder).taken_at == due
    assert list(end_papers(sitting, refused, due + 2 * MARGIN)) == []


def test_what_was_never_taken_days_ago_is_left_to_people(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    later = OPENS + form.minutes * MINUTE + timedelta(days=1)
    assert (sittings_due(later), list(end_papers(sitting, set(), later))) == ([], [])
    assert events(sitting, later) == [("time over", TRAINEE)]  # a person still can


def test_a_paper_that_cannot_be_taken_is_told_once_and_keeps_nobody_else_waiting(sitting):
    form, folder = start(sitting)
    start(sitting, trainee="CIO26-002")
    shutil.rmtree(folder)
    due, refused = OPENS + form.minutes * MINUTE + MARGIN, set()
    told = {event.candidate: event.kind for event in end_papers(sitting, refused, due)}
    assert told == {TRAINEE: "refused", "CIO26-002": "time over"}
    assert list(end_papers(sitting, refused, due + MINUTE)) == []


def test_what_was_changed_after_handing_in_is_taken_when_the_own_time_ends(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    ask(folder, SUBMIT_REQUEST)
    events(sitting, OPENS + MINUTE)
    write(folder, form, OPENS + 2 * MINUTE, "sửa sau khi nộp")
    due = OPENS + form.minutes * MINUTE
    assert events(sitting, due + MARGIN) == [("time over", TRAINEE)]
    receipt = read_receipt(folder)
    assert (receipt.taken_at, receipt.sha256) == (due, digest_of_work(folder))
    assert digest_of_work(sitting.course.path("submitted", TRAINEE, form.code)) == receipt.sha256
    assert events(sitting, due + 2 * MARGIN) == []


def test_handed_in_again_unchanged_a_paper_keeps_its_receipt(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    first = take_paper(sitting, TRAINEE, form.code, OPENS + MINUTE)
    assert take_paper(sitting, TRAINEE, form.code, OPENS + 2 * MINUTE) == first
    own = Actor(TRAINEE, frozenset({Role.TRAINEE}), sitting.enrolment(TRAINEE).person_id)
    with transaction.atomic():
        reopen(own, sitting, TRAINEE, form.code, now=OPENS + 3 * MINUTE)
    assert take_paper(sitting, TRAINEE, form.code, OPENS + 4 * MINUTE).receipt != first.receipt


def test_a_clock_that_goes_back_makes_no_receipt_earlier_than_what_came_before(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    first = take_paper(sitting, TRAINEE, form.code, OPENS + 10 * MINUTE)
    own = Actor(TRAINEE, frozenset({Role.TRAINEE}), sitting.enrolment(TRAINEE).person_id)
    with transaction.atomic():
        delivery = reopen(own, sitting, TRAINEE, form.code, now=OPENS + 5 * MINUTE)
    assert handed_in(delivery) is None
    write(folder, form, OPENS + 6 * MINUTE, "sửa")
    again = take_paper(sitting, TRAINEE, form.code, OPENS + 6 * MINUTE)
    assert again.receipt.taken_at > first.receipt.taken_at
    assert handed_in(delivery).sha256 == again.receipt.sha256 == digest_of_work(folder)


def test_after_the_own_time_nothing_more_is_taken(sitting):
    form, folder = start(sitting)
    due = OPENS + form.minutes * MINUTE
    events(sitting, due + MARGIN)
    ask(folder, SUBMIT_REQUEST)
    assert events(sitting, due + 10 * MINUTE) == [("refused", TRAINEE)]
    with pytest.raises(SittingError, match="quá hạn"):
        take_paper(sitting, TRAINEE, form.code, due + 10 * MINUTE)


def test_an_invigilator_who_comes_back_late_takes_what_was_saved_and_says_so(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    [event] = sweep_once(sitting, CLOSES + 300 * MINUTE)
    assert (event.kind, "cần người xem" in event.text) == ("time over", True)
    assert read_receipt(folder).taken_at == OPENS + form.minutes * MINUTE


def test_answers_after_the_end_are_not_saved(sitting):
    form, folder = start(sitting)
    [competency] = form.competencies
    due = OPENS + form.minutes * MINUTE
    sheet = AnswerSheet(answers_path(folder, competency), form.digest, closes_at=due)
    sheet.save(form.items[-1].id, "kịp giờ", 0, due)
    with pytest.raises(AnswerError, match="hết giờ"):
        sheet.save(form.items[-1].id, "muộn", 1, due + timedelta(seconds=1))
    assert sheet.get(form.items[-1].id).value == "kịp giờ"


def test_extra_time_moves_the_own_end_and_the_closing(sitting):
    assert give(sitting, 30, OPENS - MINUTE) == 30
    form, folder = start(sitting, CLOSES - form_of(sitting, TRAINEE, "KT").minutes * MINUTE)
    assert events(sitting, CLOSES + 20 * MINUTE) == []
    taken = take_paper(sitting, TRAINEE, form.code, CLOSES + 29 * MINUTE)
    assert not taken.late
    assert (folder / RECEIPT_FILE).exists()


@pytest.mark.parametrize(
    ("minutes", "candidate", "ground", "words"),
    [
        (0, TRAINEE, "căn cứ", "phải lớn hơn 0"),
        (-5, TRAINEE, "căn cứ", "phải lớn hơn 0"),
        (10, "KHONG-CO", "căn cứ", "không có thí sinh"),
        (10, TRAINEE, "  ", "phải ghi căn cứ"),
        (99_999, TRAINEE, "căn cứ", "không quá 240"),
    ],
)
def test_extra_time_is_possible_grounded_and_for_somebody_at_the_sitting(
    sitting, minutes, candidate, ground, words
):
    with pytest.raises(SittingError, match=words):
        give(sitting, minutes, OPENS, ground, candidate)


def test_extra_time_reaches_a_paper_under_way_and_adds_up(sitting):
    form, folder = start(sitting)
    shown, first = {}, OPENS + form.minutes * MINUTE
    events(sitting, OPENS, shown)
    assert give(sitting, 15, OPENS + MINUTE) == 15
    assert give(sitting, 10, OPENS + 2 * MINUTE) == 25
    assert due(sitting) == first + 25 * MINUTE
    assert events(sitting, OPENS + 3 * MINUTE, shown) == [("time moved", TRAINEE)]
    paper = TraineePaper.model_validate_json((folder / PAPER_FILE).read_bytes())
    assert paper.due == first + 25 * MINUTE
    assert events(sitting, first + MARGIN, shown) == []
    assert events(sitting, first + 25 * MINUTE + MARGIN, shown) == [("time over", TRAINEE)]


def test_many_small_grants_come_to_no_more_than_one_large_may(sitting):
    give(sitting, 200, OPENS)
    with pytest.raises(SittingError, match="đã cho 200 phút"):
        give(sitting, 41, OPENS)
    assert give(sitting, 40, OPENS) == 240


def test_after_the_closing_extra_time_is_for_papers_still_under_way(sitting):
    with pytest.raises(SittingError, match="không còn bài nào đang làm"):
        give(sitting, 10, CLOSES)
    start(sitting, CLOSES - MINUTE)
    give(sitting, 10, CLOSES)
    assert due(sitting) == CLOSES + 10 * MINUTE


def test_a_pause_stops_the_clock_and_no_paper_is_started_or_taken_in_it(sitting):
    form, _folder = start(sitting)
    first = OPENS + form.minutes * MINUTE
    act(pause, "coi-thi", sitting, "", "mất điện giả định", now=OPENS + 10 * MINUTE)
    with pytest.raises(SittingError, match="đang tạm dừng rồi"):
        act(pause, "coi-thi", sitting, "", "lần nữa", now=OPENS + 11 * MINUTE)
    with pytest.raises(SittingError, match="phòng thi đang tạm dừng"):
        start(sitting, OPENS + 12 * MINUTE, paper="KM")
    assert events(sitting, first + MARGIN) == []
    assert act(resume, "coi-thi", sitting, "", now=OPENS + 40 * MINUTE) == 1
    assert due(sitting) == first + 30 * MINUTE
    with pytest.raises(SittingError, match="không tạm dừng"):
        act(resume, "coi-thi", sitting, "", now=OPENS + 41 * MINUTE)


def test_an_incident_says_something_of_a_room_or_a_candidate_that_there_is(sitting):
    row = act(note_incident, "coi-thi", sitting, "mất mạng", candidate=TRAINEE, now=OPENS)
    assert row.enrolment.candidate == TRAINEE
    for options in ({"text": " "}, {"text": "mất mạng", "room": "P9"}):
        with pytest.raises(SittingError):
            act(note_incident, "coi-thi", sitting, now=OPENS, **options)


def test_a_second_watch_on_the_same_sitting_does_no_harm(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    end = OPENS + form.minutes * MINUTE + MARGIN
    one, other = ({}, {})
    first = sweep(who("coi-thi"), sitting, sitting.forms(), one, end)
    assert next(first).kind == "time over"
    assert events(sitting, end, other) == []
    assert list(first) == []


def test_a_candidate_who_asks_for_the_other_form_of_a_paper_is_refused(sitting):
    """Whoever could start both would see both, and be marked on the better."""
    own = form_of(sitting, TRAINEE, "KT").code
    other = next(c for c, f in sitting.forms().items() if f.paper == "KT" and c != own)
    folder = work_folder(sitting, TRAINEE, other)
    folder.mkdir(parents=True)
    ask(folder, START_REQUEST)
    [event] = sweep_once(sitting, OPENS)
    assert (event.kind, "không phải đề của thí sinh" in event.text) == ("refused", True)
    assert [path.name for path in folder.iterdir()] == []
    assert not Delivery.objects.exists()


def test_a_forged_request_for_an_unknown_form_harms_nobody(sitting):
    folder = work_folder(sitting, TRAINEE, "XX-Z")
    folder.mkdir(parents=True)
    ask(folder, START_REQUEST)
    ask(folder, SUBMIT_REQUEST)
    assert [kind for kind, _ in events(sitting, OPENS)] == ["refused", "refused"]
