"""A paper from the waiting room to the receipt, with the examiner's side at work."""

import re
import shutil
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction
from playwright.sync_api import expect

from assessments.handing_in.work import digest_of_work, read_receipt
from centre.database import disconnect, open_centre
from centre.desk.rehearsal import rehearse
from centre.desk.serving import prepare_desk
from centre.sittings.deliver import deliver, lay_out, work_folder
from centre.sittings.watch import watch

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def begun(server, tmp_path_factory):
    """A rehearsal that was begun three hours ago; never changed."""
    centre = open_centre(server.sitting.centre.folder)
    _, sitting = rehearse(centre, datetime.now(UTC) - timedelta(hours=3))
    disconnect()
    return shutil.copytree(sitting.centre.folder, tmp_path_factory.mktemp("mau") / "thi-thu")


@pytest.fixture
def room(server, begun):
    """A paper of a rehearsal inside the served folder: who keeps it, sitting, folder and form."""
    centre = open_centre(server.sitting.centre.folder)
    shutil.rmtree(centre.folder / "rehearsal", ignore_errors=True)
    shutil.copytree(begun, centre.folder / "rehearsal")
    keeper, sitting = rehearse(centre, datetime.now(UTC))
    desk = prepare_desk(sitting)
    candidate = sitting.enrolments()[0].candidate
    form = sitting.form_of(candidate, "KT", sitting.forms())
    place = server.root / "thi-thu"
    if not place.exists():
        place.symlink_to(desk, target_is_directory=True)
    return keeper, sitting, work_folder(sitting, candidate, form.code), form


@pytest.fixture
def invigilator(room):
    """The examiner's side, answering requests."""
    over = threading.Event()

    def keep():
        watch(*room[:2], lambda _event: None, over.is_set)
        connections.close_all()

    thread = threading.Thread(target=keep)
    thread.start()
    yield
    over.set()
    thread.join()


def start(room, at):
    """Start the paper at a time."""
    keeper, sitting, folder, form = room
    with transaction.atomic():
        delivery = deliver(keeper, sitting, folder.parent.name, form, now=at)
    lay_out(sitting, delivery, form)


def address(server, room):
    form = room[-1]
    return server.url("voila/render", f"thi-thu/{form.code}/{written_part(form)}.ipynb")


def written_part(form):
    """The competency whose notebook asks for an essay."""
    return next(one.competency for one in form.items if one.rubric)


@pytest.mark.usefixtures("invigilator")
def test_a_paper_is_started_answered_flagged_handed_in_and_receipted(page, server, room):
    _, _, folder, form = room
    page.goto(address(server, room))
    start = page.get_by_role("button", name="Bắt đầu làm bài")
    expect(start).to_be_visible()
    expect(page.locator("fieldset.cio-question")).to_have_count(0)
    start.click()
    expect(page.locator("fieldset.cio-question")).to_have_count(len(form.of(written_part(form))))
    expect(page.locator(".cio-clock")).to_have_text(re.compile(r"Còn lại 0\d:\d\d:\d\d"))

    total = len(form.items)  # of the whole paper, whichever part is open
    summary = page.locator(".cio-panel > p").first
    expect(summary).to_contain_text(f"Đã trả lời 0/{total} câu")
    essay = page.locator("textarea").first
    essay.fill("Đề nghị cách ly hệ thống rồi báo cáo.")
    expect(summary).to_contain_text(f"Đã trả lời 1/{total} câu")
    page.get_by_label("Câu 2: xem lại").check()
    expect(summary).to_contain_text("đánh dấu xem lại 1")

    page.get_by_role("button", name="Nộp bài", exact=True).click()
    expect(page.locator(".sure")).to_contain_text(f"Còn {total - 1} câu chưa trả lời")
    page.get_by_role("button", name="Nộp ngay").click()
    expect(page.locator(".handed")).to_contain_text("ĐÃ NỘP lúc")
    receipt = read_receipt(folder)
    assert receipt.sha256 == digest_of_work(folder)
    code = receipt.sha256[:4].upper()
    expect(page.locator(".handed")).to_contain_text(f"Mã biên nhận: {code}")

    page.reload()
    expect(page.locator(".handed")).to_contain_text("ĐÃ NỘP lúc")
    expect(page.locator(".cio-panel > p").first).to_contain_text("đánh dấu xem lại 1")


def test_without_the_examiners_side_the_page_says_that_nothing_was_handed_in(page, server, room):
    start(room, datetime.now(UTC))
    page.goto(address(server, room))
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    page.get_by_role("button", name="Nộp ngay").click()
    expect(page.locator(".handed")).to_contain_text("CHƯA NỘP ĐƯỢC")


@pytest.mark.usefixtures("invigilator")
def test_when_the_time_runs_out_what_was_saved_is_handed_in_and_the_page_is_closed(
    page, server, room
):
    _, _, folder, form = room
    left = timedelta(seconds=25)
    begun_at = datetime.now(UTC) - timedelta(minutes=form.minutes) + left
    start(room, begun_at)
    page.goto(address(server, room))
    essay = page.locator("textarea").first
    essay.fill("Kịp viết một câu.")
    expect(page.locator(".cio-panel > p").first).to_contain_text("Đã trả lời 1/")
    expect(page.locator(".cio-clock")).to_have_text("Đã hết giờ", timeout=60_000)
    expect(page.locator(".handed")).to_contain_text("ĐÃ NỘP lúc")
    expect(essay).to_be_disabled()
    assert read_receipt(folder).sha256 == digest_of_work(folder)
