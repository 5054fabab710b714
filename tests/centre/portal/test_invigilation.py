"""The invigilator's page: what it shows is so, and what it does stands in the ledger."""

import base64
import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.uploadedfile import SimpleUploadedFile
from exam_room import desk_of, end_time

from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.sittings.answering import the_paper
from centre.sittings.emergency import public_key, ticket
from centre.sittings.models import Delivery, Incident, Pause

FIRST, SECOND = "CIO26-001", "CIO26-002"


@pytest.fixture
def page(hall, browse_as):
    """The invigilator's page of one paper: what it shows of each, and what is done on it."""
    return Page(browse_as("coi-thi"), f"/coi-thi/{hall.code}/KT/")


class Page:
    """The invigilator's page of one paper."""

    def __init__(self, client, address):
        self.client, self.address = client, address

    def rows(self):
        """What it shows of each candidate."""
        return self.client.get(f"{self.address}tinh-hinh/").json()["rows"]

    def state(self, candidate=FIRST):
        """How one candidate stands."""
        return self.rows()[candidate]["state"]

    def do(self, what, **form):
        """One act, and the words on the page after it."""
        answer = self.client.post(f"{self.address}{what}/", form, follow=True)
        return answer.content.decode()


def at_work(hall, candidate=FIRST):
    return the_paper(hall.enrolment(candidate).person_id, hall.code, "KT")


def question(hall):
    return at_work(hall).form.items[-1].id


def test_the_page_tells_who_came_started_is_silent_and_handed_in(hall, page):
    desk = desk_of(hall, FIRST)
    assert page.state() == "chưa đến"
    desk.get()
    assert page.state() == "ở phòng chờ"
    desk.post("bat-dau/")
    desk.send(
        "luu/", question=question(hall), value="x", revision=0, unsent=2, oldest=70, answered=1
    )
    row = page.rows()[FIRST]
    assert (row["state"], row["unsent"], row["answered"]) == (
        *("đang làm bài", "2 (lâu nhất 1 phút 10 giây)", "1"),
    )
    assert row["attention"]
    told = hall.folder / "presence" / f"{FIRST}.json"
    ago = datetime.now(UTC) - timedelta(minutes=7)
    told.write_text(json.dumps({**json.loads(told.read_text()), "seen_at": ago.isoformat()}))
    assert page.state().startswith("im lặng 7 phút")
    desk.send("nop/")
    assert page.state() == "đã nộp"
    assert page.client.get(page.address).status_code == 200


def test_everybody_who_waits_is_started_at_once_and_the_page_in_the_hall_goes_on(hall, page):
    for candidate in (FIRST, SECOND):
        assert not desk_of(hall, candidate).send("nhip/")["started"]
    assert "Đã phát đề: 2 người" in page.do("bat-dau", who="waiting")
    assert desk_of(hall, SECOND).send("nhip/")["started"]
    assert Delivery.objects.count() == 2


def test_one_who_cannot_be_started_keeps_nobody_else_from_it(page):
    told = page.do("bat-dau", candidate=["KHONG-CO", FIRST])
    assert "Đã phát đề: 1 người" in told
    assert "KHONG-CO" in told
    assert Delivery.objects.count() == 1


def test_time_is_given_a_room_paused_and_resumed_and_an_incident_noted_each_on_record(hall, page):
    desk = desk_of(hall, FIRST)
    desk.post("bat-dau/")
    due = desk.send("nhip/")["due"]
    assert "phải ghi căn cứ" in page.do("them-gio", candidate=[FIRST], minutes="5", ground="")
    assert "Đã thêm 5 phút" in page.do(
        "them-gio", candidate=[FIRST], minutes="5", ground="giả định"
    )
    assert desk.send("nhip/")["due"] == due + 300_000
    assert "đồng hồ đứng lại" in page.do("tam-dung", room="", ground="mất điện giả định")
    assert page.state() == "tạm dừng"
    assert "tiếp tục; 1 bài" in page.do("tiep-tuc", room="")
    assert "Đã ghi sự cố" in page.do("su-co", text="mất mạng", about=FIRST)
    assert (Pause.objects.count(), Incident.objects.count()) == (1, 1)
    kinds = set(LedgerLine.objects.values_list("kind", flat=True))
    assert kinds >= {"time.extended", "room.paused", "room.resumed", "incident.noted"}
    assert check(hall.centre) == []


def test_papers_are_taken_in_one_by_one_and_all_whose_time_has_ended(hall, page):
    desk = desk_of(hall, FIRST)
    desk.post("bat-dau/")
    desk.save(question(hall), "x")
    assert "Đã thu bài: 1 người" in page.do("thu-bai", candidate=[FIRST])
    assert page.state() == "đã nộp"
    desk.send("lam-tiep/")
    desk.save(question(hall), "y", revision=1)
    end_time(FIRST)
    assert page.state() == "hết giờ, chưa thu"
    assert "Đã thu bài hết giờ: 1 người" in page.do("thu-het")
    assert page.state() == "đã thu khi hết giờ"
    assert "Không còn bài nào" in page.do("thu-het")


def test_a_trainee_sees_and_does_nothing_of_it(hall, browse_as):
    page = Page(browse_as(FIRST), f"/coi-thi/{hall.code}/KT/")
    assert page.client.get(page.address).status_code == 403
    for what in ("bat-dau", "them-gio", "tam-dung", "thu-bai", "thu-het", "khan-cap", "su-co"):
        assert page.client.post(f"{page.address}{what}/").status_code == 403


def sealed(hall, told):
    """What a page makes: told, sealed to the sitting's key."""
    spki = base64.b64decode(public_key(hall.centre, hall.code))
    key, iv = AESGCM.generate_key(256), os.urandom(12)
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    wrapped = serialization.load_der_public_key(spki).encrypt(key, oaep)
    data = AESGCM(key).encrypt(iv, json.dumps(told).encode(), None)
    parts = {"key": wrapped, "iv": iv, "data": data}
    return {"version": 1, **{n: base64.b64encode(p).decode() for n, p in parts.items()}}


def hand_over(page, content, ground="máy hỏng, giả định"):
    file = SimpleUploadedFile("khan-cap.json", json.dumps(content).encode())
    return page.do("khan-cap", file=file, ground=ground)


def test_an_emergency_file_is_taken_in_with_its_digest_and_ground_on_record(hall, page):
    desk = desk_of(hall, FIRST)
    desk.post("bat-dau/")
    desk.save(question(hall), "đã lưu")
    told = {"ticket": ticket(at_work(hall).delivery), "answers": {question(hall): "chưa kịp gửi"}}
    assert "phải ghi lý do" in hand_over(page, sealed(hall, told), ground=" ")
    assert "1 câu được thay" in hand_over(page, sealed(hall, told))
    assert at_work(hall).answers()[question(hall)].value == "chưa kịp gửi"
    line = LedgerLine.objects.get(kind="paper.recovered")
    assert (line.actor, "máy hỏng, giả định" in line.after) == ("coi-thi", True)
    assert check(hall.centre) == []


def test_an_emergency_file_that_is_damaged_foreign_or_made_up_changes_nothing(hall, page):
    desk = desk_of(hall, FIRST)
    desk.post("bat-dau/")
    mine, item = ticket(at_work(hall).delivery), question(hall)
    file = sealed(hall, {"ticket": mine, "answers": {item: "x"}})
    broken = {**file, "data": base64.b64encode(b"hong" * 9).decode()}
    for content, words in (
        (broken, "hỏng"),
        ({}, "hỏng"),
        ([1], "hỏng"),
        (sealed(hall, {"ticket": "giả", "answers": {}}), "không do trang bài thi"),
        (sealed(hall, {"ticket": mine, "answers": {"KHAC": "x"}}), "không thuộc bài thi này"),
    ):
        assert words in hand_over(page, content)
    assert at_work(hall).answers() == {}
    assert not LedgerLine.objects.filter(kind="paper.recovered").exists()
