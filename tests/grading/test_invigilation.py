"""A sitting under way: starts, extra time, requests, receipts and the end of time."""

from datetime import timedelta

import pytest
from grading.delivery import MARGIN, accommodate, collect, deliver, open_room, work_folder
from grading.invigilation import sweep
from sittings import CLOSES, OPENS, form_of

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
from courses.answer_sheet import AnswerSheet
from courses.foundation.errors import AnswerError, SittingError

TRAINEE = "CIO26-001"


MINUTE = timedelta(minutes=1)


def start(sitting, at=OPENS, trainee=TRAINEE, paper="KT"):
    form = form_of(sitting, trainee, paper)
    folder = deliver(sitting, trainee, form, at)
    return form, folder


def events(sitting, at):
    return [(e.kind, e.trainee) for e in sweep(sitting, sitting.forms(), at)]


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


def test_after_the_own_time_nothing_more_is_taken(sitting):
    form, folder = start(sitting)
    due = OPENS + form.minutes * MINUTE
    events(sitting, due + MARGIN)
    ask(folder, SUBMIT_REQUEST)
    assert events(sitting, due + 10 * MINUTE) == [("refused", TRAINEE)]
    with pytest.raises(SittingError, match="quá hạn"):
        collect(sitting, TRAINEE, form.code, due + 10 * MINUTE)


def test_an_invigilator_who_comes_back_late_takes_what_was_saved_and_says_so(sitting):
    form, folder = start(sitting)
    write(folder, form, OPENS)
    [event] = sweep(sitting, sitting.forms(), CLOSES + 300 * MINUTE)
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
    accommodate(sitting, TRAINEE, 30, "khuyết tật vận động", OPENS - MINUTE)
    form, folder = start(sitting, CLOSES - form_of(sitting, TRAINEE, "KT").minutes * MINUTE)
    assert events(sitting, CLOSES + 20 * MINUTE) == []
    taken = collect(sitting, TRAINEE, form.code, CLOSES + 29 * MINUTE)
    assert not taken.late
    assert (folder / RECEIPT_FILE).exists()


@pytest.mark.parametrize(("minutes", "trainee"), [(0, TRAINEE), (-5, TRAINEE), (10, "KHONG-CO")])
def test_extra_time_is_positive_and_for_somebody_on_the_roster(sitting, minutes, trainee):
    with pytest.raises(SittingError):
        accommodate(sitting, trainee, minutes, "căn cứ", OPENS)


def test_a_forged_request_for_an_unknown_form_harms_nobody(sitting):
    folder = work_folder(sitting, TRAINEE, "XX-Z")
    folder.mkdir(parents=True)
    ask(folder, START_REQUEST)
    ask(folder, SUBMIT_REQUEST)
    assert [kind for kind, _ in events(sitting, OPENS)] == ["refused", "refused"]
