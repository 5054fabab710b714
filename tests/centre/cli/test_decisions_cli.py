"""``cio decide`` to ``certify``: decisions, the board's sheets, certificates, warnings."""

import json
import re

from sittings import form_of, ids

from centre.decisions.models import BoardSheet
from grading.gradebook.scores import ManualMark, write_marks


def test_decisions_are_printed_as_json_for_scripts(at, decided):
    status, out, err = at(decided, "decide", "--json")
    assert (status, err) == (0, "")
    assert {record["status"] for record in json.loads(out)} >= {"PASS", "INCOMPLETE"}


def test_cases_are_opened_and_closed(at, decided):
    who = ids(decided)["all right"]
    assert at(decided, "case", "open", who, "--reason", "giả định")[0] == 0
    assert "Kết quả không hợp lệ 1" in at(decided, "decide")[1]
    close = ("case", "close", who, "--conclusion", "không có", "--authority", "QĐ giả định")
    assert at(decided, *close, "--dismissed", by="giao-vu")[0] == 1  # the board's to say
    assert at(decided, *close, by="hoi-dong-1")[0] == 2  # upheld or dismissed must be said
    assert at(decided, *close, "--dismissed", by="hoi-dong-1")[0] == 0
    assert at(decided, *close, "--dismissed", by="hoi-dong-1")[0] == 1


def test_the_board_sees_the_sheet_and_signs_what_it_saw(at, inside, graded):
    at(graded, "decide")
    status, out, _ = at(graded, "sheet", "draw", "--resolution", "NQ giả định")
    sheet = BoardSheet.objects.get()
    assert (status, sheet.digest in out, "Chưa đủ kết quả 6" in out) == (0, True, True)
    approve = ("approve", sheet.pk, "--digest")
    status, _, err = inside(graded, *approve, "0" * 8, by="hoi-dong-1")
    assert (status, "mã băm không phải của bảng này" in err) == (1, True)
    assert inside(graded, *approve, sheet.digest[:7], by="hoi-dong-1")[0] == 1
    status, out, _ = inside(graded, *approve, sheet.digest[:8], by="hoi-dong-1")
    assert (status, "1/2 chữ ký, chờ người khác ký tiếp" in out) == (0, True)
    assert "1 bảng chờ ký" in at(graded, "sheet", "list")[1]
    assert inside(graded, *approve, sheet.digest, by="hoi-dong-1")[0] == 1
    status, out, _ = inside(graded, *approve, sheet.digest, by="hoi-dong-2")
    assert (status, "2/2 chữ ký, các quyết định có hiệu lực" in out) == (0, True)
    assert "Đã ký: hoi-dong-2" in inside(graded, "sheet", "show", sheet.pk)[1]
    status, _, err = at(graded, "sheet", "draw", "--resolution", "NQ giả định")
    assert (status, "không có quyết định nào chờ" in err) == (1, True)


def test_an_appeal_is_taken_and_answered(at, inside, decided):
    who = ids(decided)["partial"]
    status, out, _ = at(decided, "appeal", "file", who, "--text", "Đề nghị xem lại")
    number = re.search(r"PK-\d{4}-\d{5}", out)[0]
    answer = ("appeal", "answer", number, "--answer", "Giữ nguyên", "--rejected")
    assert (status, inside(decided, *answer, by="hoi-dong-1")[0]) == (0, 1)  # who has signed
    assert inside(decided, "appeal", "answer", "PK-1", "--answer", "x", "--accepted")[0] == 1


def test_a_decision_is_replayed_byte_for_byte(at, decided):
    status, out, _ = at(decided, "replay", ids(decided)["all right"])
    assert (status, "Trùng khớp từng byte" in out) == (0, True)
    assert at(decided, "replay", ids(decided)["all right"], "--revision", 9)[0] == 1


def test_certificates_are_issued_revoked_and_issued_again(at, inside, decided):
    status, out, err = at(decided, "certify", "--json", by="van-thu")
    [issued] = json.loads(out)
    assert (status, err, issued["serial"][-6:]) == (0, "", "-00001")
    words = ("--ground", "loi-cua-co-so-cap", "--detail", "Quyết định giả định số 1")
    revoke = ("revoke", issued["serial"], *words)
    assert inside(decided, *revoke, by="giao-vu")[0] == 1
    assert inside(decided, *revoke, by="van-thu")[0] == 0
    status, out, _ = at(decided, "certify", by="van-thu")
    assert (status, "đã bị thu hồi; cấp lại bằng “cio reissue”" in out) == (1, True)
    again = ("reissue", issued["serial"], "--ground", "Quyết định giả định số 2")
    status, out, _ = inside(decided, *again, by="van-thu")
    assert (status, "-00002 thay cho" in out) == (0, True)


def test_a_case_after_certification_raises_a_warning(at, certified):
    best = ids(certified)["all right"]
    at(certified, "case", "open", best, "--reason", "giả định")
    status, _, err = at(certified, "decide")
    assert (status, "CẦN XỬ LÝ CIO-2026-00001" in err) == (0, True)


def test_marks_that_sink_after_certification_raise_a_warning(at, inside, certified):
    """A certificate whose ground is gone does not go on in silence."""
    form = form_of(certified, ids(certified)["all right"], "CAP")
    [essay] = form.items
    mark = ManualMark(ids(certified)["all right"], form.code, essay.competency, essay.id, 0.0)
    assert write_marks(certified.course, [mark]) == 1
    status, out, err = at(certified, "decide")
    assert (status, "Quyết định mới: 1" in out) == (0, True)
    assert "CẦN XỬ LÝ CIO-2026-00001: quyết định mới nhất là “Chưa đạt”" in err
    at(certified, "sheet", "draw", "--resolution", "NQ giả định")
    sheet = BoardSheet.objects.last()
    for member in ("hoi-dong-1", "hoi-dong-2"):
        status, _, err = inside(certified, "approve", sheet.pk, "--digest", sheet.digest, by=member)
        assert (status, "CẦN XỬ LÝ CIO-2026-00001" in err) == (0, True)


def test_revoking_needs_a_known_serial_and_a_known_ground(inside, certified):
    words = ("--detail", "Quyết định giả định số 1")
    unknown = ("revoke", "CIO-2026-99999", "--ground", "gian-lan", *words)
    status, _, err = inside(certified, *unknown, by="van-thu")
    assert (status, "CIO-2026-99999" in err) == (1, True)
    no_ground = ("revoke", "CIO-2026-00001", "--ground", "la", *words)
    assert inside(certified, *no_ground, by="van-thu")[0] == 1


def test_without_decisions_there_is_nothing_to_report(at, graded):
    status, _, err = at(graded, "report")
    assert (status, "cio decide" in err) == (1, True)
