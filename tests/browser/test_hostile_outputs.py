"""What a candidate displays does not run in the pages a marker opens, in a real browser."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest
from browser.conftest import TOKEN
from code_course import RIGHT, answered, new_course, paper, released, run, submit
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback

from grading.gradebook.course import nbgrader_messages

TAKES = "window.top.taken = (window.top.taken || 0) + 1"
LIVE = [
    f"<script>{TAKES}</script>",
    f"<img src=x onerror='{TAKES}'>",
    f"<svg onload='{TAKES}'></svg>",
    f'<iframe srcdoc="<script>{TAKES}</script>"></iframe>',
    f"<details open ontoggle='{TAKES}'><summary>x</summary></details>",
    f"<video><source onerror='{TAKES}'></video>",
    f"<input autofocus onfocus='{TAKES}'>",
    f"<style>@keyframes x{{}}</style><b style='animation:x 1s' onanimationstart='{TAKES}'>x</b>",
    f"<math><mtext><table><mglyph><style><img src=x onerror='{TAKES}'>",
    f"</pre></div></script><script>{TAKES}</script>",
]
DISPLAYS = f"""{RIGHT}
from IPython.display import HTML, Javascript, SVG, Latex, Markdown, display
TAKES, LIVE = {TAKES!r}, {LIVE!r}
display(Javascript(TAKES))
for text in LIVE:
    print(text)
    display(HTML(text), Markdown(text), Latex(text))
    display({{"text/plain": text, "image/png": '"><script>' + TAKES + "</script>"}}, raw=True)
display({{"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='" + TAKES + "'/>"}},
        raw=True)
class Named(Exception):
    pass
Named.__name__ = LIVE[0]
raise Named("\\n".join(LIVE))
"""
CONTROL = "doi-chung"  # whose marked notebook is put back to what was displayed


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """A hostile submission marked, feedback made of it, and one with an output left live."""
    course = new_course(tmp_path_factory.mktemp("doc-hai"), {"square": paper()})
    hostile = answered(released(course), DISPLAYS)
    for cell in hostile.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n\n".join([cell.source, *LIVE])
            cell.metadata["tags"] = [LIVE[9]]
    for student in ("doc-hai", CONTROL):
        submit(course, student, hostile)
    assert {outcome.state for outcome in run(course).values()} == {"graded"}
    _make_live(course.path("autograded", CONTROL, "bai1") / "square.ipynb")
    with nbgrader_messages():
        directory = course.directory("bai1")
        GenerateFeedback(coursedir=directory, config=course.config).start()
    return course


def _make_live(path):
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": LIVE[0]})]
    path.chmod(0o644)
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def formgrader(marked):
    """The formgrader of nbgrader over that course."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"]
    command += [f"--port={port}", f"--IdentityProvider.token={TOKEN}", "--log-level=ERROR"]
    extension = "{'nbgrader.server_extensions.formgrader': True}"
    with subprocess.Popen(
        [*command, f"--ServerApp.jpserver_extensions={extension}"],
        cwd=marked.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/api?token={TOKEN}")
        yield address
        server.terminate()


def _wait_for(url):
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - the test's own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the formgrader does not answer")


def opened(browser, url):
    """How often the page at ``url`` was taken over, and its text."""
    page = browser.new_page()
    page.route("**/*", lambda route: route.continue_() if _here(route) else route.abort())
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.goto(url, wait_until="load")
    page.wait_for_timeout(300)
    found = page.evaluate("window.taken || 0"), page.content()
    page.close()
    return found


def _here(route):
    return route.request.url.startswith(("http://127.0.0.1", "file:", "data:", "about:"))


def feedback(course, student):
    return (course.folder / "feedback" / student / "bai1" / "square.html").as_uri()


def submission(course, formgrader, student):
    with Gradebook(course.db_url) as gradebook:
        found = gradebook.find_submission_notebook("square", "bai1", student).id
    return f"{formgrader}/formgrader/submissions/{found}/?token={TOKEN}"


@pytest.mark.parametrize(("student", "taken"), [("doc-hai", False), (CONTROL, True)])
def test_nothing_a_candidate_displays_runs_in_feedback(chromium, marked, student, taken):
    count, text = opened(chromium, feedback(marked, student))
    assert (count > 0, "test_honest" in text) == (taken, True)


@pytest.mark.proof
@pytest.mark.parametrize(("student", "taken"), [("doc-hai", False), (CONTROL, True)])
def test_nothing_a_candidate_displays_runs_in_formgrader(
    chromium, marked, formgrader, student, taken
):
    count, text = opened(chromium, submission(marked, formgrader, student))
    assert (count > 0, "test_honest" in text) == (taken, True)
