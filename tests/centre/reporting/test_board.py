"""The board's papers: what the sheet says, as PDF and .docx, and nobody stops the others."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from sittings import DECIDED_ON, RESOLUTION, act, decide, ids, who

from centre.decisions.appeals import file_appeal
from centre.decisions.board import draw_sheet, recuse, return_sheet
from centre.decisions.decide import latest
from centre.decisions.models import BoardSheet
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.people.privacy import correct
from centre.reporting.board import NOT_PRINTED, write_papers, write_receipt
from courses.foundation.errors import DecisionError, DeniedError


def plain(text):
    return re.sub(r"\s+", "", text)


def printed(path):
    if path.suffix == ".docx":
        body = docx.Document(path).element.body
        return plain("".join(node.text or "" for node in body.iter(qn("w:t"))))
    pages = PdfReader(io.BytesIO(path.read_bytes())).pages
    return plain("".join(page.extract_text() for page in pages))


def papers(sitting, sheet, by="giao-vu"):
    return write_papers(who(by), sitting.centre, sheet, now=DECIDED_ON)


def test_a_signed_sheet_becomes_minutes_and_a_decision_in_both_formats(decided):
    [sheet] = BoardSheet.objects.all()
    written = papers(decided, sheet)
    assert [path.name for path in written.paths] == [
        *("bien-ban.pdf", "bien-ban.docx", "quyet-dinh.pdf", "quyet-dinh.docx"),
    ]
    assert written.left_out == ()
    for path in written.paths:
        text = printed(path)
        for enrolment in decided.enrolments():
            assert plain(enrolment.candidate) in text
            assert plain(enrolment.person.full_name) in text
        assert sheet.digest[:16] in text
        assert "Đạt1" in text
    for path in written.paths[:2]:
        assert plain("Thành viên hoi-dong-1: ký lúc") in printed(path)
        assert plain("THƯ KÝ") in printed(path)
    for path in written.paths[2:]:
        assert plain(f"Căn cứ {RESOLUTION}") in printed(path)
        assert plain("Điều 1. Công nhận kết quả của 6 người") in printed(path)
        assert plain("trong 15 ngày") in printed(path)
    assert check(decided.centre) == []


def test_the_same_papers_written_again_are_the_same_and_recorded_once(decided):
    [sheet] = BoardSheet.objects.all()
    before = [path.read_bytes() for path in papers(decided, sheet).paths]
    lines = LedgerLine.objects.filter(kind="report.written").count()
    assert [path.read_bytes() for path in papers(decided, sheet).paths] == before
    assert LedgerLine.objects.filter(kind="report.written").count() == lines


def test_a_returned_sheet_has_minutes_with_the_reason_and_no_decision(graded):
    decide(graded)
    sheet = act(draw_sheet, "giao-vu", graded, RESOLUTION, now=DECIDED_ON)
    with pytest.raises(DecisionError, match="chưa có kết luận"):
        papers(graded, sheet)
    act(recuse, "hoi-dong-2", sheet, "Có người nhà (giả định)", now=DECIDED_ON)
    act(return_sheet, "hoi-dong-1", sheet, "Thiếu biên bản chấm", now=DECIDED_ON)
    written = papers(graded, sheet)
    assert {path.stem for path in written.paths} == {"bien-ban"}
    for path in written.paths:
        assert plain("Lý do: Thiếu biên bản chấm") in printed(path)
        assert plain("hoi-dong-2: không tham gia, không ký (Có người nhà") in printed(path)


def test_one_name_that_cannot_be_printed_is_left_out_by_number_and_the_rest_is_printed(decided):
    [sheet] = BoardSheet.objects.all()
    first, *others = decided.enrolments()
    act(correct, "giao-vu", first.person, "Căn cứ giả định", full_name="Nguyễn 漢", now=DECIDED_ON)
    written = papers(decided, sheet)
    assert written.left_out == (first.candidate,)
    for path in written.paths:
        text = printed(path)
        assert plain(NOT_PRINTED) in text
        assert "漢" not in text
        assert all(plain(one.person.full_name) in text for one in others)


def test_who_files_an_appeal_takes_a_receipt_with_number_and_deadline(decided):
    decision = next(d for d in latest(decided) if d.enrolment.candidate == ids(decided)["partial"])
    appeal = act(file_appeal, "giao-vu", decision, "Đề nghị chấm lại", now=DECIDED_ON)
    written = write_receipt(who("giao-vu"), decided.centre, appeal, now=DECIDED_ON)
    assert [path.name for path in written.paths] == ["PK-2026-00001.pdf", "PK-2026-00001.docx"]
    for path in written.paths:
        text = printed(path)
        assert "PK-2026-00001" in text
        assert f"{appeal.deadline:%d/%m/%Y}" in text
        assert "Đềnghịchấmlại" not in text  # what was said is the parties' own


def test_papers_are_written_by_officers_and_the_board_alone(decided):
    [sheet] = BoardSheet.objects.all()
    for name in ("GK1", "van-thu", "kiem-toan"):
        with pytest.raises(DeniedError):
            papers(decided, sheet, by=name)
