"""A server on a free port over a prepared sitting, and a browser; both once a session."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser.every_kind import COMPETENCY, build_form, rubrics
from playwright.sync_api import expect, sync_playwright
from sittings import found_centre, people, prepare_sitting

from assessments.handing_in.answers import PAPER_FILE, answers_path, read_answers
from assessments.papers.notebook import write_paper
from centre.desk.serving import prepare_desk, server_command, server_environment
from grading.gradebook.course import release

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
TOKEN = "mot-the-bai-thi-thu"  # noqa: S105 - opens nothing but the test's own server
PATIENCE = 30_000  # ms for what the server does, on a busy machine

expect.set_options(timeout=PATIENCE)

# Playwright's own loop runs in this thread, and Django takes that for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@dataclass(frozen=True)
class Server:
    """A running server: its sitting, the folder it serves and where."""

    sitting: object
    root: Path
    port: int
    log: Path

    def url(self, kind, path):
        """The address of a page; ``kind`` is voila/render or lab/tree."""
        return f"http://127.0.0.1:{self.port}/{kind}/{path}?token={TOKEN}"

    def call(self, method, path):
        """Call Jupyter's own interface and return its answer."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/{path}",
            method=method,
            headers={"Authorization": f"token {TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.loads(answer.read() or b"null")

    def kernels(self):
        """Ids of the kernels that run."""
        return [kernel["id"] for kernel in self.call("GET", "kernels")]

    def kernel_pid(self):
        """The process of the only kernel that runs."""
        (kernel,) = self.kernels()
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                command = path.read_bytes()
            except OSError:  # it has ended meanwhile
                continue
            if f"kernel-{kernel}.json".encode() in command:
                return int(path.parent.name)
        raise AssertionError(f"no process for kernel {kernel}")


@pytest.fixture(scope="session")
def sitting(tmp_path_factory):
    """A prepared sitting of one trainee, with one more assignment: a form of every kind."""
    centre = found_centre(tmp_path_factory.mktemp("may-chu") / "trung-tam")
    made = prepare_sitting(centre, people(1), bank="")
    form = build_form()
    write_paper(form, rubrics(), made.folder / "source" / form.code)
    release(made.course, form.code, due=made.settings.closes)
    return made


@pytest.fixture(scope="session")
def server(sitting):
    """The trainee's server; it is ended with the session."""
    root, environment = prepare_desk(sitting), server_environment(sitting)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Server(sitting, root, port, sitting.folder / "server.log")
    command = [*server_command(root, port, TOKEN), "--LabApp.expose_app_in_browser=True"]
    with running.log.open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(running, process)
            yield running
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(server, process):
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server has ended:\n{server.log.read_text()}")
        try:
            server.call("GET", "status")
        except OSError:
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"the server does not answer:\n{server.log.read_text()}")


@pytest.fixture(scope="module")  # its event loop would go on under the tests that follow
def chromium():
    """A running Chromium."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def kernels_end(server):
    """End the kernels that a test's pages have started."""
    yield
    for kernel in server.kernels():
        with suppress(urllib.error.HTTPError):  # a page that was left may have ended it already
            server.call("DELETE", f"kernels/{kernel}")


@pytest.fixture
def window(chromium, kernels_end):  # noqa: ARG001
    """A fresh browser window, which leaves pages with unsaved answers when asked."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900}, locale="vi-VN")
    context.set_default_timeout(PATIENCE)
    context.on("dialog", lambda dialog: dialog.accept())
    yield context
    context.close()


@pytest.fixture
def page(window):
    """A page of that window."""
    return window.new_page()


@dataclass(frozen=True)
class Paper:
    """A trainee's folder with the form of every kind, and its page."""

    form: object
    folder: Path
    server: Server

    @property
    def path(self):
        """The notebook, from the folder that is served."""
        return f"{self.folder.relative_to(self.server.root)}/{COMPETENCY}.ipynb"

    def open(self, page, front="voila/render"):
        """Open the paper in Voilà or in Lab, or open it again."""
        # A workspace of its own: Lab would bring back what an earlier page had open.
        own = front.replace("lab/", f"lab/workspaces/{self.folder.parent.name}/")
        page.goto(self.server.url(own, self.path))
        if front == "lab/tree":
            page.locator(".jp-Notebook h1").wait_for()
            page.get_by_text("(ipykernel) | Idle").wait_for()
            page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        expect(page.locator("fieldset.cio-question")).to_have_count(len(self.form.items))

    @property
    def answers(self):
        """What the answers file holds, by item id."""
        return read_answers(self.folder, COMPETENCY, self.form.digest)

    @property
    def file(self):
        """The answers file."""
        return answers_path(self.folder, COMPETENCY)


@pytest.fixture
def paper(server, request):
    """A fresh trainee's folder with the form of every kind."""
    form, source = build_form(), server.sitting.folder
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())
    folder = server.root / "bai-thi" / name / "CIO26-001"
    folder.mkdir(parents=True)
    for notebook in (source / "release" / form.code).glob("*.ipynb"):
        shutil.copy(notebook, folder)
    (folder / PAPER_FILE).write_text(form.paper_for("CIO26-001").model_dump_json())
    return Paper(form, folder, server)


@pytest.fixture
def question():
    """Find a question on a page, and its status line."""

    def find(page, question_id):
        return page.locator(f'fieldset[data-question="{question_id}"]')

    return find


@pytest.fixture
def saved():
    """Wait until a question says that it is saved."""

    def wait(box):
        expect(box.locator(".status")).to_have_text(re.compile(r"^Đã lưu lúc \d\d:\d\d:\d\d$"))

    return wait


@pytest.fixture
def quiet():
    """Hold that a page asks no other server for anything and reports no error."""

    @contextmanager
    def watch(page):
        strange = []
        page.on("request", lambda r: strange.append(r.url) if _foreign(r.url) else None)
        page.on("console", lambda m: strange.append(m.text) if _complains(m) else None)
        page.on("pageerror", lambda error: strange.append(str(error)))
        yield
        assert strange == []

    return watch


def _complains(message):
    # Lab saves what widgets showed, and misses their models until the cells have run again.
    return message.type == "error" and "widget model not found" not in message.text


def _foreign(url):
    return not url.startswith(("http://127.0.0.1", "data:", "blob:"))
