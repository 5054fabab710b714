"""What a board's sheet keeps, what the ledger says of it, and the words of each refusal."""

from datetime import timedelta

import pytest
from django.db import connection
from sittings import DECIDED_ON, RESOLUTION, act, decide, ids, mark_essays

from centre.accounts.users import the_user
from centre.decisions.board import (
    conflict,
    draw_sheet,
    listed,
    recuse,
    return_sheet,
    sign_sheet,
    the_sheet,
)
from centre.decisions.cases import open_case
from centre.decisions.decide import latest
from centre.ledger.models import LedgerLine
from courses.foundation.digests import canonical, digest_of
from courses.foundation.errors import DecisionError

REASON = "Thiếu biên bản (giả định)"
LATER = DECIDED_ON + timedelta(hours=1)


def draw(sitting, at=DECIDED_ON, resolution=RESOLUTION):
    return act(draw_sheet, "giao-vu", sitting, resolution, now=at)


def sign(name, sheet, digest=None, at=DECIDED_ON):
    return act(sign_sheet, name, sheet, digest or sheet.digest, now=at)


def told(verb, *args, **options):
    with pytest.raises(DecisionError) as caught:
        verb(*args, **options)
    return caught.value.message


def last_line():
    line = LedgerLine.objects.last()
    return line.kind, line.subject, line.actor, line.at


def suspect(sitting, way="partial"):
    act(open_case, "giao-vu", sitting, ids(sitting)[way], "giả định", now=DECIDED_ON)


def test_a_sheet_keeps_what_was_laid_before_the_board_and_the_ledger_says_who_did_what(judged):
    sheet = the_sheet(draw(judged, resolution=f" {RESOLUTION} ").pk)
    code, decisions = judged.code, latest(judged)
    assert last_line() == ("sheet.drawn", code, "giao-vu", DECIDED_ON)
    assert (sheet.sitting, sheet.resolution, sheet.mends) == (judged.record, RESOLUTION, None)
    assert sheet.decisions == canonical([one.id for one in decisions])
    assert sheet.digest == digest_of([[one.id, one.content] for one in decisions])
    assert (sheet.quorum, sheet.drawn_at) == (judged.centre.settings.board.quorum, DECIDED_ON)
    assert sheet.drawn_by == the_user("giao-vu")
    sign("hoi-dong-1", sheet, at=LATER)
    subject = f"{code}/bảng {sheet.pk}"
    assert last_line() == ("sheet.signed", subject, "hoi-dong-1", LATER)
    signature = sheet.signatures.get()
    assert (signature.user, signature.digest) == (the_user("hoi-dong-1"), sheet.digest)
    assert signature.signed_at == LATER
    act(recuse, "hoi-dong-2", sheet, " vì lẽ riêng ", now=LATER)
    assert last_line() == ("sheet.recused", subject, "hoi-dong-2", LATER)
    [recusal] = sheet.recusals.all()
    assert (recusal.user, recusal.ground) == (the_user("hoi-dong-2"), "vì lẽ riêng")
    assert recusal.recused_at == LATER
    assert act(return_sheet, "hoi-dong-1", sheet, f" {REASON} ", now=LATER) == sheet
    assert last_line() == ("sheet.returned", subject, "hoi-dong-1", LATER)
    kept = the_sheet(sheet.pk)
    assert (kept.returned_at, kept.returned_by, kept.return_reason) == (
        *(LATER, the_user("hoi-dong-1"), REASON),
    )


def test_the_words_of_each_refusal(judged):
    wanted = "phải ghi số, ngày nghị quyết hoặc biên bản của hội đồng"
    assert told(draw, judged, resolution=" ") == wanted
    sheet = draw(judged)
    assert told(draw, judged) == (f"bảng {sheet.pk} y như vậy đang chờ ký; ký hoặc trả lại bảng đó")
    assert told(act, return_sheet, "hoi-dong-1", sheet, " ", now=LATER) == (
        "phải ghi lý do trả lại bảng"
    )
    assert told(act, recuse, "hoi-dong-1", sheet, " ", now=LATER) == (
        "phải ghi lý do không tham gia"
    )
    seen = "bảng đưa ra không phải bảng đã xem; xem lại “cio sheet show”"
    assert told(sign, "hoi-dong-1", sheet, "0" * 64) == seen
    sign("hoi-dong-1", sheet)
    assert told(sign, "hoi-dong-1", sheet) == "hoi-dong-1 đã ký bảng này rồi; cần người khác ký"
    assert told(act, recuse, "hoi-dong-1", sheet, "muộn", now=LATER) == (
        "hoi-dong-1 đã ký bảng này; đề nghị trả lại bảng thay vì rút chữ ký"
    )
    act(recuse, "hoi-dong-2", sheet, "vì lẽ riêng", now=LATER)
    mine = "đã xin không tham gia vì xung đột lợi ích"
    assert told(sign, "hoi-dong-2", sheet) == f"hoi-dong-2 không ký bảng này: {mine}"
    assert told(act, return_sheet, "hoi-dong-2", sheet, REASON, now=LATER) == (
        f"hoi-dong-2 không trả lại bảng này: {mine}"
    )
    assert told(the_sheet, 999) == "không có bảng số 999"
    suspect(judged)
    who = ids(judged)["partial"]
    assert told(sign, "hoi-dong-2", sheet) == (
        f"có thay đổi sau khi quyết định ở 1 người: {who}; chạy lại “cio decide”"
    )
    decide(judged)
    assert told(sign, "hoi-dong-2", sheet) == (f"đã có quyết định mới hơn về {who}; lập bảng khác")
    act(return_sheet, "hoi-dong-1", sheet, REASON, now=LATER)
    assert told(sign, "hoi-dong-1", sheet) == f"bảng {sheet.pk} đã trả lại; xem “cio sheet list”"


def test_five_are_named_of_those_of_whom_something_has_changed(graded):
    first = ", ".join(one.candidate for one in graded.enrolments()[:5])
    assert told(draw, graded) == (
        f"có thay đổi sau khi quyết định ở 6 người: {first}; chạy lại “cio decide”"
    )


def test_nothing_waits_once_all_is_signed_and_a_change_elsewhere_does_not_stop_a_sheet(decided):
    assert told(draw, decided) == "không có quyết định nào chờ hội đồng"
    suspect(decided)
    decide(decided)
    sheet = draw(decided)
    suspect(decided, "blank")
    assert sign("hoi-dong-1", sheet) == 1


def test_a_decision_changed_in_the_store_is_not_signed(judged):
    sheet = draw(judged)
    first = listed(sheet)[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE centre_decision SET content = '{}' WHERE id = %s", [first.pk])
    assert "không phải bảng đã xem" in told(sign, "hoi-dong-1", sheet)


def test_a_returned_sheet_is_mended_once(judged):
    first = draw(judged)
    act(return_sheet, "hoi-dong-1", first, REASON, now=LATER)
    second = draw(judged)
    assert second.mends == first
    for name in ("hoi-dong-1", "hoi-dong-2"):
        sign(name, second)
    suspect(judged)
    decide(judged)
    assert draw(judged).mends is None


def test_who_has_a_part_in_a_sheet_is_told_which(judged):
    mark_essays(judged, "GK1")
    decide(judged)
    sheet = draw(judged)
    decisions = listed(sheet)
    board = the_user("hoi-dong-1")
    assert conflict(board, sheet, decisions) == ""
    assert conflict(the_user("giao-vu"), sheet, decisions) == "là người lập bảng"
    assert conflict(the_user("GK1"), sheet, decisions) == "đã chấm bài của người trong bảng"
    assert conflict(the_user("GK1"), sheet, []) == ""
    board.person_id = decisions[0].enrolment.person_id
    assert conflict(board, sheet, decisions) == "có tên trong bảng"
    assert conflict(board, sheet, []) == ""


def test_a_checkpoint_that_cannot_be_written_does_not_undo_a_signature(judged, monkeypatch):
    def broken():
        raise RuntimeError

    monkeypatch.setattr("centre.decisions.board.checkpoint_now", broken)
    sheet = draw(judged)
    assert sign("hoi-dong-1", sheet) == 1
    act(return_sheet, "hoi-dong-2", sheet, REASON, now=LATER)
    assert sheet.signatures.count() == 1
