"""JupyterHub behind the portal's sign-in: two trainees, and neither reads the other's files."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
import requests
from exam_room import free_port, serving
from house import House
from playwright.sync_api import sync_playwright
from sittings import DECIDED_ON, reopen
from websocket import WebSocketException, create_connection

from centre.accounts.models import User
from centre.database import disconnect
from centre.demo_accounts import demo_accounts
from centre.learning.progress import the_lessons
from courses.answer_sheet import AnswerSheet
from courses.build import build_lesson
from courses.lesson import lesson_paths
from courses.outline import outline
from grading.code.sandbox.groups import Group

CONFIG = Path(__file__).parents[3] / "deploy" / "jupyterhub" / "jupyterhub_config.py"
pytestmark = pytest.mark.proof

ONE, OTHER = "CIO26-001", "CIO26-004"
LINK = "jupyter/hub/user-redirect/voila/render/"
SOON = 2.5  # seconds
PATIENCE = 180  # seconds for a server to start on a busy machine
SECRET = "bai-cua-rieng-toi"  # noqa: S105 - what must not be read

# Where Python is installed in a folder closed to others, as in root's own: the Hub sees the
# installation alone there.
OPENED = """
keep=$(mktemp -d) && mount --bind "$2" "$keep" && mount -t tmpfs none "$1" &&
mkdir -p "$2" && mount --bind "$keep" "$2" && shift 2 && exec "$@"
"""

# The centre's folder stays closed: only its folder of lessons stands where others may pass.
PLACED = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'

RUN = """
import json, os, sys
from pathlib import Path
told = {}
for path in json.loads(sys.argv[1]):
    try:
        told[path] = os.listdir(path) if Path(path).is_dir() else Path(path).read_text()
    except OSError as error:
        told[path] = type(error).__name__
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def place():
    """A folder that other machine users may pass through, as the centre's is."""
    pytest.importorskip("jupyterhub", reason="cần JupyterHub (thử lớp lớn)")
    if os.geteuid() != 0:
        pytest.skip("cần quyền root (JupyterHub: mỗi học viên một tài khoản máy)")
    made = Path(tempfile.mkdtemp(dir="/tmp", prefix="cio-hub-"))
    made.chmod(0o711)
    nobody = ["setpriv", "--reuid=700000", "--regid=700000", "--clear-groups"]
    tried = [*opened(), *nobody, sys.executable, "-c", "import centre"]
    if subprocess.run(tried, cwd="/", capture_output=True, check=False).returncode:
        pytest.skip("cần môi trường Python mà tài khoản máy khác đọc được (thử JupyterHub)")
    yield made
    shutil.rmtree(made)


def opened():
    """What to write before a command whose Python others must be able to read."""
    python = Path(sys.base_prefix)
    closed = [one for one in reversed(python.parents) if not one.stat().st_mode & 0o001]
    return ["unshare", "-m", "sh", "-ec", OPENED, "sh", closed[0], python] if closed else []


@pytest.fixture(scope="module")
def hub(place, decided_folder):
    """The portal by gunicorn and the Hub before it, as its README says."""
    sitting = reopen(decided_folder, place / "trung-tam")
    stated = sitting.centre.folder / "centre.toml"
    stated.write_text(stated.read_text().replace("demo = true", 'demo = true\nlessons = "hub"'))
    demo_accounts(sitting.centre, DECIDED_ON)
    numbers = {one: User.objects.get(username=one).pk for one in (ONE, OTHER)}
    folders = {"CIO_LEARNING": place / "hoc", "CIO_LESSONS": place / "bai"}
    learning = sitting.centre.folder / "learning"
    for folder in (learning, *folders.values()):
        folder.mkdir(exist_ok=True)
    learning.chmod(0o711)
    begun = learning / str(numbers[OTHER])
    begun.mkdir()
    AnswerSheet(begun / "cu.tien-do.json", "cũ").save("a", "một", 0, DECIDED_ON)
    sitting.centre.folder.chmod(0o700)
    build_lesson(lesson_paths()[0], folders["CIO_LESSONS"])
    disconnect()
    with ExitStack() as until:
        portal, _ = until.enter_context(serving(sitting.centre))
        told = {"CIO_PORTAL": portal, **{name: str(path) for name, path in folders.items()}}
        yield until.enter_context(running(place, told, learning)), numbers


@contextmanager
def running(place, told, learning):
    port = three_ports()
    own = place / "hub"
    own.mkdir(mode=0o700)
    placed = ["unshare", "-m", "sh", "-ec", PLACED, "sh", learning, told["CIO_LEARNING"]]
    hub = [*placed, sys.executable, "-W", "ignore", "-m", "jupyterhub", "-f", str(CONFIG)]
    environment = {**os.environ, **told, "CIO_HUB_PORT": str(port)}
    with (own / "hub.log").open("wb") as log:
        process = subprocess.Popen(
            [*opened(), *hub],
            cwd=own,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    house = House(place, port, process, own / "hub.log")
    try:
        wait(lambda: answers(house, "jupyter/hub/health"), house)
        yield house
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def three_ports():
    """A free port with two more after it that nobody listens at either."""
    import socket  # noqa: PLC0415 - here alone

    while True:
        first = free_port()
        with ExitStack() as held:
            try:
                for port in (first, first + 1, first + 2):
                    held.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
        return first


def answers(house, path):
    try:
        return requests.get(house.url(path), timeout=5).ok
    except requests.RequestException:
        return False


def wait(until, house):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert house.process.poll() is None, house.log.read_text()
        if found := until():
            return found
        time.sleep(2)
    told = house.log.read_text().splitlines()
    raise AssertionError("\n".join(line for line in told if "pending" not in line)[-4000:])


class Trainee:
    """Somebody who signed in at the portal, with a server of their own behind the Hub."""

    def __init__(self, hub, name):
        self.house, numbers = hub
        self.number, self.web = numbers[name], self.house.visitor(name).web
        self.base = f"jupyter/user/{self.number}/"
        wait(self.started, self.house)

    def started(self):
        """Ask for the server again and again, as a browser's page does."""
        page = self.web.get(self.house.url("jupyter/hub/spawn"), timeout=PATIENCE)
        waits = "spawn-pending" in page.url
        assert not waits or "Đang mở máy chủ học tập" in page.content.decode()
        return page.ok and not waits and f"/user/{self.number}/" in page.url

    def call(self, method, path, **options):
        """Ask one's own server as a page's script does."""
        token = self.web.cookies.get("_xsrf", path=f"/{self.base}")
        headers = {"X-XSRFToken": token or ""}
        return self.web.request(
            method, self.house.url(path), headers=headers, timeout=60, **options
        )

    def run(self, *paths):
        """What a program of theirs finds at each path."""
        return self.told(RUN, json.dumps(list(map(str, paths))))

    def told(self, program, word=""):
        """What a program of theirs tells in JSON, run in a terminal of their server."""
        script = f"{self.base}api/contents/doc.py"
        told = {"type": "file", "format": "text", "content": program}
        assert self.call("PUT", script, json=told).ok
        name = self.call("POST", f"{self.base}api/terminals").json()["name"]
        cookie = "; ".join(f"{one.name}={one.value}" for one in self.web.cookies)
        address = self.house.url(f"{self.base}terminals/websocket/{name}")
        line = create_connection(address.replace("http", "ws", 1), cookie=cookie, timeout=60)
        command = f"{sys.executable} doc.py '{word}' > ra.json; echo xon''g\r"
        line.send(json.dumps(["stdin", command]))
        while "xong" not in line.recv():
            pass
        line.close()
        found = self.call("GET", f"{self.base}api/contents/ra.json").json()["content"]
        return json.loads(found)


@pytest.fixture(scope="module")
def one(hub):
    return Trainee(hub, ONE)


@pytest.fixture(scope="module")
def other(hub):
    return Trainee(hub, OTHER)


def test_whoever_signed_in_at_the_portal_has_a_server_and_nobody_else(hub, one):
    house, _ = hub
    assert one.call("GET", f"{one.base}api/contents").ok
    stranger = requests.get(house.url("jupyter/hub/spawn"), timeout=60)
    assert "/dang-nhap/" in stranger.url
    assert requests.get(house.url(f"{one.base}api/contents"), timeout=60).status_code == 403


def test_what_the_hub_cannot_do_is_said_in_vietnamese(hub, one):
    house, _ = hub
    page = one.web.get(house.url("jupyter/hub/khong-co"), timeout=60)
    assert page.status_code == 404
    assert "Không có trang này" in page.content.decode()


def test_a_lesson_opens_in_ones_own_server(one):
    [lesson] = [path.stem for path in lesson_paths()[:1]]
    page = one.web.get(one.house.url(f"{one.base}voila/render/{lesson}.ipynb"), timeout=PATIENCE)
    assert page.ok
    told = page.content.decode()
    assert "Đang mở câu hỏi và mô phỏng" in told
    assert "kernelId" in told


def test_a_trainees_programs_read_nothing_of_another_or_of_the_centre(one, other, place):
    told = {"type": "file", "format": "text", "content": SECRET}
    assert other.call("PUT", f"{other.base}api/contents/rieng.txt", json=told).ok
    mine, theirs = place / "hoc" / str(one.number), place / "hoc" / str(other.number)
    assert other.run(theirs / "rieng.txt") == {str(theirs / "rieng.txt"): SECRET}
    centre = [place / "trung-tam" / name for name in ("centre.db", "keys")]
    closed = [theirs, theirs / "rieng.txt", place / "hoc", place / "hub", *centre,
              *environments(other.number)]  # fmt: skip
    found = one.run(mine, *closed)
    assert "doc.py" in found.pop(str(mine))
    assert found == {str(path): "PermissionError" for path in closed}


def environments(number):
    """Where the kernel keeps what another's processes were told, their tokens among it."""
    uid = 700_000 + number
    owned = [path for path in Path("/proc").glob("[0-9]*") if path.stat().st_uid == uid]
    assert owned
    return [path / "environ" for path in owned[:1]]


@pytest.mark.parametrize("path", ["api/contents", "api/contents/rieng.txt", "files/rieng.txt",
                                  "voila/render/rieng.ipynb", "api/terminals"])  # fmt: skip
def test_a_trainee_is_not_let_into_anothers_server(one, other, path):
    answer = one.web.get(one.house.url(f"{other.base}{path}"), timeout=60)
    assert answer.status_code == 403
    assert SECRET not in answer.text


def test_no_address_of_ones_own_server_leads_out_of_ones_folder(one, other):
    for path in (f"../{other.number}/rieng.txt", f"..%2f{other.number}%2frieng.txt"):
        for way in ("api/contents", "files"):
            request = requests.Request("GET", one.house.url(), cookies=one.web.cookies).prepare()
            request.url = one.house.url(f"{one.base}{way}/{path}")  # as it stands
            answer = requests.Session().send(request, timeout=60)
            assert answer.status_code in {400, 403, 404}
            assert SECRET not in answer.text


SAVE = """
import json
from datetime import UTC, datetime
from pathlib import Path
from courses.answer_sheet import AnswerSheet
sheet = AnswerSheet(Path("cu.tien-do.json"), "cũ")
print(json.dumps([sheet.get("a").value, sheet.save("b", "hai", 0, datetime.now(UTC)).value]))
"""


def test_a_lesson_begun_at_the_portal_goes_on_in_the_hub(other):
    assert other.told(SAVE) == ["một", "hai"]


# Each program holds so many MB while the others do; told is which could.
HOLD = """
import json, os, sys, time
held = []
for share in json.loads(sys.argv[1]):
    ready, say = os.pipe()
    if not os.fork():
        try:
            kept = bytearray(share << 20)
            for at in range(0, len(kept), 4096):
                kept[at] = 1
        except MemoryError:
            os._exit(1)
        os.write(say, b"1")
        time.sleep(60)
        os._exit(0)
    os.close(say)
    held.append(ready)
print(json.dumps([os.read(ready, 1) == b"1" for ready in held]))
"""


def test_the_desk_leads_to_the_hub_and_shows_how_far_one_is_there(one):
    [lesson] = the_lessons()[:1]
    activities = sum(len(section.activities) for section in outline(lesson))
    page_of = f"hoc-vien/bai-hoc/{lesson.path.stem}/"
    assert f"{LINK}{lesson.path.stem}.ipynb" in one.web.get(one.house.url(page_of)).text
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        answer_there(browser, one, page_of)
        browser.close()
    shown = one.web.get(one.house.url("hoc-vien/bai-hoc/")).text
    assert f"</progress> 1/{activities}</span>" in shown
    assert re.search(rf'href="/{LINK}{lesson.path.stem}.ipynb#[^"]+">Học tiếp', shown)


def answer_there(browser, one, page_of):
    """Go from the desk to the lesson, answer its first question, and come back."""
    context = browser.new_context(locale="vi-VN")
    context.set_default_timeout(PATIENCE * 1000)
    session = one.web.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": session, "url": one.house.url()}])
    page = context.new_page()
    page.goto(one.house.url(page_of))
    page.get_by_role("link", name="Bắt đầu học").click()
    box = page.locator("fieldset.cio-question").first
    box.get_by_role("radio").first.click()
    box.get_by_role("button", name="Trả lời").click()
    box.locator(".status").get_by_text("Đã lưu lúc").wait_for()
    page.get_by_role("link", name="Chương trình của tôi").click()
    page.get_by_role("heading", name="Chương trình của tôi").wait_for()
    context.close()


def test_a_program_that_asks_for_all_memory_is_refused_and_the_neighbour_goes_on(one, other):
    assert one.told(HOLD, "[4096]") == [False]
    assert one.told(HOLD, "[300]") == [True]
    assert other.run("khong-co") == {"khong-co": "FileNotFoundError"}


def test_programs_of_a_trainee_that_ask_for_it_together_are_ended(one, other):
    if (group := Group.make()) is None:
        pytest.skip("cần nhóm kiểm soát của nhân (chặn bộ nhớ của mọi chương trình một học viên)")
    group.end()
    with suppress(WebSocketException):  # the kernel may end the server along with them
        assert not all(one.told(HOLD, "[700, 700, 700, 700]"))
    assert other.run("khong-co") == {"khong-co": "FileNotFoundError"}


def test_whoever_signs_out_at_the_portal_is_out_of_hub_and_server_within_seconds(hub, other):
    house, _ = hub
    server = house.url(f"{other.base}api/contents")
    assert other.web.get(server, timeout=60).ok
    kept = other.web.cookies.get_dict(path="/")
    other.web.post(house.url("dang-xuat/"), {"csrfmiddlewaretoken": kept["csrftoken"]}, timeout=60)
    time.sleep(SOON)
    assert other.web.get(server, timeout=60).status_code == 403
    assert "/dang-nhap/" in other.web.get(house.url("jupyter/hub/home"), timeout=60).url
