"""Sitting a paper in the portal as people do: real workers, real browsers, lines that break."""

import os
import re
import resource
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser.accessibility import findings
from browser.every_kind import ESSAY, IDS, right_answers
from browser.hands import by_keyboard, by_mouse
from browser.keyboard import Keyboard
from django.contrib.sessions.models import Session
from exam_room import (
    PASSWORD,
    add_every_kind,
    end_time,
    free_port,
    open_centre_now,
    serving,
    session_of,
)
from playwright.sync_api import expect
from sittings import act, people

from assessments.bank.item import mark
from assessments.handing_in.answers import read_answers
from assessments.handing_in.work import digest_of_work
from centre.database import disconnect, open_centre
from centre.portal.serving import configure
from centre.sittings.answering import the_paper
from centre.sittings.conduct import pause, resume
from centre.sittings.models import ReceiptRecord
from centre.sittings.sitting import open_sitting

COMPETENCY = "KT1"
SAVED = re.compile(r"^Đã lưu lúc \d\d:\d\d:\d\d$")


@dataclass
class Hall:
    """A portal at work over a sitting with a paper of every kind; each test has its candidate."""

    folder: object
    code: str
    form: object
    port: int
    candidates: list
    process: object = None

    @property
    def url(self):
        """Where the portal answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def sitting(self):
        """The sitting, in this process."""
        return open_sitting(open_centre(self.folder), self.code)


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """The hall, its portal run by gunicorn with two workers."""
    folder = tmp_path_factory.mktemp("phong-thi") / "trung-tam"
    sitting = open_centre_now(folder, people(16))
    form = add_every_kind(sitting)
    names = [one.candidate for one in sitting.enrolments()]
    made = Hall(folder, sitting.code, form, free_port(), names)
    disconnect()
    with serving(sitting.centre, made.port) as (_, process):
        made.process = process
        yield made


@dataclass
class Sitter:
    """One candidate in a browser window."""

    hall: Hall
    candidate: str
    context: object
    page: object

    @property
    def address(self):
        """The paper's page."""
        return f"{self.hall.url}/thi/{self.hall.code}/ML/"

    def open(self, page=None):
        """Open the paper, started when it was not."""
        page = page or self.page
        page.goto(self.address)
        start = page.get_by_role("button", name="Bắt đầu làm bài")
        if start.count():
            start.click()
        expect(page.locator("fieldset.cio-question")).to_have_count(len(IDS))
        return page

    def box(self, kind, page=None):
        """One question."""
        return (page or self.page).locator(f'fieldset[data-question="{IDS[kind]}"]')

    def saved(self, kind, page=None):
        """Wait until a question says that it is saved."""
        expect(self.box(kind, page).locator(".status")).to_have_text(SAVED)

    @property
    def paper(self):
        """The paper, as the records have it."""
        sitting = self.hall.sitting
        return the_paper(sitting.enrolment(self.candidate).person_id, sitting.code, "ML")

    @property
    def answers(self):
        """What the answers file holds."""
        form = self.hall.form
        return read_answers(self.paper.folder, COMPETENCY, form.digest)

    @property
    def submitted(self):
        """The folder that nbgrader takes."""
        return self.hall.sitting.course.path("submitted", self.candidate, self.hall.form.code)

    def hand_in(self):
        """Hand in by the page's own buttons."""
        self.page.locator("#hand-in").click()
        self.page.locator("#sure button").first.click()
        expect(self.page.locator("#standing")).to_contain_text("Đã nộp bài lúc")


@pytest.fixture
def window(chromium):
    """Makes windows; all are closed after the test."""
    made = []

    def make(**options):
        context = chromium.new_context(
            **{"viewport": {"width": 1200, "height": 900}, "locale": "vi-VN", **options}
        )
        context.set_default_timeout(30_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def sit(hall, window):
    """Seats the next candidate, signed in."""

    def seat(**options):
        candidate = hall.candidates.pop(0)
        context = window(**options)
        context.on("page", lambda page: page.on("dialog", lambda dialog: dialog.accept()))
        enter(hall, context, candidate)
        return Sitter(hall, candidate, context, context.new_page())

    return seat


def enter(hall, context, name):
    configure(open_centre(hall.folder))
    context.add_cookies([{"name": "sessionid", "value": session_of(name), "url": hall.url}])


def marks(sitter):
    answers, form = sitter.answers, sitter.hall.form
    given = {kind: mark(form.item(id_).variant(0), answers.get(id_)) for kind, id_ in IDS.items()}
    return {kind: (one.points, one.state) for kind, one in given.items()}


def sound(page):
    """Nothing that axe finds wrong, no console error, no page wider than its window."""
    assert [one for one in findings(page) if one[1] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.proof
def test_every_kind_is_asked_judged_and_kept_as_in_a_notebook(sit):
    sitter = sit()
    strange = []
    sitter.page.on("console", lambda m: strange.append(m.text) if m.type == "error" else None)
    sitter.page.on("pageerror", lambda error: strange.append(str(error)))
    sitter.open()
    wanted = right_answers(sitter.hall.form)
    for kind, answer in wanted.items():
        by_mouse(sitter.box(kind), kind, answer)
        sitter.saved(kind)
    assert sitter.answers == {IDS[kind]: answer for kind, answer in wanted.items()}
    assert marks(sitter) == {**dict.fromkeys(IDS, (2, "correct")), "essay": (0, "unjudged")}
    sitter.open()
    for kind in wanted:
        sitter.saved(kind)
    sitter.hand_in()
    expect(sitter.box("essay").locator("textarea")).to_be_disabled()
    assert ReceiptRecord.objects.latest("pk").sha256 == digest_of_work(sitter.submitted)
    assert strange == []


def test_a_paper_is_sat_with_the_keyboard_alone_from_signing_in_to_the_receipt(hall, window):
    candidate, context = hall.candidates.pop(0), window()
    page = context.new_page()
    sitter, keys = Sitter(hall, candidate, context, page), Keyboard(page)
    page.goto(sitter.address)
    keys.reach(page.locator("input[name=login]"))
    keys.type(candidate)
    keys.reach(page.locator("input[type=password]"))
    keys.type(PASSWORD)
    keys.press("Enter")
    page.locator("#start").wait_for()
    keys.reach(page.locator("#start"))
    keys.press("Enter")
    expect(page.locator("fieldset.cio-question")).to_have_count(len(IDS))
    wanted = right_answers(hall.form)
    for kind, answer in wanted.items():
        by_keyboard(keys, sitter.box(kind), kind, answer)
        sitter.saved(kind)
    keys.reach(page.locator("#hand-in"))
    keys.press("Enter", "Enter")
    expect(page.locator("#standing")).to_contain_text("Đã nộp bài lúc")
    assert page.locator("#standing").evaluate("node => node === document.activeElement")
    assert sitter.answers == {IDS[kind]: answer for kind, answer in wanted.items()}


def test_on_a_telephone_each_state_fits_and_is_sound(sit, hall):
    sitter = sit(viewport={"width": 390, "height": 844})
    page = sitter.page
    page.goto(sitter.address)
    sound(page)
    sitter.open()
    sound(page)
    by_mouse(sitter.box("single"), "single", right_answers(hall.form)["single"])
    sitter.saved("single")
    page.locator("#hand-in").click()
    sound(page)
    page.locator("#sure button").first.click()
    expect(page.locator("#standing")).to_contain_text("Đã nộp bài")
    sound(page)
    page.goto(f"{sitter.address}bien-nhan/")
    sound(page)
    page.goto(f"{sitter.address}don-gian/")
    sound(page)


def test_without_a_script_each_question_is_saved_by_its_button(sit, hall):
    sitter = sit(java_script_enabled=False)
    page, wanted = sitter.page, right_answers(hall.form)
    page.goto(sitter.address)
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.goto(f"{sitter.address}don-gian/")

    def save(kind):
        form = page.locator(f"form#{IDS[kind]}")
        form.get_by_role("button", name="Lưu câu này").click()
        expect(page.locator(f"form#{IDS[kind]}")).to_contain_text("Đã lưu lúc")

    page.locator(f"form#{IDS['single']} input[value={wanted['single']}]").check()
    save("single")
    page.locator(f"form#{IDS['essay']} textarea").fill(ESSAY)
    save("essay")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("body")).to_contain_text("Đã nộp bài lúc")
    assert sitter.answers == {IDS[kind]: wanted[kind] for kind in ("single", "essay")}


def test_offline_answers_wait_are_counted_and_are_sent_when_the_line_is_back(sit, hall):
    sitter, wanted = sit(), right_answers(hall.form)
    page = sitter.open()
    sitter.context.set_offline(True)
    for kind in ("single", "numeric", "short"):
        by_mouse(sitter.box(kind), kind, wanted[kind])
    expect(page.locator("#sync")).to_contain_text(
        re.compile(r"CHƯA LƯU 3 câu \(lâu nhất \d+ giây\)")
    )
    expect(page.locator("#notices")).to_contain_text("Mất liên lạc")
    assert sitter.answers == {}
    page.locator("#hand-in").click()
    expect(page.locator("#sure")).to_contain_text("CÓ 3 CÂU CHƯA LƯU")
    page.get_by_role("button", name="Quay lại bài").click()
    sitter.context.set_offline(False)
    for kind in ("single", "numeric", "short"):
        sitter.saved(kind)
    expect(page.locator("#sync")).to_have_text("Mọi câu đã lưu")
    assert sitter.answers == {IDS[k]: wanted[k] for k in ("single", "numeric", "short")}


@pytest.mark.proof
def test_a_text_that_never_reached_the_server_is_there_again_after_a_reload(sit):
    sitter = sit()
    page = sitter.open()
    page.route("**/luu/", lambda route: route.abort())
    sitter.box("essay").locator("textarea").fill(ESSAY)
    expect(sitter.box("essay").locator(".status")).to_contain_text("CHƯA LƯU ĐƯỢC")
    page.unroute("**/luu/")
    sitter.open()
    sitter.saved("essay")
    assert sitter.answers == {IDS["essay"]: ESSAY}


@pytest.mark.proof
def test_steady_typing_is_saved_all_the_same(sit):
    sitter = sit()
    sitter.open()
    field, end = sitter.box("essay").locator("textarea"), time.monotonic() + 8
    field.focus()
    while time.monotonic() < end:
        sitter.page.keyboard.type("a", delay=100)
    assert sitter.answers[IDS["essay"]]


def test_a_clock_three_hours_fast_hands_nothing_in_and_locks_nothing(sit):
    for hours in (3, -4):
        sitter = sit()
        sitter.context.add_init_script(
            f"const now = Date.now; Date.now = () => now() + {hours * 3_600_000};"
        )
        page = sitter.open()
        by_mouse(sitter.box("short"), "short", "nghiệm thu")
        sitter.saved("short")
        expect(page.locator("#clock")).to_have_text(re.compile(r"Còn lại 01:(2\d|30):\d\d"))
        expect(page.locator("#standing")).to_have_text("Chưa nộp bài.")
        assert not ReceiptRecord.objects.filter(delivery=sitter.paper.delivery).exists()


@pytest.mark.proof
def test_two_windows_never_overwrite_each_other_in_silence(sit):
    sitter = sit()
    first, second = sitter.open(), sitter.context.new_page()
    sitter.open(second)
    expect(first.locator("#notices")).to_contain_text("đang mở ở một cửa sổ hoặc máy khác")
    by_mouse(sitter.box("short"), "short", "nghiệm thu")
    sitter.saved("short")
    by_mouse(sitter.box("short", second), "short", "bàn giao")
    status = sitter.box("short", second).locator(".status")
    expect(status).to_contain_text("vừa được sửa ở cửa sổ khác")
    assert sitter.answers == {IDS["short"]: "nghiệm thu"}
    sitter.box("short", second).get_by_role("button", name="Lưu bản chưa lưu của tôi").click()
    sitter.saved("short", second)
    assert sitter.answers == {IDS["short"]: "bàn giao"}


def test_a_session_that_ended_is_said_and_signing_in_again_keeps_the_page(sit, hall):
    sitter = sit()
    page = sitter.open()
    Session.objects.all().delete()
    by_mouse(sitter.box("short"), "short", "nghiệm thu")
    expect(page.locator("#notices")).to_contain_text("Phiên đăng nhập đã hết")
    assert sitter.answers == {}
    enter(hall, sitter.context, sitter.candidate)
    sitter.saved("short")
    expect(page.locator("#notices")).to_have_text("")


@pytest.mark.proof
def test_an_invigilator_gives_time_pauses_and_ends_and_the_open_page_follows(sit, hall, window):
    sitter = sit()
    page = sitter.open()
    desk = window()
    enter(hall, desk, "coi-thi")
    board = desk.new_page()
    board.goto(f"{hall.url}/coi-thi/{hall.code}/ML/")
    sound(board)
    board.get_by_label(f"Chọn {sitter.candidate}").check()
    board.get_by_label("Thêm phút").fill("45")
    board.get_by_label("Căn cứ").fill("máy hỏng giả định")
    board.get_by_role("button", name="Thêm giờ").click()
    expect(board.locator("body")).to_contain_text("Đã thêm 45 phút: 1 người")
    expect(page.locator("#clock")).to_have_text(re.compile(r"Còn lại 02:1\d:\d\d"))
    row = board.locator(f"tr[data-candidate={sitter.candidate}]")
    expect(row).to_contain_text("đang làm bài")
    sitting = sitter.hall.sitting
    act(pause, "coi-thi", sitting, "", "mất điện giả định", now=sitter.paper.delivery.started_at)
    expect(page.locator("#clock")).to_have_text("Đồng hồ đang dừng")
    expect(sitter.box("short").locator("input")).to_be_disabled()
    act(resume, "coi-thi", sitting, "", now=sitter.paper.delivery.started_at)
    expect(sitter.box("short").locator("input")).to_be_enabled()
    by_mouse(sitter.box("short"), "short", "nghiệm thu")
    sitter.saved("short")
    end_time(sitter.candidate)
    expect(page.locator("#clock")).to_have_text("Đã hết giờ")
    expect(page.locator("#standing")).to_contain_text("Bài được thu khi hết giờ")
    expect(sitter.box("short").locator("input")).to_be_disabled()
    assert read_answers(sitter.submitted, COMPETENCY, hall.form.digest) == {
        IDS["short"]: "nghiệm thu"
    }


@pytest.mark.proof
def test_usable_within_five_seconds_on_a_slow_mobile_line(sit):
    sitter = sit()
    sitter.open()
    line = sitter.context.new_cdp_session(sitter.page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    slow = {
        "offline": False,
        "latency": 400,
        "downloadThroughput": 50_000,
        "uploadThroughput": 50_000,
    }
    line.send("Network.emulateNetworkConditions", slow)
    begun = time.monotonic()
    sitter.page.goto(sitter.address, wait_until="commit")
    sitter.box("short").locator("input").wait_for()
    assert time.monotonic() - begun < 5


def workers_of(hall):
    master = hall.process.pid
    return list(map(int, Path(f"/proc/{master}/task/{master}/children").read_text().split()))


@pytest.mark.proof
def test_what_a_full_disk_refuses_is_said_and_saved_once_there_is_room(sit, hall):
    sitter = sit()
    sitter.open()
    by_mouse(sitter.box("short"), "short", "nghiệm")
    sitter.saved("short")
    # A file size limit of 0 refuses every byte, like a full disk, and binds root as well.
    pids = workers_of(hall)
    limits = [resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids]
    for pid, (_, most) in zip(pids, limits, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    by_mouse(sitter.box("short"), "short", " thu")
    expect(sitter.box("short").locator(".status")).to_contain_text("CHƯA LƯU ĐƯỢC: không ghi được")
    assert sitter.answers == {IDS["short"]: "nghiệm"}
    for pid, limit in zip(pids, limits, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
    sitter.saved("short")
    assert sitter.answers == {IDS["short"]: "nghiệm thu"}


def test_an_emergency_file_carries_what_could_not_be_sent_to_the_invigilator(
    sit, hall, window, tmp_path
):
    sitter = sit()
    page = sitter.open()
    page.route("**/luu/", lambda route: route.abort())
    sitter.box("essay").locator("textarea").fill(ESSAY)
    page.get_by_text("Khi không lưu được").click()
    with page.expect_download() as told:
        page.get_by_role("button", name="Tải tệp khẩn cấp").click()
    file = tmp_path / told.value.suggested_filename
    told.value.save_as(file)
    assert ESSAY not in file.read_text()
    desk = window()
    enter(hall, desk, "coi-thi")
    board = desk.new_page()
    board.goto(f"{hall.url}/coi-thi/{hall.code}/ML/")
    board.get_by_label("Tệp (khan-cap").set_input_files(file)
    board.locator("#file-ground").fill("mất mạng giả định")
    board.get_by_role("button", name="Nhận tệp").click()
    expect(board.locator("body")).to_contain_text("1 câu được thay bằng bản trong tệp")
    assert sitter.answers == {IDS["essay"]: ESSAY}


@pytest.mark.proof
def test_a_killed_worker_and_a_killed_portal_lose_nothing_that_was_acknowledged(sit, hall):
    sitter, wanted = sit(), right_answers(hall.form)
    page = sitter.open()
    for kind in ("single", "numeric"):
        by_mouse(sitter.box(kind), kind, wanted[kind])
        sitter.saved(kind)
    os.kill(workers_of(hall)[0], signal.SIGKILL)
    by_mouse(sitter.box("short"), "short", wanted["short"])
    sitter.saved("short")
    os.killpg(hall.process.pid, signal.SIGKILL)
    hall.process.wait(timeout=10)
    by_mouse(sitter.box("table"), "table", wanted["table"])
    expect(page.locator("#sync")).to_contain_text("CHƯA LƯU 1 câu")
    with serving(hall.sitting.centre, hall.port):
        sitter.saved("table")
        sitter.hand_in()
    kinds = ("single", "numeric", "short", "table")
    assert read_answers(sitter.submitted, COMPETENCY, hall.form.digest) == {
        IDS[kind]: wanted[kind] for kind in kinds
    }
    assert ReceiptRecord.objects.latest("pk").sha256 == digest_of_work(sitter.submitted)
