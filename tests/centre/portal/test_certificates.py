"""What becomes of a certificate that is out, in the portal: each deed by whom the table lets."""

import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from served import behind_the_portal
from sittings import CODE, act, ids

from centre.accounts.permissions import Role
from centre.accounts.users import add_user, the_user
from centre.configuration import SETTINGS
from centre.database import open_centre
from centre.decisions.cases import open_case
from centre.people.privacy import correct
from centre.register.models import Entry, Revocation, Suspension
from centre.sittings.sitting import open_sitting

ORDER = {"authority": "Quyết định số 9 (giả định)", "ground": "Có đơn tố cáo (giả định)"}
DEEDS = ("xem-xet/", "giu-nguyen/", "thu-hoi/", "cap-lai/")


def words(answer):
    """What a page says."""
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def entry(certified_portal):  # noqa: ARG001 - the portal of its centre
    """The only certificate that is out."""
    return Entry.objects.get()


@pytest.fixture
def here(entry):
    """Where it is."""
    return f"/giao-vu/chung-chi/{entry.pk}/"


def suspect(sitting):
    now = datetime.now(UTC)
    act(open_case, "giao-vu", sitting, ids(sitting)["all right"], "tình huống giả định", now=now)


def shown(client, where):
    """The digest of what the form shows, which it sends along."""
    return re.search(r'name="shown" value="([0-9a-f]{64})"', words(client.get(where)))[1]


def test_a_certificate_is_suspended_shows_so_everywhere_and_is_confirmed(
    certified_portal, entry, here, browse_as
):
    officer, registrar = browse_as("giao-vu"), browse_as("van-thu")
    suspect(certified_portal)
    page = words(officer.get(here))
    assert "đang có vụ việc vi phạm chưa kết luận" in page
    assert "xem-xet/" in page
    assert "giu-nguyen/" not in page  # a registrar's
    assert officer.post(f"{here}xem-xet/", ORDER | {"ground": " "}).status_code == 422
    assert not Suspension.objects.exists()
    assert f"{entry.printed}: đang xem xét" in words(
        officer.post(f"{here}xem-xet/", ORDER, follow=True)
    )
    again = officer.post(f"{here}xem-xet/", ORDER)
    assert (again.status_code, "đang được xem xét rồi" in words(again)) == (422, True)
    asked = f"/tra-cuu/?so-hieu={entry.serial}&ma={entry.verification_code}"
    assert "Đang xem xét" in words(browse_as("van-thu").get(asked))
    for state, there in (("xem-xet", True), ("con", False)):
        listed = words(registrar.get(f"/giao-vu/chung-chi/?tt={state}"))
        assert (f"{entry.printed}</a></td>" in listed) is there
    told = ORDER | {"shown": shown(registrar, f"{here}giu-nguyen/")}
    page = words(registrar.post(f"{here}giu-nguyen/", told, follow=True))
    assert "giữ nguyên hiệu lực" in page
    assert "hết xem xét lúc" in page
    assert page.count("ghi giữ nguyên theo Quyết định số 9 (giả định)") == 1
    assert "Hợp lệ" in words(browse_as("van-thu").get(asked))
    nothing = registrar.post(f"{here}giu-nguyen/", told)
    assert (nothing.status_code, "không có việc nào" in words(nothing)) == (409, True)


def test_its_holder_reads_that_it_is_examined(certified_portal, entry, here, browse_as):
    now = datetime.now(UTC)
    act(add_user, "quan-tri", "hoc-vien", [Role.TRAINEE], now=now, person=entry.person_id)
    holder = browse_as("hoc-vien")
    assert "còn hiệu lực" in words(holder.get("/hoc-vien/"))
    browse_as("van-thu").post(f"{here}xem-xet/", ORDER)
    page = words(holder.get("/hoc-vien/"))
    assert "đang xem xét" in page
    assert "còn hiệu lực" not in page
    assert certified_portal.code


def test_a_fact_that_came_up_meanwhile_is_not_confirmed_unseen(
    certified_portal, entry, here, browse_as
):
    registrar = browse_as("van-thu")
    suspect(certified_portal)
    old = shown(registrar, f"{here}giu-nguyen/")
    now = datetime.now(UTC)
    act(correct, "giao-vu", entry.person, "Căn cứ giả định", full_name="Nguyễn Mới", now=now)
    for where, told in (("giu-nguyen/", ORDER), ("da-xem/", {"note": "Đã xem"})):
        answer = registrar.post(f"{here}{where}", told | {"shown": old})
        assert answer.status_code == 422
        assert "đã thay đổi; xem lại rồi ghi" in words(answer)
    assert not entry.reviews.exists()


def test_who_has_looked_is_named_and_the_task_stays(certified_portal, here, browse_as):
    suspect(certified_portal)
    officer = browse_as("giao-vu")
    note = {"note": "Đã trình hội đồng", "shown": shown(officer, f"{here}da-xem/")}
    page = words(officer.post(f"{here}da-xem/", note, follow=True))
    assert "giao-vu đã xem: Đã trình hội đồng" in page
    assert "(đã xem: giao-vu)" in words(officer.get("/giao-vu/chung-chi/"))
    page = words(officer.post(f"{here}da-xem/", note | {"note": "Xem lần nữa"}, follow=True))
    assert "lời đã ghi giữ nguyên" in page
    assert "Đã ghi:" not in page
    assert "Xem lần nữa" not in page


def test_the_table_tells_who_does_what(certified_portal, here, browse_as):
    suspect(certified_portal)
    for name, allowed in (
        ("giao-vu", {"da-xem/", "xem-xet/"}),
        ("van-thu", {"da-xem/", *DEEDS}),
        ("kiem-toan", set()),
        ("hoi-dong-1", set()),
    ):
        client = browse_as(name)
        opened = {one for one in ("da-xem/", *DEEDS) if client.get(here + one).status_code == 200}
        assert opened == allowed, name
        links = set(re.findall(rf'href="{here}([a-z-]+/)"', words(client.get(here)))) - {"tep/"}
        assert links == allowed, name


@pytest.fixture
def strict(certified_portal, entry):  # noqa: ARG001 - read before the centre is opened anew
    """The same where the centre wants two factors of those who decide."""
    stated = certified_portal.centre.folder / SETTINGS
    text = stated.read_text("utf-8").replace("second_factor = false", "second_factor = true")
    stated.write_text(text, "utf-8")
    behind_the_portal(open_sitting(open_centre(certified_portal.centre.folder), CODE))


@pytest.mark.usefixtures("strict")
def test_where_two_factors_are_wanted_each_deed_asks_again_who_it_is(here, browse_as):
    TOTP.activate(the_user("van-thu"), generate_totp_secret())
    client = browse_as("van-thu")
    assert client.get(here).status_code == 200
    sent = {"xem-xet/": ORDER, "giu-nguyen/": ORDER, "cap-lai/": ORDER,
            "thu-hoi/": {"ground": "gian-lan", "detail": "Quyết định số 1"}}  # fmt: skip
    for deed in DEEDS:
        for answer in (client.get(here + deed), client.post(here + deed, sent[deed])):
            assert answer.status_code == 302, deed
            assert answer["Location"].partition("?")[0] == "/xac-thuc/lai/"
    assert not Suspension.objects.exists()
    assert not Revocation.objects.exists()
    assert Entry.objects.count() == 1
