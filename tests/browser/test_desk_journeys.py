"""Whole ways through the served house: an officer from Excel to certificates, a trainee to lessons.

Officers go without JavaScript: every form of theirs works so. The worker is a process of its own.
"""

import io
import re
from datetime import UTC, datetime

import openpyxl
import pytest
from browser.accessibility import findings
from django.db import transaction
from exam_room import open_centre_now
from house import served
from playwright.sync_api import expect
from sittings import CODE, SAMPLE, mark_essays, people, reopen, who

from centre.accounts.invitations import admit, choose_password
from centre.database import open_centre
from centre.decisions.board import sign_sheet
from centre.decisions.models import BoardSheet
from centre.demo_accounts import PASSWORD
from centre.learning.progress import the_lessons
from centre.sittings.models import ReceiptRecord
from centre.sittings.sitting import open_sitting

pytestmark = pytest.mark.proof

HERE = f"giao-vu/ky-thi/{CODE}/"
OWN = "mot-cau-dai-de-nho"
PATIENCE = 60_000
LIGHT = 1_500_000  # bytes of a lesson, compressed, besides the messages of its widgets


@pytest.fixture(scope="module")
def place(graded_folder, tmp_path_factory):
    """A served centre whose papers are in and whose essays are marked, but nothing is decided."""
    where = tmp_path_factory.mktemp("hanh-trinh")
    sitting = reopen(graded_folder, where / "trung-tam")
    for marker in ("GK1", "GK2"):
        mark_essays(sitting, marker)
    with served(sitting.centre.folder, where) as made:
        yield made


def sign_in(place, page, name, password):
    """Sign in as people do."""
    page.goto(place.url("dang-nhap/"))
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").first.click()
    page.get_by_role("link", name="Đăng xuất").wait_for(state="attached")


@pytest.fixture
def window_of(chromium, place):
    """Open a window and sign in with a password."""
    opened = []

    def enter(name, password=PASSWORD, **options):
        context = chromium.new_context(
            **{"viewport": {"width": 1200, "height": 900}, "locale": "vi-VN", **options}
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        sign_in(place, page, name, password)
        return page

    yield enter
    for context in opened:
        context.close()


def sound(page):
    """Hold that a page is usable by everybody and no wider than its window."""
    assert [one for one in findings(page) if one[1] in {"serious", "critical"}] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def with_a_slip():
    """The sample roster with one number written wrongly."""
    book = openpyxl.load_workbook(SAMPLE / "danh-sach-hoc-vien.xlsx")
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "CIO26-010":
                cell.value = "CIO/26?010"
    content = io.BytesIO()
    book.save(content)
    return {
        "name": "danh-sach.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": content.getvalue(),
    }


def ended(page, place):
    """Look at the jobs until none is under way, and return what stands there of the last."""
    for _ in range(60):
        page.goto(place.url("giao-vu/viec-nen/"))
        if not page.get_by_role("button", name=re.compile("Dừng việc")).count():
            return page.locator("tbody tr").first.inner_text()
        page.wait_for_timeout(1000)
    raise AssertionError("the job has not ended")


def test_an_officer_goes_from_excel_to_certificates_and_a_trainee_takes_theirs(
    place, window_of, chromium
):
    officer = window_of("giao-vu", java_script_enabled=False)
    officer.goto(place.url(HERE))
    officer.get_by_role("link", name="Nhập danh sách").click()
    officer.get_by_label("Danh sách học viên").set_input_files(with_a_slip())
    officer.get_by_role("button", name="Tải lên và kiểm tra").click()
    officer.get_by_label(re.compile("Dòng .* cột")).fill("CIO26-010")
    officer.get_by_role("button", name="Sửa và kiểm tra lại").click()
    officer.get_by_role("button", name="Nhập danh sách vào kỳ thi").click()
    expect(officer.get_by_role("status")).to_contain_text("Nhập mới")
    assert "xong" in ended(officer, place)
    officer.goto(place.url(HERE))
    officer.get_by_role("button", name="Chấm bài đã thu").click()
    assert "xong" in ended(officer, place)
    officer.goto(place.url(f"{HERE}ket-qua/"))
    officer.get_by_role("link", name="Quyết định kết quả").click()
    officer.get_by_role("button", name="Quyết định").click()
    officer.get_by_role("link", name="Trình hội đồng").click()
    officer.get_by_label("Số, ngày nghị quyết").fill("Biên bản giả định số 01")
    officer.get_by_role("button", name="Lập bảng").click()
    expect(officer.get_by_text("0/2 chữ ký")).to_be_visible()
    candidate = signed(place)
    registrar = window_of("van-thu", java_script_enabled=False)
    registrar.goto(place.url(HERE))
    registrar.get_by_role("button", name="Cấp chứng chỉ").click()
    assert "xong" in ended(registrar, place)
    registrar.goto(place.url("giao-vu/chung-chi/"))
    expect(registrar.get_by_role("link", name=re.compile("CIO-2026-"))).not_to_have_count(0)
    officer.goto(place.url(f"{HERE}moi/"))
    officer.get_by_role("button", name="Tạo phiếu mời").click()
    slip = officer.get_by_role("region", name=f"Phiếu của {candidate}")
    link = slip.locator(".link").inner_text()
    takes_theirs(chromium, window_of, candidate, link)


def signed(place):
    """Two of the board sign; the number of somebody who passed."""
    centre = open_centre(place.folder)
    sheet = BoardSheet.objects.latest("pk")
    for member in ("hoi-dong-1", "hoi-dong-2"):
        with transaction.atomic():
            sign_sheet(who(member), sheet, sheet.digest, now=datetime.now(UTC))
    assert centre.folder == place.folder
    found = sheet.sitting.enrolments.filter(decisions__status="PASS").order_by("candidate")
    return found[0].candidate


def takes_theirs(chromium, window_of, candidate, link):
    """Choose a password by the link, sign in, read the result, fetch the certificate."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Mật khẩu mới").fill(OWN)
    page.get_by_label("Nhập lại mật khẩu").fill(OWN)
    page.get_by_role("button", name="Đặt mật khẩu").click()
    context.close()
    trainee = window_of(candidate, OWN)
    trainee.get_by_role("link", name="Chương trình của tôi").first.click()
    expect(trainee.get_by_text("Đạt", exact=True)).to_be_visible()
    with trainee.expect_download() as fetched:
        trainee.get_by_role("link", name=re.compile("Tải bản gốc")).click()
    assert fetched.value.path().read_bytes().startswith(b"%PDF")


def test_a_trainee_goes_from_the_desk_to_a_lesson_and_back_with_the_keyboard_alone(
    place, window_of
):
    page = window_of(demo_trainee(place))
    page.goto(place.url("hoc-vien/"))
    focus(page, page.get_by_role("link", name=re.compile("Bắt đầu học|Học tiếp")))
    page.keyboard.press("Enter")
    box = page.locator("fieldset.cio-question").first
    box.wait_for()
    radio = box.get_by_role("radio").first
    focus(page, radio)
    page.keyboard.press("Space")
    answer = box.get_by_role("button", name="Trả lời")
    focus(page, answer)
    page.keyboard.press("Enter")
    expect(box.locator(".status")).to_contain_text("Đã lưu")
    page.goto(place.url("hoc-vien/bai-hoc/"))
    expect(page.locator("tbody tr").first).to_contain_text("1/")


def test_a_lesson_is_light_on_the_line_and_no_wider_than_a_telephone(place, window_of):
    page = window_of(demo_trainee(place), viewport={"width": 390, "height": 844})
    line, weights, answers = page.context.new_cdp_session(page), [], []
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    opened = "Network.webSocketHandshakeResponseReceived"
    line.on(opened, lambda told: answers.append(str(told["response"]["headers"])))
    page.goto(place.url(f"hoc/bai/{the_lessons()[0].path.stem}"))
    page.locator("fieldset.cio-question").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert sum(weights) <= LIGHT
    assert all("permessage-deflate" in told for told in answers)
    assert answers
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_trainee_goes_from_the_desk_to_a_paper_and_back_to_its_receipt_on_a_telephone(
    chromium, tmp_path
):
    sitting = open_centre_now(tmp_path / "trung-tam", people(1))
    with served(sitting.centre.folder, tmp_path) as made:
        context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        sign_in(made, page, sitting.enrolments()[0].candidate, PASSWORD)
        page.goto(made.url("hoc-vien/"))
        page.get_by_role("link", name=re.compile("Vào phòng thi Bài thi giả định CAP")).click()
        page.get_by_role("button", name="Bắt đầu làm bài").click()
        box = page.locator("fieldset.cio-question").first
        box.get_by_role("textbox").first.fill("Kính trình. Đề nghị cho chủ trương.")
        expect(box.locator(".status")).to_contain_text("Đã lưu")
        page.get_by_role("button", name="Nộp bài").click()
        page.get_by_role("button", name=re.compile("Nộp ngay|Vẫn nộp")).click()
        expect(page.get_by_role("link", name="Xem và in biên nhận")).to_be_visible()
        page.goto(made.url("hoc-vien/"))
        sound(page)
        row = page.locator("tbody tr").filter(has_text="CAP")
        expect(row).to_contain_text("đã nộp")
        row.get_by_role("link").last.click()
        expect(page.locator("code.digest")).to_have_text(ReceiptRecord.objects.get().sha256)
        context.close()


def focus(page, target):
    """Go to a part of the page with the Tab key."""
    target.wait_for()
    for _ in range(120):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError("the keyboard does not lead there")


def demo_trainee(place):
    """A trainee who has chosen a password."""
    one = open_sitting(open_centre(place.folder), CODE).enrolments()[1]
    with transaction.atomic():
        user = admit(who("giao-vu"), one.candidate, one.person_id, now=datetime.now(UTC))
    choose_password(user, PASSWORD)
    return user.username


@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize("name", ["giao-vu", "van-thu", "kiem-toan", "trainee"])
def test_every_page_of_a_desk_is_usable_by_everybody(place, window_of, name, width):
    who_ = demo_trainee(place) if name == "trainee" else name
    page = window_of(who_, viewport={"width": width, "height": 844})
    for where in PAGES[name]:
        answer = page.goto(place.url(where))
        assert answer.status == 200, where
        sound(page)


PAGES = {
    "giao-vu": (
        "giao-vu/ky-thi/",
        "giao-vu/ky-thi/tao/",
        HERE,
        f"{HERE}danh-sach/",
        f"{HERE}ket-qua/",
        f"{HERE}quyet-dinh/",
        f"{HERE}trinh-hoi-dong/",
        f"{HERE}moi/",
        "giao-vu/nguoi-hoc/",
        "giao-vu/nguoi-hoc/P000001/",
        "giao-vu/nguoi-hoc/P000001/dinh-chinh/",
        "giao-vu/chung-chi/",
        "giao-vu/viec-nen/",
    ),
    "van-thu": ("giao-vu/ky-thi/", HERE, "giao-vu/chung-chi/", "giao-vu/viec-nen/"),
    "kiem-toan": ("giao-vu/so-nhat-ky/", "giao-vu/so-nhat-ky/?since=xyz", "giao-vu/chung-chi/"),
    "trainee": ("hoc-vien/", "hoc-vien/bai-hoc/", "hoc-vien/thuat-ngu/", "hoc-vien/du-lieu/"),
}


def test_the_roster_with_errors_and_the_slips_are_usable_by_everybody(place, window_of):
    page = window_of("giao-vu", viewport={"width": 390, "height": 844})
    page.goto(place.url(f"{HERE}danh-sach/"))
    page.get_by_label("Danh sách học viên").set_input_files(with_a_slip())
    page.get_by_role("button", name="Tải lên và kiểm tra").click()
    expect(page.get_by_role("heading", name="Xem trước danh sách")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Bỏ, không nhập").click()
    page.goto(place.url(f"{HERE}moi/"))
    page.get_by_role("button", name="Tạo phiếu mời").click()
    expect(page.get_by_role("heading", name="Phiếu mời đăng nhập")).to_be_visible()
    sound(page)
