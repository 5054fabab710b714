"""The board in the portal: what is signed was seen, by two people, and nothing is lost."""

import io
import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone
from served import behind_the_portal
from sittings import CODE, DECIDED_ON, RESOLUTION, act, decide, ids, reopen

from centre.accounts.permissions import Role
from centre.accounts.users import add_user, the_user
from centre.configuration import SETTINGS
from centre.database import open_centre, the_centre
from centre.decisions.appeals import file_appeal
from centre.decisions.board import draw_sheet, effective_decisions
from centre.decisions.decide import latest
from centre.decisions.models import BoardSheet, Signature
from centre.sittings.sitting import open_sitting
from courses.foundation.dates import VIETNAM

PASSWORD = "mot-cau-dai-de-nho"  # noqa: S105 - chosen in a test

FORGED = "0" * 64


def words(answer):
    """What a page says."""
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def drawn(graded_folder, tmp_path):
    """A sheet that waits for signatures, behind the portal."""
    sitting = behind_the_portal(reopen(graded_folder, tmp_path / "trung-tam"))
    decide(sitting)
    return act(draw_sheet, "giao-vu", sitting, RESOLUTION, now=DECIDED_ON)


@pytest.fixture
def here(drawn):
    """Where the sheet is."""
    return f"/hoi-dong/bang/{drawn.pk}/"


def digest_shown(client, here):
    """The digest that the form to sign sends along, and that the page shows."""
    page = words(client.get(f"{here}ky/"))
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)[1]
    assert page.count(digest) == 2
    return digest


@pytest.mark.usefixtures("drawn")
def test_two_different_members_sign_what_each_was_shown(here, browse_as):
    first, second = browse_as("hoi-dong-1"), browse_as("hoi-dong-2")
    digest = digest_shown(first, here)
    assert first.post(f"{here}ky/", {"digest": FORGED}).status_code == 409
    assert first.post(f"{here}ky/").status_code == 409
    first.post(f"{here}ky/", {"digest": digest})
    assert "còn thiếu 1 chữ ký" in words(first.get(here))
    assert first.post(f"{here}ky/", {"digest": digest}).status_code == 409
    sitting = open_sitting(the_centre(), CODE)
    assert effective_decisions(sitting) == {}
    second.post(f"{here}ky/", {"digest": digest_shown(second, here)})
    assert effective_decisions(sitting)
    assert "đã ký, có hiệu lực" in words(second.get(here))


def test_a_sheet_is_signed_by_the_board_alone_and_never_by_a_link(drawn, here, browse_as):
    for name in ("giao-vu", "van-thu", "kiem-toan", "GK1", "truong-cham"):
        assert browse_as(name).post(f"{here}ky/", {"digest": drawn.digest}).status_code == 403
    browse_as("hoi-dong-1").get(f"{here}ky/?digest={drawn.digest}")
    assert Signature.objects.count() == 0


def test_a_sheet_shows_everyone_with_reasons_and_evidence(drawn, here, browse_as):
    client = browse_as("hoi-dong-1")
    page = words(client.get(here))
    for one in drawn.sitting.enrolments.select_related("person"):
        assert one.candidate in page
        assert one.person.full_name in page
        shown = words(client.get(f"{here}thi-sinh/{one.candidate}/"))
        assert "Bằng chứng" in shown
        assert "Chính sách" in shown
    assert client.get(f"{here}thi-sinh/khong-co/").status_code == 409
    assert "Không dòng nào khớp" in words(client.get(f"{here}?luu-y=doi"))
    near = words(client.get(f"{here}?luu-y=sat"))
    assert "sát điểm cắt" in near or "Không dòng nào khớp" in near


def test_a_sheet_goes_back_with_a_reason_that_stays_to_be_read(drawn, here, browse_as):
    client = browse_as("hoi-dong-1")
    assert client.post(f"{here}tra-lai/", {"reason": " "}).status_code == 422
    client.post(f"{here}tra-lai/", {"reason": "Xem lại bài QL"})
    assert "Xem lại bài QL" in words(client.get(here))
    assert client.post(f"{here}ky/", {"digest": drawn.digest}).status_code == 409
    assert Signature.objects.count() == 0
    minutes = client.post(f"{here}van-ban/bien-ban.pdf/")
    assert b"".join(minutes.streaming_content).startswith(b"%PDF")
    assert client.post(f"{here}van-ban/quyet-dinh.pdf/").status_code == 409


def test_who_takes_no_part_neither_signs_nor_returns(drawn, here, browse_as):
    client = browse_as("hoi-dong-1")
    assert client.post(f"{here}khong-tham-gia/", {"ground": ""}).status_code == 422
    client.post(f"{here}khong-tham-gia/", {"ground": "Người nhà có tên"})
    page = words(client.get(here))
    assert "Người nhà có tên" in page
    assert f"{here}ky/" not in page
    assert client.post(f"{here}ky/", {"digest": drawn.digest}).status_code == 409
    assert client.post(f"{here}tra-lai/", {"reason": "x"}).status_code == 422


@pytest.mark.usefixtures("portal")
def test_papers_of_a_signed_sheet_are_real_files(browse):
    sheet = BoardSheet.objects.get()
    client, here = browse("hoi-dong-1"), f"/hoi-dong/bang/{sheet.pk}/van-ban/"
    for name, start in (
        ("bien-ban.pdf", b"%PDF"),
        ("bien-ban.docx", b"PK"),
        ("quyet-dinh.pdf", b"%PDF"),
        ("quyet-dinh.docx", b"PK"),
    ):
        answer = client.post(f"{here}{name}/")
        assert name in answer["Content-Disposition"]
        assert io.BytesIO(b"".join(answer.streaming_content)).read(4).startswith(start)
    assert client.post(f"{here}centre.toml/").status_code == 409
    assert client.get(f"{here}bien-ban.pdf/").status_code == 405
    assert browse("kiem-toan").post(f"{here}bien-ban.pdf/").status_code == 403


def test_a_draft_has_no_papers(here, browse_as):
    assert browse_as("hoi-dong-1").post(f"{here}van-ban/bien-ban.pdf/").status_code == 409


@pytest.mark.usefixtures("drawn")
def test_sheets_that_want_signatures_come_first(browse_as):
    page = words(browse_as("kiem-toan").get("/hoi-dong/"))
    assert "dự thảo, chờ ký" in page
    assert RESOLUTION in page
    assert "0/2" in page
    assert "Không dòng nào khớp" in words(browse_as("kiem-toan").get("/hoi-dong/?tt=signed"))


@pytest.fixture
def strict_sheet(drawn):
    """The same where the centre wants two factors of those who decide."""
    centre = the_centre()
    stated = centre.folder / SETTINGS
    text = stated.read_text("utf-8").replace("second_factor = false", "second_factor = true")
    stated.write_text(text, "utf-8")
    behind_the_portal(open_sitting(open_centre(centre.folder), CODE))
    return drawn


def test_where_two_factors_are_wanted_nobody_signs_without_the_second(
    strict_sheet, here, browse_as
):
    answer = browse_as("hoi-dong-1").post(f"{here}ky/", {"digest": strict_sheet.digest})
    assert answer["Location"] == reverse("mfa_activate_totp")
    assert Signature.objects.count() == 0


def test_where_two_factors_are_wanted_who_signs_has_proved_lately_who_they_are(
    strict_sheet, here, browse_as
):
    TOTP.activate(the_user("hoi-dong-1"), generate_totp_secret())
    client = browse_as("hoi-dong-1")
    assert client.get(here).status_code == 200
    for answer in (
        client.get(f"{here}ky/"),
        client.post(f"{here}ky/", {"digest": strict_sheet.digest}),
    ):
        assert answer.status_code == 302
        assert answer["Location"].partition("?")[0] == "/xac-thuc/lai/"
    the_user("hoi-dong-1").keep_password(PASSWORD)
    client.force_login(the_user("hoi-dong-1"))
    by_password = client.post(f"/xac-nhan-lai/?next={here}ky/", {"password": PASSWORD})
    assert by_password["Location"].startswith("/xac-thuc/lai/?next=")
    assert client.get(f"{here}ky/").status_code == 302
    assert Signature.objects.count() == 0


@pytest.fixture
def appeal(portal):
    """An appeal of somebody who did not pass."""
    found = latest(portal)
    decision = next(d for d in found if d.enrolment.candidate == ids(portal)["partial"])
    return act(file_appeal, "giao-vu", decision, "Đề nghị chấm lại câu 3", now=timezone.now())


def test_an_appeal_past_its_deadline_is_loud_and_stays(portal, browse):
    decision = latest(portal)[0]
    filed = timezone.now() - timedelta(days=40)
    late = act(file_appeal, "giao-vu", decision, "Đơn cũ", now=filed)
    client = browse("hoi-dong-1")
    page = words(client.get("/hoi-dong/don/"))
    assert "1 đơn đã quá hạn trả lời" in page
    days = (timezone.now().astimezone(VIETNAM).date() - late.deadline).days
    assert f"QUÁ HẠN {days} ngày" in page
    assert late.number in words(client.get("/hoi-dong/don/?tt=qua-han"))
    assert "QUÁ HẠN" in words(client.get(f"/hoi-dong/don/{late.number}/"))


def test_who_signed_does_not_answer_and_another_member_does(appeal, browse):
    where = f"/hoi-dong/don/{appeal.number}/"
    told = {"outcome": "giu", "answer": "Giữ nguyên điểm câu 3"}
    signer = browse("hoi-dong-1")
    assert "Anh/chị không trả lời đơn này: người đã chấm" in words(signer.get(where))
    assert f"{where}tra-loi/" not in signer.get(where).content.decode()
    refused = signer.post(f"{where}tra-loi/", told)
    assert refused.status_code == 422
    assert "không trả lời đơn về quyết định đó" in words(refused)
    act(add_user, "quan-tri", "hoi-dong-3", [Role.BOARD], now=DECIDED_ON)
    third = browse("hoi-dong-3")
    assert f"{where}tra-loi/" in third.get(where).content.decode()
    assert "Đề nghị chấm lại câu 3" in words(third.get(f"{where}tra-loi/"))
    assert third.post(f"{where}tra-loi/", {"outcome": "giu", "answer": ""}).status_code == 422
    assert third.post(f"{where}tra-loi/", told).status_code == 302
    page = words(third.get(where))
    assert "hoi-dong-3" in page
    assert "không chấp nhận" in page
    assert "Giữ nguyên điểm câu 3" in page
    assert third.post(f"{where}tra-loi/", told).status_code == 422
    assert browse("giao-vu").post(f"{where}tra-loi/", told).status_code == 403
    assert the_user("hoi-dong-3").username in words(browse("giao-vu").get(where))


def test_the_receipt_of_an_appeal_is_a_real_file(appeal, browse):
    client, where = browse("giao-vu"), f"/hoi-dong/don/{appeal.number}/giay-tiep-nhan/"
    answer = client.post(f"{where}pdf/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert client.post(f"{where}exe/").status_code == 409
