"""A corrected key in the portal: proposed by one, reviewed by another, nothing changed before."""

import re

import pytest
from sittings import CODE, MARKED_ON, act, single

from centre.decisions.answer_keys import propose_key
from centre.marks.keys import keys_in_force
from centre.marks.models import KeyCorrection

HERE = f"/ban-cham/{CODE}/dap-an/"
GROUND = "Công văn giả định số 1"


def words(answer):
    """What a page says."""
    return re.sub(r"\s+", " ", answer.content.decode())


def hidden(answer, name):
    """What a page sends along unseen."""
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


def test_an_officer_proposes_and_the_lead_accepts_exactly_what_was_seen(portal, browse):
    item, key = single(portal)
    officer, lead = browse("giao-vu"), browse("truong-cham")
    assert f"{item}:" in words(officer.get(f"{HERE}de-xuat/"))
    asked = f"{HERE}de-xuat/?cau={item}"
    assert "Đáp án đang dùng" in words(officer.get(asked))
    seen = officer.post(asked, {"key": key})
    assert "thí sinh đổi điểm của câu này" in words(seen)
    assert not KeyCorrection.objects.exists()
    refused = officer.post(asked, {"key": key, "ground": ""})
    assert refused.status_code == 422
    officer.post(asked, {"key": key, "ground": GROUND})
    row = KeyCorrection.objects.get()
    own = words(officer.get(f"{HERE}{row.pk}/"))
    assert "Ghi ý kiến" not in own
    assert officer.post(f"{HERE}{row.pk}/", {"verdict": "nhan"}).status_code == 403
    assert GROUND in words(lead.get(f"/ban-cham/{CODE}/"))
    shown = lead.get(f"{HERE}{row.pk}/")
    digest = hidden(shown, "digest")
    stale = lead.post(f"{HERE}{row.pk}/", {"digest": "0" * 64, "verdict": "nhan"})
    assert (stale.status_code, keys_in_force(portal)) == (422, {})
    assert "xem lại rồi mới chấp nhận" in words(stale)
    done = lead.post(f"{HERE}{row.pk}/", {"digest": digest, "verdict": "nhan"}, follow=True)
    assert f"Đáp án đính chính câu {item} có hiệu lực" in words(done)
    assert keys_in_force(portal) == {item: key}
    assert "thí sinh đổi điểm khi chấp nhận" in words(lead.get(f"{HERE}{row.pk}/"))
    assert "phải quyết định lại" in words(officer.get(f"/giao-vu/ky-thi/{CODE}/ket-qua/"))


def test_who_proposes_as_lead_does_not_review_and_a_member_may_refuse_with_a_reason(portal, browse):
    item, key = single(portal)
    row = act(propose_key, "truong-cham", portal, item, key, GROUND, now=MARKED_ON)
    lead, member = browse("truong-cham"), browse("hoi-dong-1")
    page = lead.get(f"{HERE}{row.pk}/")
    assert "Anh/chị là người đề xuất" in words(page)
    sent = {"digest": "0" * 64, "verdict": "nhan"}
    assert "người khác duyệt" in words(lead.post(f"{HERE}{row.pk}/", sent))
    assert f"Duyệt đính chính đáp án câu {item}" in words(member.get("/hoi-dong/"))
    refusal = {"digest": "0" * 64, "verdict": "bac", "note": ""}
    assert member.post(f"{HERE}{row.pk}/", refusal).status_code == 422
    member.post(f"{HERE}{row.pk}/", refusal | {"note": "Đáp án cũ đúng"})
    assert "Đáp án cũ đúng" in words(member.get(f"{HERE}{row.pk}/"))
    assert keys_in_force(portal) == {}


@pytest.mark.parametrize("name", ["GK1", "coi-thi", "van-thu"])
def test_nobody_else_reads_a_key(portal, browse, name):
    item, key = single(portal)
    row = act(propose_key, "giao-vu", portal, item, key, GROUND, now=MARKED_ON)
    for where in ("", "de-xuat/", f"{row.pk}/"):
        assert browse(name).get(f"{HERE}{where}").status_code == 403


def test_every_kind_of_item_has_a_form_that_takes_a_key_or_says_what_is_wrong(portal, browse):
    officer = browse("giao-vu")
    kinds = {i.variants[0].question.kind: i for f in portal.forms().values() for i in f.items}
    for item in kinds.values():
        asked = f"{HERE}de-xuat/?cau={item.id}"
        if item.rubric:
            assert "Chọn câu" in words(officer.get(asked))
            continue
        for shown in re.findall(
            r"Đáp án đang dùng: <strong>(.*?)</strong>", words(officer.get(asked))
        ):
            unread = re.search(r"\d\.(?!\d{3}\b)\d|^\w+=|; \w+=", shown)
            assert not unread, shown  # a key is shown as people read it
        everyone = ["*"] if item.variants[0].question.kind == "multiple" else "*"
        assert officer.post(asked, {"key": everyone}).status_code == 200
        assert officer.post(asked, {"key": "không có phương án này"}).status_code == 422
