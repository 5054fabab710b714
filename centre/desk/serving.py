"""Lessons and a paper on this machine: Jupyter with Voilà, on 127.0.0.1 only."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from centre.database import open_centre
from centre.desk.rehearsal import rehearse
from centre.sittings.deliver import open_room, work_folder
from centre.sittings.watch import watch
from courses.build import KERNELSPEC, build_lesson
from courses.foundation.errors import SittingError
from courses.foundation.files import write_atomically
from courses.glossary import glossary_lines, the_glossary
from courses.lesson import lesson_paths, read_lesson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting

START = "bat-dau.ipynb"
TERMS = "thuat-ngu.ipynb"
TITLE = "Giám đốc CNTT – học và thi"

JUPYTER = Path(__file__).parent / "jupyter"

# nbgrader's pages look for a course folder, which this server has not; the classic notebook
# is a second way to the same files.
_LEFT_OUT = (
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "notebook",
    "notebook_shim",
)

_CONFIG: dict[str, dict[str, object]] = {
    "Application": {"log_level": "ERROR"},
    "ServerApp": {
        "jpserver_extensions": dict.fromkeys(_LEFT_OUT, False),
        "port_retries": 0,
        # No page contains formulas in TeX; without this each would fetch MathJax from abroad.
        "tornado_settings": {
            "mathjax_url": None,
            "mathjax_config": None,
            "compress_response": True,  # a page of Voilà is megabytes of text
        },
    },
    "LabApp": {"app_settings_dir": str(JUPYTER / "lab"), "custom_css": True},
    "KernelManager": {"transport_encryption": "auto"},
    # Seconds; for kernels whose page went away without saying so, never for an open page.
    "MappingKernelManager": {"cull_idle_timeout": 3600},
    "HTMLExporter": {"language_code": "vi"},
    "VoilaConfiguration": {
        "template": "cio",
        "theme": "light",
        # Made for Lab alone: in Voilà they fail, each with an error in the browser.
        "extension_denylist": ["@jupyter/nbgrader", "@jupyter-notebook/lab-extension"],
    },
}


def serve(folder: Path, port: int, announce: Callable[[str], None]) -> None:
    """Serve the lessons and a rehearsal of one trainee's papers until interrupted.

    Args:
        folder: a centre's folder.
        port: on 127.0.0.1.
        announce: called with each line that tells where to click.

    Raises:
        SittingError: when nobody is at any sitting, or the server does not start.
        CentreError: when the folder is no centre's.
    """
    keeper, sitting = rehearse(open_centre(folder), datetime.now(UTC))
    root, environment = prepare_desk(sitting), server_environment(sitting)
    token = secrets.token_urlsafe(16)
    base = f"http://127.0.0.1:{port}"
    announce(f"Bài học và bài thi thử (học viên): {base}/voila/render/{START}?token={token}")
    announce(f"Cùng tệp trong JupyterLab (người soạn, người chấm): {base}/lab?token={token}")
    announce("Dừng: bấm Ctrl+C hai lần.")
    with _invigilated(keeper, sitting):
        command = server_command(root, port, token)
        status = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    if status not in (0, -2, 130):
        raise SittingError(f"máy chủ Jupyter dừng với mã {status}; cổng {port} có thể đang bận")


@contextmanager
def _invigilated(keeper: Actor, sitting: Sitting) -> Iterator[None]:
    """Answer the trainee's requests from a thread of our own while the server runs."""
    over = threading.Event()
    room = threading.Thread(target=watch, args=(keeper, sitting, lambda _event: None, over.is_set))
    room.start()
    try:
        yield
    finally:
        over.set()
        room.join()


def server_command(root: Path, port: int, token: str) -> list[str]:
    """The command that serves ``root`` on 127.0.0.1; run it in ``server_environment``."""
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser"),
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        f"--ServerApp.root_dir={root}",
        f"--ServerApp.allow_root={os.geteuid() == 0}",
        f"--IdentityProvider.token={token}",
    ]


def server_environment(sitting: Sitting) -> dict[str, str]:
    """The environment of the server: its configuration is the sitting's, not the user's."""
    config = sitting.folder / "jupyter"
    shutil.copytree(JUPYTER / "config", config, dirs_exist_ok=True)
    write_atomically(config / "jupyter_server_config.json", json.dumps(_CONFIG, indent=1).encode())
    data = [str(JUPYTER / "data"), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    return {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(config.resolve()),
        "JUPYTER_PATH": os.pathsep.join(data),
    }


def prepare_desk(sitting: Sitting) -> Path:
    """Lay out what the first trainee works with, and return the folder; work in it is kept.

    Lessons are there to be opened; each paper is a room to wait in until it is started.
    """
    trainee = sitting.enrolments()[0].candidate
    desk = sitting.folder / "papers" / trainee
    paths, forms = lesson_paths(), sitting.forms()
    lessons = [(read_lesson(path).head, build_lesson(path, desk / "bai-hoc")) for path in paths]
    terms = _page(desk / TERMS, "Thuật ngữ", glossary_lines(the_glossary().alphabetical))
    lines = ["## Bài học", ""]
    lines += [f"- [{head.code}. {head.title}]({_voila(desk, at)})" for head, at in lessons]
    lines += ["", f"[Thuật ngữ dùng chung trong các bài học và bài thi]({_voila(desk, terms)})"]
    lines += ["", f"## Thi thử, số báo danh {trainee} (dữ liệu mô phỏng)", ""]
    for paper in dict.fromkeys(form.paper for form in forms.values()):
        form = sitting.form_of(trainee, paper, forms)
        room = work_folder(sitting, trainee, form.code)
        open_room(sitting, form, room)
        parts = (f"[{code}]({_voila(desk, room / f'{code}.ipynb')})" for code in form.competencies)
        lines.append(f"- {form.name}, {form.minutes} phút: {', '.join(parts)}")
    _page(desk / START, TITLE, lines)
    return desk


def _page(path: Path, title: str, lines: list[str]) -> Path:
    """Write a page of text at ``path``; Voilà shows it like a lesson."""
    page = new_notebook(
        cells=[new_markdown_cell("\n".join([f"# {title}", "", *lines]), id=path.stem)],
        metadata={"kernelspec": KERNELSPEC, "title": title},
    )
    write_atomically(path, nbformat.writes(page).encode())
    return path


def _voila(desk: Path, notebook: Path) -> str:
    return f"/voila/render/{notebook.relative_to(desk)}"
