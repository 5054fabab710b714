"""What waits, sheets, appeals and trials of a policy, as officers and members meet them."""

import json
from datetime import timedelta

from sittings import DECIDED_ON, act, form_of, ids

from centre.decisions.appeals import file_appeal
from centre.decisions.models import BoardSheet, Decision
from centre.ledger.models import LedgerLine
from grading.certification.policy import POLICIES


def test_what_waits_is_told_to_officers_after_every_command_until_it_is_dealt_with(
    inside, certified
):
    """Whatever an officer does, an undermined certificate and a late appeal are named."""
    best, serial = ids(certified)["all right"], "CIO-2026-00001"
    where = ("--sitting", certified.code)
    inside(certified, "case", "open", best, *where, "--reason", "giả định")
    for words, by in (
        (("sheet", "list", *where), "giao-vu"),
        (("task", "list"), "van-thu"),
        (("appeal", "list"), "hoi-dong-1"),
    ):
        status, _, err = inside(certified, *words, by=by)
        assert (status, f"CẦN XỬ LÝ {serial}" in err) == (0, True), words
    assert "CẦN XỬ LÝ" not in inside(certified, "task", "list", by="kiem-toan")[2]
    status, _, err = inside(certified, "certify", *where, by="van-thu")
    assert (status, "chưa cấp đợt mới" in err) == (1, True)
    seen = ("task", "seen", serial, "--note", "Đã xem (giả định)")
    assert inside(certified, *seen, by="van-thu")[0] == 0
    assert "đã xem: van-thu" in inside(certified, "task", "list")[1]
    words = ("--authority", "QĐ giả định 9", "--ground", "giả định")
    assert "đang xem xét" in inside(certified, "suspend", serial, *words, by="giao-vu")[1]
    path = certified.centre.certificates / f"{serial}.pdf"
    status, out, _ = inside(certified, "verify", path)
    assert (status, "ĐANG XEM XÉT" in out) == (8, True)
    assert inside(certified, "confirm", serial, *words, by="giao-vu")[0] == 1
    status, out, err = inside(certified, "confirm", serial, *words, by="van-thu")
    assert (status, "giữ nguyên hiệu lực" in out, "CẦN XỬ LÝ" in err) == (0, True, False)
    assert inside(certified, "verify", path)[0] == 0


def test_a_late_appeal_is_shouted_and_both_decisions_stay_readable(inside, decided):
    who = ids(decided)["partial"]
    decision = Decision.objects.get(enrolment__candidate=who)
    long_ago = DECIDED_ON - timedelta(days=400)
    appeal = act(file_appeal, "giao-vu", decision, "Đề nghị xem lại", now=long_ago)
    status, out, err = inside(decided, "appeal", "list")
    assert (status, "QUÁ HẠN" in out, f"QUÁ HẠN Đơn {appeal.number}" in err) == (0, True, True)
    shown = inside(decided, "appeal", "show", appeal.number)[1]
    assert "Đề nghị xem lại" in shown
    assert "Quyết định bị khiếu nại (lần 1, có hiệu lực từ" in shown
    assert "1 đơn." in inside(decided, "appeal", "list", "--all")[1]


def test_a_sheet_is_returned_recused_from_and_put_on_paper(inside, at, graded):
    at(graded, "decide")
    at(graded, "sheet", "draw", "--resolution", "NQ giả định")
    [sheet] = BoardSheet.objects.all()
    recuse = ("sheet", "recuse", sheet.pk, "--ground", "có người nhà")
    assert inside(graded, *recuse, by="hoi-dong-2")[0] == 0
    assert inside(graded, "sheet", "papers", sheet.pk)[0] == 1
    back = ("sheet", "return", sheet.pk, "--reason", "thiếu biên bản")
    assert inside(graded, *back, by="giao-vu")[0] == 1
    assert inside(graded, *back, by="hoi-dong-1")[0] == 0
    shown = inside(graded, "sheet", "show", sheet.pk, "--changed")[1]
    assert "Không tham gia: hoi-dong-2, có người nhà" in shown
    assert "TRẢ LẠI" in shown
    assert ids(graded)["all right"] not in shown
    status, out, _ = inside(graded, "sheet", "papers", sheet.pk)
    assert (status, "bien-ban.pdf" in out, "quyet-dinh" in out) == (0, True, False)


def test_a_sitting_is_annulled_by_the_board(inside, decided):
    words = ("annul", "--sitting", decided.code, "--authority", "QĐ 3", "--ground", "lộ đề")
    assert inside(decided, *words, by="giao-vu")[0] == 1
    assert inside(decided, *words, by="hoi-dong-1")[0] == 0
    out = inside(decided, "decide", "--sitting", decided.code)[1]
    assert "Kết quả không hợp lệ 6" in out


def test_trying_a_policy_or_a_key_tells_who_would_change_and_writes_nothing(at, decided, tmp_path):
    policy, *_ = sorted(POLICIES.glob("*-cio.toml"))
    draft = tmp_path / "du-thao.toml"
    text = policy.read_text("utf-8").replace("max_attempts = 3", "max_attempts = 1")
    draft.write_text(text.replace('"0.60"', '"0.99"'), "utf-8")
    before = LedgerLine.objects.count(), Decision.objects.count()
    status, out, _ = at(decided, "decide", "--what-if", draft)
    assert status == 0
    assert f"{ids(decided)['partial']}: Chưa đạt" in out
    assert "(cắt 60,0 %) →" in out
    assert "(cắt 99,0 %)" in out
    assert "Đã dự thi đủ 1 lần." in out
    assert "không ghi gì" in out
    item = form_of(decided, ids(decided)["partial"], "QL").items[0].id
    assert at(decided, "decide", "--what-if-key", f"{item}=*")[0] == 0
    assert at(decided, "decide", "--what-if-key", item)[0] == 1
    assert at(decided, "decide", "--what-if", "la")[0] == 1
    told = json.loads(at(decided, "decide", "--what-if", draft, "--json")[1])
    assert {"before", "after"} == set(told[0])
    assert (LedgerLine.objects.count(), Decision.objects.count()) == before
