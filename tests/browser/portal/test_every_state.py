"""Pages in their states: nothing that axe finds serious, as wide as a desk, a phone and a sheet."""

from datetime import date, timedelta

import pytest
from browser.portal.people import NARROW, WIDE
from django.db.models import QuerySet
from django.utils import timezone
from learners import NAME, forget
from playwright.sync_api import expect
from sittings import CODE, DECIDED_ON, MARKED_ON, act, ids, reopen, single

from centre.accounts.users import actor_of, the_user
from centre.decisions.answer_keys import propose_key
from centre.decisions.cases import close_case, open_case
from centre.demo_accounts import demo_accounts
from centre.learning.models import PlannedAction
from centre.ledger.guard import writing
from centre.register.models import Entry
from courses.review import INTERVAL

pytestmark = pytest.mark.proof

PAPER = {"width": 718, "height": 1000}  # px: A4 between margins of 1 cm


@pytest.fixture
def looked(sound):
    """Hold that a page is one that everybody can use: on a desk, on a telephone, on paper."""

    def look(page):
        sound(page)
        page.set_viewport_size(NARROW)
        sound(page)
        page.set_viewport_size(PAPER)
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        expect(page.locator("header.frame")).to_be_hidden()
        page.emulate_media(media="screen")
        page.set_viewport_size(WIDE)

    return look


@pytest.fixture
def enter(window):
    """A page of somebody who signed in."""

    def come(live, name):
        window.clear_cookies()
        live.enter(window, name)
        page = window.new_page()
        page.set_viewport_size(WIDE)
        return page

    return come


@pytest.fixture
def decided_live(decided_folder, tmp_path, portal_of):
    """The portal of a decided sitting, whose trainees can sign in."""
    sitting = reopen(decided_folder, tmp_path / "trung-tam")
    demo_accounts(sitting.centre, DECIDED_ON)
    return portal_of(sitting)


@pytest.fixture
def trainee(decided_live):
    """One of the candidates."""
    return actor_of(the_user(ids(decided_live.sitting)["all right"]))


def send(page, button):
    """Send a form whatever the browser thinks of it, for the server to say what is wrong."""
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    page.locator("main").get_by_role("button", name=button, exact=True).click()


def test_a_lesson_and_my_notes(decided_live, trainee, enter, looked):
    page = enter(decided_live, trainee.id)
    here = f"{decided_live.url}/hoc-vien/bai-hoc/"
    page.goto(here)
    looked(page)
    page.goto(f"{here}{NAME}/")
    looked(page)
    older = page.context.new_page()
    older.goto(f"{here}{NAME}/")
    page.get_by_label("Nội dung").fill("Rà trang căn cứ.\n" + "Hỏi-phòng-kế-hoạch " * 40)
    send(page, "Lưu ghi chú")
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu ghi chú")
    forget(trainee, timezone.now())
    page.reload()
    expect(page.get_by_text("(đang dừng ở đây)")).to_be_visible()
    looked(page)
    older.get_by_label("Nội dung").fill("bản khác")
    send(older, "Lưu ghi chú")
    expect(older.get_by_text("Bản đang lưu")).to_be_visible()
    looked(older)
    page.goto(f"{here}{NAME}/ban-in/")
    looked(page)


def test_my_plan(decided_live, trainee, enter, looked):
    page = enter(decided_live, trainee.id)
    page.goto(f"{decided_live.url}/hoc-vien/ke-hoach/")
    looked(page)
    send(page, "Ghi vào kế hoạch")
    expect(page.get_by_role("alert")).to_be_visible()
    looked(page)
    for words in ("Rà trang căn cứ của đề án", "Lập danh mục dữ liệu dùng chung"):
        page.get_by_label("Việc sẽ làm ở cơ quan").fill(words)
        page.get_by_label("Hạn").fill(f"{timezone.localdate() + timedelta(days=9):%d/%m/%Y}")
        send(page, "Ghi vào kế hoạch")
    with writing():
        QuerySet(PlannedAction).filter(what__startswith="Lập").update(due_on=date(2026, 1, 1))
    page.get_by_role("link", name="Ghi là đã xong").first.click()
    looked(page)
    send(page, "Đã xong")
    expect(page.get_by_text("quá hạn")).to_be_visible()
    looked(page)


def test_what_comes_back_and_the_test_before_the_course(decided_live, trainee, enter, looked):
    page = enter(decided_live, trainee.id)
    here = f"{decided_live.url}/hoc-vien/on-tap/"
    page.goto(here)
    looked(page)
    forget(trainee, timezone.now() - 2 * INTERVAL)
    page.goto(here)
    looked(page)
    send(page, "Trả lời")
    expect(page.get_by_role("alert")).to_be_visible()
    looked(page)
    page.locator("main :is([type=radio], [type=checkbox])").first.check()
    send(page, "Trả lời")
    expect(page.get_by_role("heading", name="Phản hồi", exact=True)).to_be_visible()
    looked(page)
    page.goto(here)
    looked(page)
    page.goto(f"{decided_live.url}/hoc-vien/dau-vao/")
    looked(page)
    while page.get_by_role("button", name="Lưu phần này").count():
        page.get_by_role("button", name="Lưu phần này").click()
    looked(page)
    page.goto(f"{decided_live.url}/hoc-vien/")
    looked(page)


def test_the_correction_of_a_key(decided_live, enter, looked):
    here = f"{decided_live.url}/ban-cham/{CODE}/dap-an/"
    page = enter(decided_live, "giao-vu")
    page.goto(here)
    looked(page)
    page.goto(f"{here}de-xuat/")
    looked(page)
    for address in asked_for_each_kind(decided_live.sitting):
        page.goto(f"{here}de-xuat/{address}")
        looked(page)
    item, key = single(decided_live.sitting)
    page.goto(f"{here}de-xuat/?cau={item}")
    page.get_by_label(key, exact=True).check()
    send(page, "Xem trước ai đổi kết quả")
    looked(page)
    send(page, "Đề xuất")
    looked(page)
    page.locator("[name=ground]").fill("Công văn giả định số 1")
    send(page, "Đề xuất")
    looked(page)
    lead = enter(decided_live, "truong-cham")
    lead.goto(f"{decided_live.url}/ban-cham/{CODE}/")
    looked(lead)
    lead.get_by_role("link", name="Xem và duyệt").click()
    looked(lead)
    send(lead, "Ghi ý kiến")
    looked(lead)
    lead.get_by_label("Chấp nhận và tính lại cả lô").check()
    send(lead, "Ghi ý kiến")
    looked(lead)
    lead.goto(here)
    looked(lead)


def asked_for_each_kind(sitting):
    """The address of one item of each kind of question."""
    kinds = {i.variants[0].question.kind: i for f in sitting.forms().values() for i in f.items}
    return [f"?cau={item.id}" for item in kinds.values()]


def test_a_key_proposed_by_who_looks_at_it(decided_live, enter, looked):
    item, key = single(decided_live.sitting)
    row = act(propose_key, "truong-cham", decided_live.sitting, item, key, "CV 1", now=MARKED_ON)
    page = enter(decided_live, "truong-cham")
    page.goto(f"{decided_live.url}/ban-cham/{CODE}/dap-an/{row.pk}/")
    looked(page)


def test_cases_of_misconduct(decided_live, enter, looked):
    here, sitting = f"{decided_live.url}/hoi-dong/vu-viec/", decided_live.sitting
    page = enter(decided_live, "giao-vu")
    page.goto(here)
    looked(page)
    page.goto(f"{here}mo/")
    looked(page)
    send(page, "Mở vụ việc")
    looked(page)
    best, other = ids(sitting)["all right"], ids(sitting)["partial"]
    now = timezone.now()
    for one in (best, other):
        act(open_case, "giao-vu", sitting, one, "Có người khác làm bài thay. " * 12, now=now)
    said = {"upheld": False, "authority": "Kết luận số 5", "now": now}
    act(close_case, "hoi-dong-1", sitting, other, "Đã xác minh", **said)
    page.goto(here)
    looked(page)
    page.get_by_role("cell").get_by_role("link").first.click()
    looked(page)
    member = enter(decided_live, "hoi-dong-1")
    member.goto(page.url)
    looked(member)
    send(member, "Ghi kết luận")
    looked(member)
    member.get_by_label("Có vi phạm", exact=True).check()
    member.get_by_label("Văn bản của người có thẩm quyền").fill("Kết luận số 6/KL-HĐ")
    member.get_by_label("Nội dung kết luận").fill("Đã xác minh.")
    send(member, "Ghi kết luận")
    looked(member)


def test_what_becomes_of_a_certificate(live, enter, looked):
    entry, now = Entry.objects.get(), timezone.now()
    here = f"{live.url}/giao-vu/chung-chi/{entry.pk}/"
    page = enter(live, "van-thu")
    page.goto(here)
    looked(page)
    best = ids(live.sitting)["all right"]
    act(open_case, "giao-vu", live.sitting, best, "tình huống giả định", now=now)
    page.goto(f"{live.url}/giao-vu/chung-chi/")
    looked(page)
    for deed, button in (("da-xem/", "Ghi đã xem"), ("xem-xet/", "Đưa vào diện xem xét"),
                         ("giu-nguyen/", "Giữ nguyên chứng chỉ")):  # fmt: skip
        page.goto(f"{here}{deed}")
        looked(page)
        send(page, button)
        expect(page.get_by_role("alert")).to_be_visible()
        looked(page)
        for box in page.locator("main [type=text], main textarea").all():
            box.fill("Quyết định số 9/QĐ (giả định)")
        send(page, button)
        expect(page.get_by_role("status").first).to_contain_text(entry.printed)
        looked(page)
        page.goto(f"{live.url}/tra-cuu/?so-hieu={entry.serial}&ma={entry.verification_code}")
        looked(page)
    for deed in ("cap-lai/", "thu-hoi/"):
        page.goto(f"{here}{deed}")
        looked(page)
